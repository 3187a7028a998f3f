"""A page for each author: what they posted in the house's public live blogs, newest first, and who they are.

Owns their addresses and what stands there. An author is a name in print, as bylines are: two of one name share a page.
Look next: `consume`; `render.house_lists` for what it looks like.
"""
