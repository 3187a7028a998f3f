"""Why something was not fetched. Each message says what happened, for the person who gave the address."""


class OutboundError(Exception):
    """Nothing was fetched."""


class Forbidden(OutboundError):
    """Nothing was asked: the address, or one that it redirects to, is not a public web address."""


class Failed(OutboundError):
    """The request failed: no connection, an answer that is too slow or too long, or an error's status.

    `status`: the answer's, 0 for none; `again_in_s`: its Retry-After in seconds, 0.0 for none.
    """

    def __init__(self, why: str, *, status: int = 0, again_in_s: float = 0.0) -> None:
        super().__init__(why)
        self.status, self.again_in_s = status, again_in_s
