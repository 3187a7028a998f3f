"""A page for each tag: the public live blogs that have it, the newest first.

Owns their addresses and which stand there. Tags of one address ("Élections", "elections") share a page.
Look next: `consume`; `render.house_lists` for what it looks like.
"""
