"""A page for each tag: the public live blogs that have it, the newest first.

Owns their addresses and contents. Tags with the same address ("Élections", "elections") share a page.
Look next: `consume`; `render.house_lists` for the HTML.
"""
