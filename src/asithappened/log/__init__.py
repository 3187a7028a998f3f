"""The truth: one append-only table of facts, without a gap in any blog's numbering.

Owns append, read, follow, and the current-state rows kept in the same transaction.
Never changes a fact, deletes its words only where an erasure says so, and imports nothing that renders one.
Look next: `core` for what can be a fact, `press` for the only caller of append.
"""
