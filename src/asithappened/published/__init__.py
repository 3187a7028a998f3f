"""The bytes that readers may have, finished: frames, page parts, documents.

Two halves. `models` and `write` are Django's, filled by press; `read` and `doorbell` are delivery's and know no Django.
Never holds anything a reader may not have. This file imports nothing, or delivery would drag Django in.
Look next: `press` for who fills it, `delivery` for who serves it.
"""
