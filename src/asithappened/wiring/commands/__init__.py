"""The commands of `asithappened`: each reads its arguments, calls a room, and prints.

Owns what they print and which arguments they take. `serving`: run and demo. `blogs`: what concerns live blogs.
`keeping`: the installation itself. `safety`: backups. `inside`: what all of them stand on.
Look next: `cli`, which names them.
"""
