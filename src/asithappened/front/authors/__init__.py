"""A page for each author: their posts in the house's public live blogs, newest first, and their profile.

Owns their addresses and contents. An author is a printed name, as in bylines: two people with one name share a page.
Look next: `consume`; `render.house_lists` for the HTML.
"""
