"""The newsroom's front page: its public live blogs, those that run first, then the record by its days.

Owns which blogs stand there and in what order, kept by following the log. Never shows what is not everyone's, nor a
replay, which is no news. Look next: consume.py; `render.front` for what it looks like.
"""
