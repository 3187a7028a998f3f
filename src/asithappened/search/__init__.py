"""Readers' search: the words of posts and of live blogs' headlines, in an index of the database.

Owns the index, kept by following the log; the queries; and the pages with results. Only posts that everyone may read
are ever found. Look next: consume.py for indexing, finding.py for queries, views.py for the pages.
"""
