"""The newsroom's front page: its public live blogs, those that run first, then the record by its days.

Owns which blogs it lists and in what order, kept by following the log. Never lists a blog that is not for everyone, nor
a replay, which is no news. Look next: consume.py; tags, authors and archive for the other pages of the house;
`render.front` and `render.house_lists` for what they look like.
"""
