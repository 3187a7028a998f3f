"""Live blogs as Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1: one of each live blog's posts, one of all live blogs.

Owns what an entry says and how each format writes it. A replay, a rehearsal and what is hidden are in none of them, and
a post whose time nobody knows is in none either, because a feed has to give one.
Look next: entry.py for what an entry says, consume.py for which feeds there are.
"""
