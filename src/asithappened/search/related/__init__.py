"""Automatic related coverage: which other live blogs of the house are listed under one, as long as nobody sets any.

Owns the choice, and the document beside the live blog's page that contains it. As a fact it would put another live
blog's words into this one's log, where no withdrawal there could reach them (docs/adr/0042).
Look next: ranking.py for the similarity, consume.py for when it is computed.
"""
