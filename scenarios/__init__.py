"""What must hold when things go wrong: `python -m scenarios`.

Owns the faults, the readers that follow the public contract with nothing but sockets, and the checker. Each reader
keeps a log of its own; compare.py, a separate program that imports nothing of the server, compares them with the
truth. Counts are laws (lost, doubled, out of order: none); times are printed, and judged with a margin for a busy
machine.
Sizes and pass figures stand at the top of each scenario.
"""
