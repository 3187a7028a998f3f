"""Readers' votes in polls, counted without identifying anybody.

Owns the counts beside the log, and the limit of votes that one address has in a poll a day. The polls themselves, and
the result of a closed one, are in the log: a poll is a block of a post (`core.body.poll`). Look next: `counting`,
`views`.
"""
