"""How code inside the sandbox refuses a file: with a code, and the values for the blanks of its sentence.

The sentences are the outside's (answer.py), since a person reads them in their own language.
"""


class NotTaken(Exception):
    """The file is refused. `code`: a key of `answer.REFUSALS`; `values`: what fills the blanks there."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def broken_off() -> NotTaken:
    """Return the refusal of a file that ends before what it holds does."""
    return NotTaken("truncated")


def unreadable() -> NotTaken:
    """Return the refusal of a file that is not what its first bytes say."""
    return NotTaken("unreadable")
