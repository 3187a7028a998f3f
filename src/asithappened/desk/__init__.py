"""The newsroom's screens and verbs.

Owns what people see and send there, submissions, replays, the demonstration, and the audit of who did what.
Never reaches a reader except through press, and calls press only from `actions`.
Look next: `actions` for the verbs, `views.flow` for how a page or a program comes to one, `drafts` for the place of
what changes every few seconds.
"""
