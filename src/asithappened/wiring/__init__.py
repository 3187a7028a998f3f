"""What plugs the rooms together: settings, urls, asgi, and the `asithappened` command.

Owns configuration, the processes of an installation and its home: address, upgrade, backup, doctor.
Never decides what may happen to a live blog or who may read it: such a rule belongs in a room.
Look next: `cli` for the commands, `settings` for every knob, `home` for what comes before any of them.
"""
