"""Users, sign-in, and members of live blogs with their roles.

Owns the one gate, `get_blog_for(user, slug, to=…)`: no other code decides who may see a live blog's desk.
Never knows what a post is.
Look next: `desk`, which asks the gate.
"""
