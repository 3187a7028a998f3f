"""The sandbox: a process of its own that opens an untrusted file, and may do nothing else.

`taking.take_in` starts it and reads its answer; everything that `__main__` imports runs inside. Inside is the standard
library, Pillow and defusedxml, loaded when a file needs them: starting up is what a small picture costs most.
Look next: lock.py (what a sandbox may not do), pictures.py, docs/pictures.md.
"""
