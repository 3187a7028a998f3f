"""How live blogs are read, in counts by the hour: how many at once, how far down, which key events, from where.

Owns the counts, stored beside the log for three months, and their rounding. No row is about one reader, or shows which
counts came from the same page view. Look next: `keeping`, `reading`, `delivery.readership`, which counts.
"""
