"""Looks up web addresses and makes blocks of them: a post, a film, a sound, or a card of a page.

Owns the requests, and reading the answers. Never keeps another site's HTML, only its text.
"""
