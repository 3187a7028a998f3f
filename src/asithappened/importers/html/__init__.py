"""Any stranger's HTML to a body of our own: what the formats share that hold HTML.

Owns what is kept of it. Knows no format: a source's own elements come in as a function (`body.Special`).
Look next: `body` for the walk over a document.
"""
