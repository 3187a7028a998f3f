"""What must hold when things go wrong: `python -m scenarios`.

Owns the faults, the readers that follow the public contract by sockets alone, and the checker. Each reader keeps a log
of its own; compare.py, a separate program that imports nothing of the server, compares these logs with the published
log. Counts are laws (lost, doubled, out of order: none); times are printed, and their limits have a margin for a busy
machine. Sizes and limits are at the top of each scenario.
"""
