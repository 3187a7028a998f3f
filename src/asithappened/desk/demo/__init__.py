"""The demonstration: a newsroom that does not exist covers a day that did not happen.

Owns the day's script (`storm.toml`), its loading as events (`script.load`), and playing it (`play`). Its pictures are
static files. Never publishes except by `desk.actions`.
Look next: `script.py` for a step, `manuscript.py` for how a post is written in the script.
"""
