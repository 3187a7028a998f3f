"""The newsroom's front page and its pages of tags, authors and days, made by following the log.

Owns which live blogs and posts each lists, and in what order. Never lists a live blog that is not for everyone, or a
replay. Look next: consume.py for the front page; tags, authors and archive; `render.front` and `render.house_lists` for
their HTML.
"""
