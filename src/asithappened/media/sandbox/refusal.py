"""How code inside the sandbox refuses a file: with a code, and the values for the blanks of its sentence.

The sentences are in answer.py, outside, where they are translated.
"""


class NotTaken(Exception):
    """The file is refused. `code`: a key of `answer.REFUSALS`; `values`: for the blanks there."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def broken_off() -> NotTaken:
    """Return the refusal of a truncated file."""
    return NotTaken("truncated")


def unreadable() -> NotTaken:
    """Return the refusal of a damaged file."""
    return NotTaken("unreadable")
