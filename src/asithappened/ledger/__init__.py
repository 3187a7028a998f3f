"""Who said what, on whose word, how sure, and how figures move.

Owns reading a post's words and suggesting what the ledger may hold of them. What is suggested is nothing until a person
accepts it. Never guesses: where two speakers can be meant, none is named. Look next: `views` for what a reader of words
is given, `suggestions` for what it answers, `reading` for all of them together; `speech`, `amounts` and `geography` for
the readers, `language` for what they all read by, `stale` for the sweep.
"""
