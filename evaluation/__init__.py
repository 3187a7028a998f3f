"""Measures how well the ledger reads, against what people marked in recorded live blogs.

Owns the guideline (GUIDELINE.md), the annotations (offsets and hashes, never words), the way to add some
(`python -m evaluation.annotate`), and the measurement (`python -m evaluation`, or `make eval`). The blogs themselves
are others' journalism: they are beside the repository, and nothing of them is here. Look next: `scoring` for what
counts as right.
"""
