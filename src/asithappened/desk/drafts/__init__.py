"""Rows that change every few seconds and concern no reader: on SQLite they are in a file of their own.

Owns which database a model of this Django application is in (`router`), so that saving one never makes a publish wait
(docs/adr/0013). A model here refers to rows of other applications by id and never by a foreign key, because those rows
may be in another file. Rows that must be written together with a fact do not belong here.
"""
