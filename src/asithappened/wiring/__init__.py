"""What plugs the rooms together: settings, urls, asgi, and the `asithappened` command.

Owns configuration.
Never holds behaviour: a rule found here belongs in a room.
Look next: `cli` for the commands, `settings` for every knob.
"""
