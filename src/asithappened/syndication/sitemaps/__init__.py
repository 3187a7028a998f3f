"""Sitemaps: one of all live blogs, one of those that are news, and the index that names both.

Owns which live blogs search engines are told of: those that are everyone's and no replay, each by its page and never
by its posts, which stand on that page. Look next: consume.py.
"""
