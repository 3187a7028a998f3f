"""The newsroom's screens and verbs.

Owns drafts, schedules, locks, presence, and the audit of who did what.
Never reaches a reader except through press, and calls press only from `actions`.
Look next: `actions` for the verbs.
"""
