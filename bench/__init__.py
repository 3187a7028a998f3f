"""The benchmark of delivery, beside rivals and what the machine allows: `python -m bench`.

Owns the measuring: one C client for all servers (c/swarm.c), a C server as the limit (c/epoll_server.c), rivals if
they are installed. Never a test: figures depend on the machine, and ratios within one run depend on it much less;
tests/bench only checks that the harness works. Targets with their sources: results.py. How to read the table:
README.md.
"""
