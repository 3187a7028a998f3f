"""The bytes that readers may have, finished: frames, page parts, documents.

Two halves. `models` and `write` are Django's, filled by press; `read`, `doorbell` and `machines` know none and are
delivery's, or beside it in its process.
Never holds anything a reader may not have. This file imports nothing, or delivery would drag Django in.
Look next: `press` for who fills it, `delivery` for who serves it.
"""
