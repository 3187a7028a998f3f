"""The ledger as readers see it: chips in posts, "What we know", corrections, and a page for each statement and series.

Owns their words and markup. A row's finished bytes depend on the row and its edition only, never on the words of a
post, which may be withdrawn without the row. Built in Python instead of templates for speed, because ten rows may be
published with a post.
Look next: `standing` for a statement's standing, `parts` for an open page's parts, `rows` for lists and pages.
"""
