"""How well the ledger reads, against what people read in recorded live blogs: offsets and hashes, never their words.

Owns the guideline (GUIDELINE.md), the annotations, the way to add some (`python -m evaluation.annotate`), and the
measure (`python -m evaluation`, or `make eval`). The blogs themselves are others' journalism: they lie beside the
repository, and nothing of them is here. Look next: `scoring` for what counts as right.
"""
