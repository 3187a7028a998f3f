"""What readers get: pages, deltas and streams, as raw ASGI.

Owns compression, caching headers, and streams that survive slow readers.
Never runs Django, a template or the log: it sends the finished bytes of `published`.
Look next: `app.py`, which answers every request.
"""
