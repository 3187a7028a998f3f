"""The newsroom's pages and verbs.

Owns what people see and send at the desk, submissions, replays, the demonstration, and the audit.
Never reaches a reader except through press, and calls press only from `actions`.
Look next: `actions` for the verbs, `views.flow` for the path from a page or a program to a verb, `drafts` for rows that
change every few seconds.
"""
