"""The bytes that readers may have, finished: frames, page parts, documents.

Two halves. `models` and `write` use Django, and press fills the tables with them. `read`, `doorbell` and `machines` do
not, and delivery reads with them.
Never holds anything a reader may not have. This file imports nothing: delivery imports it, and must not load Django.
Look next: `press`, which fills it, `delivery`, which serves it.
"""
