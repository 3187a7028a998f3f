"""Users, their roles, and whose blog is whose.

Owns the one gate, `get_blog_for(user, slug, to=…)`: no other code decides who may see a blog.
Never knows what a post is.
Look next: `desk`, which asks the gate.
"""
