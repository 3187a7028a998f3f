"""What a text is to say instead has the form of what stood there."""

from tests.ledger.sweeping import proposed
from tests.ledger.switched import ALERT, BRIDGE


def test_the_newest_value_fits_where_the_old_one_stood() -> None:
    assert proposed("Lenn Bridge is closed.", BRIDGE) == "Lenn Bridge is open."
    assert proposed("Mykolaiv is under air alert.", ALERT) == "Mykolaiv is no longer under air alert."
