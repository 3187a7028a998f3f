"""Votes of readers in polls, counted without knowing anybody.

Owns the counts beside the log, and that one address has so many votes in a poll a day. Which polls there are, and how a
closed one ended, are facts of the log: a poll is a block of a post (`core.body.poll`). Look next: `counting`, `views`.
"""
