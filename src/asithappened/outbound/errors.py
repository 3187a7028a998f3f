"""Why something was not fetched. Each message says what happened, for whoever gave the address."""


class OutboundError(Exception):
    """Nothing was fetched."""


class Forbidden(OutboundError):
    """We do not go there: the address, or one that it led to, is not a public web address."""


class Failed(OutboundError):
    """It was tried, and did not answer as it should: no connection, too slow, too long, an error of its own."""
