"""The sandbox: a separate process that opens an untrusted file, and may do nothing else.

`taking.take_in` starts it and reads its answer; `__main__` and its imports run inside: the standard library, Pillow and
defusedxml, loaded only for files that need them, because starting is most of the time that a small picture takes.
Look next: lock.py (the restrictions), pictures.py, docs/pictures.md.
"""
