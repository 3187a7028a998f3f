"""The place for rows that change every few seconds and concern no reader: on SQLite a file of its own.

Owns which database a model of this Django application is in (`router`), so that saving one never makes a publish wait
(docs/adr/0013). A model here refers to rows of other applications by their ids, never by a foreign key: those may be in
another file. What has to be true together with a fact does not belong here.
"""
