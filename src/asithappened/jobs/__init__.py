"""What is due later or elsewhere: jobs in a table, duties that recur, followers of the log; and the worker of them all.

Owns when work is done, by which process, how often it is tried, and what becomes of what failed. What is done is the
rooms' own: each says so in values of `work`, and `wiring` gathers them. Never knows what a post is.
Look next: `put` to ask for a job, `work` to say how one is done, `leases` for whose it is, `worker` for the process.
"""
