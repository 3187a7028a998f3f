"""Why something may not happen.

Owns the shape of a refusal, which rules return, press raises and the desk shows.
"""

from msgspec import Struct


class Refusal(Struct, frozen=True):
    """Why an event may not happen: a code that stays, and a sentence for a person. Nothing was changed.

    `says`: the sentence in English, with blanks such as {zone} for what is in `values`. The desk translates it before
    it fills the blanks.
    """

    code: str
    says: str
    values: dict[str, str | int] = {}

    @property
    def message(self) -> str:
        """Return the sentence in English."""
        return self.says.format(**self.values) if self.values else self.says
