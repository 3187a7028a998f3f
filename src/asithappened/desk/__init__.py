"""The newsroom's screens and verbs.

Owns what people see and send there, submissions, replays, the demonstration, and the audit of who did what.
Never reaches a reader except through press, and calls press only from `actions`.
Look next: `actions` for the verbs, `drafts` for the place of what changes every few seconds.
"""
