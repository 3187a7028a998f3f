"""The demonstration: a newsroom that does not exist covers a day that did not happen.

Owns the day's script (`storm.toml`), and reading it into events (`script.load`). Its pictures are static files.
Never publishes, waits or reads a clock: who plays the script, and how fast, is the demonstration's runner.
Look next: `script.py` for a step, `manuscript.py` for how a post is written down.
"""
