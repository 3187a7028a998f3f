"""The commands of `asithappened`: each reads its arguments, calls another package, and prints.

Owns their arguments and output. `serving`: run and demo. `blogs`: live blogs. `ledger`: suggestions. `keeping`: the
installation itself. `safety`: backups. `inside`: shared by all. Look next: `cli`, which names them.
"""
