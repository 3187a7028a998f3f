"""Imports other systems' live blogs: reads their files (`formats`, `found`), and writes them to our log (`run`).

Only `run` calls press. To add a format: a package in `formats/` whose `read` takes a file's bytes and returns a
`FoundBlog` or raises ImportRefused; its line in `registry`, and its name in the help of `asithappened import` and in
docs/command-line.md; in tests/importers/formats a folder with a small export that you may share. A format imports no
other: code that two of them need is beside `html` and `reading`.
"""
