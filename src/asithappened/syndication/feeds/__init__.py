"""Feeds in Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1: of a live blog, of all, of a tag, of an author.

Owns the contents of an entry and how each format writes it. No feed contains a replay, a rehearsal, anything hidden, or
a post whose time is unknown, because every entry requires a time.
Look next: entry.py for an entry, consume.py for the feeds.
"""
