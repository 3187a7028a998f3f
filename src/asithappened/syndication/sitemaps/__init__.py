"""Sitemaps: one of all live blogs, one of those that are news, and their index.

Owns which live blogs search engines get: those for everyone that are no replay, each by its page and not by its posts,
which are on that page. Look next: consume.py.
"""
