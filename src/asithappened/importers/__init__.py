"""Other systems' live blogs: what a file of theirs holds (`formats`, `found`), and how it gets into our log (`run`).

Nothing imported rings a bell, and only `run` calls press. To add a format: a package in `formats/` whose `read` takes a
file's bytes and returns a `FoundBlog` or raises ImportRefused; its line in `registry`, and its name in the help of
`asithappened import` and in docs/command-line.md; in tests/importers/formats a folder with a small export that is yours
to share. A format imports no other: what two of them need stands beside `html` and `reading`.
"""
