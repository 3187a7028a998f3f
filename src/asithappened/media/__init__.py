"""Pictures, films and sounds: taking files in, keeping them, and letting them go.

Owns files that people send: while they arrive (`incoming`), once they have (`arrivals`), decoded in a sandbox
(`sandbox`, by the job in `ingest`), stored (`store`), used (`using`), mentioned by posts (`consume`), and deleted
(`deletion`).
Never trusts a file, knows no form and publishes nothing: a post names a picture by id and digest, and that is all that
the log knows of it. Names and sizes are core.media's; readers are given finished files by delivery.
"""
