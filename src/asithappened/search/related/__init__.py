"""Related coverage by itself: which other live blogs of the house stand under one, as long as nobody set any.

Owns the choice, and the document beside the live blog's page that it stands in. A fact would keep the words of another
live blog in this one's log, where no withdrawal there could reach them (docs/adr/0042).
Look next: ranking.py for what is alike, consume.py for when it is looked for.
"""
