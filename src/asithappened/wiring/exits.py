"""The exit codes of commands, their meanings, and the exception that ends a command with one."""

from enum import IntEnum

PROGRAM = "asithappened"


class Exit(IntEnum):
    OK = 0
    REFUSED = 1
    USAGE = 2
    NOT_FOUND = 3
    BAD_FILE = 4
    INTERNAL = 70
    INTERRUPTED = 130


MEANINGS = {
    Exit.OK: "done",
    Exit.REFUSED: "refused, or failed: nothing half done is left behind",
    Exit.USAGE: "the command was not understood",
    Exit.NOT_FOUND: "there is no such live blog",
    Exit.BAD_FILE: "the file cannot be read or imported; the database is as it was",
    Exit.INTERNAL: "a fault of the program itself",
    Exit.INTERRUPTED: "stopped by Ctrl-C",
}


class Stop(Exception):
    """Ends a command that failed, with an exit code and a sentence."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code
