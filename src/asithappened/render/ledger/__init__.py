"""The ledger as readers see it: chips in posts, "What we know", corrections, and a page for each statement and series.

Owns their words and markup. A row's finished bytes depend on the row and its edition alone, as a post's do: never on
the words of a post, which may be taken back without it. Built in Python and not by templates, because ten rows may go
out with a post.
Look next: `standing` for which word a statement gets, `parts` for what an open page is sent, `rows` for what is kept.
"""
