"""The bytes that readers may have, finished: frames, page parts, documents.

Two halves: with `models` and `write`, which use Django, press fills the tables; with `read`, `doorbell` and `machines`,
which do not, delivery reads them.
Never holds anything that a reader may not have. This file imports nothing, because delivery must not load Django.
Look next: `press`, which fills it, `delivery`, which serves it.
"""
