"""What can happen: the closed set of events, their codec, a blog's state, fold, the rules, the schema of a post's body.

Plain Python, decided from arguments alone.
Never Django, I/O or the clock: the time, like everything else, is passed in.
Look next: `events` for what can happen, `fold` for what it makes of a blog, `rules` for what may.
"""
