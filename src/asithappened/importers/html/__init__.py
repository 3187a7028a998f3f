"""Converts untrusted HTML to our body, for every format that contains HTML.

Owns what is kept. Knows no format: a function (`body.Special`) converts a source's own elements.
Look next: `body` for the walk over a document.
"""
