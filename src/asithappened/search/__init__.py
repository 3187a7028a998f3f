"""Readers' search: the words of posts and of live blogs' headlines, in an index of the database's own.

Owns the index, kept by following the log; what a search finds in it; and the pages that say so. Only what everyone may
read is ever found. Look next: consume.py for what is put there, finding.py for what is found, views.py for the pages.
"""
