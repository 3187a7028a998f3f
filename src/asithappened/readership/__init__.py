"""How live blogs are read, in counts by the hour: how many at once, how far down, which key events, from where.

Owns the counts beside the log, for three months, and how small ones are told. Knows of no reader: nothing here is about
one, and no row says which counts were of the same page. Look next: `keeping`, `reading`, `delivery.readership`, which
counts.
"""
