"""The log in other people's formats: feeds and structured data.

Owns what goes to machines rather than to readers' eyes.
Never makes a reader wait for a rendering.
Look next: `consume.py` here for how it reads the log.
"""
