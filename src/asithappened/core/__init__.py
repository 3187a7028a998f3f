"""Events and their codec, the state of a live blog, the fold and the rules, the schema of a post's body.

Plain Python: a function depends on its arguments alone, the time among them. Never Django, I/O or the clock.
Look next: `events` for what can happen, `fold` for what each event does, `rules` for when it may happen.
"""
