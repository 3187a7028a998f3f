"""What readers get: pages, deltas and streams, as raw ASGI.

Owns compression, caching headers, and streams that survive slow readers.
Never runs Django, a template or the log: it sends what `published` has finished.
Look next: `app.py` for everything that goes out.
"""
