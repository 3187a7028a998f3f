"""The benchmark of delivery, beside rivals and what the machine allows: `python -m bench`.

Owns the measuring: a C client for all servers (c/swarm.c), a C server as the limit (c/epoll_server.c), rivals where
they are installed. Never a test: figures depend on the machine, ratios in one run much less; tests/bench checks only
that the harness works. Targets with their sources: results.py. How to read the table: README.md.
"""
