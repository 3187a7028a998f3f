"""The cage: a process of its own that opens a file nobody trusts, and may do nothing else.

`taking.take_in` starts it and reads its answer; everything that `__main__` imports runs inside. Inside is the standard
library, Pillow and defusedxml, loaded when a file needs them: starting up is what a small picture costs most.
Look next: lock.py (what a cage may not do), pictures.py, docs/pictures.md.
"""
