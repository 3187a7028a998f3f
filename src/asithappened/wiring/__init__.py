"""Puts the packages together: settings, urls, asgi, and the `asithappened` command.

Owns configuration, the processes of an installation and its home: address, upgrade, backup, doctor.
Never decides what may happen to a live blog or who may read it: such a rule belongs in another package.
Look next: `cli` for the commands, `settings` for every setting, `home` for preparing a home.
"""
