"""Pictures, films and sounds: taking files in, keeping them, and letting them go.

Owns files that people send: half of them (`incoming`), whole (`arriving`), decoded in a cage (`cage`, by the job in
`taking_in`), kept (`store`), used (`using`), mentioned by posts (`consume`), and swept (`letting_go`).
Never trusts a file, knows no form and publishes nothing: a post names a picture by id and digest, and that is all that
the log knows of it. Names and sizes are core.media's; readers are given finished files by delivery.
"""
