"""Renders events and state to HTML fragments and page parts, once.

Owns the templates that readers see, and the render fingerprint.
Never called by delivery, which only sends finished bytes; never reads the log, the clock or a request.
Look next: `post`, `page`, `part`, which press calls; `body` for a post's document in HTML; `clean`, which sanitises it.
"""
