"""The one door: rules, then rendering, then one append with its frames, redone if the head moved.

Owns `publish`.
Never renders while it holds a blog's lock.
Look next: `core` for the rules, `log` for the append, `desk.actions` and `importers.run` for who may call.
"""
