"""The commands of `asithappened`: each reads its arguments, calls another package, and prints.

Owns what they print and which arguments they take. `serving`: run and demo. `blogs`: what concerns live blogs.
`ledger`: what words suggest. `keeping`: the installation itself. `safety`: backups. `inside`: what all stand on.
Look next: `cli`, which names them.
"""
