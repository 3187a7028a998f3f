"""Work that is due later or elsewhere: jobs in a table, recurring duties, followers of the log; and the worker.

Owns when work runs, in which process, how often it is tried, and what happens after a failure. The work itself belongs
to other packages, which declare it in values of `work`; `wiring` gathers those. Never knows what a post is.
Look next: `put` to enqueue a job, `work` to declare a kind, `leases` for ownership, `worker` for the process.
"""
