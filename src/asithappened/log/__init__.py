"""The append-only log of facts, without a gap in any blog's numbering.

Owns append, read, follow, and the current-state rows written in the same transaction.
Never changes a fact, deletes words only for an erasure, and imports nothing that renders.
Look next: `core` for what can be a fact, `press` for the only caller of append.
"""
