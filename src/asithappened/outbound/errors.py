"""Why something was not fetched. Each message says what happened, for the person who gave the address."""


class OutboundError(Exception):
    """Nothing was fetched."""


class Forbidden(OutboundError):
    """We do not go there: the address, or one that it led to, is not a public web address."""


class Failed(OutboundError):
    """It was tried, and did not answer as it should: no connection, too slow, too long, an error of its own.

    `status`: that it answered with, 0 for none; `again_in_s`: after how many seconds it wants to be asked again.
    """

    def __init__(self, why: str, *, status: int = 0, again_in_s: float = 0.0) -> None:
        super().__init__(why)
        self.status, self.again_in_s = status, again_in_s
