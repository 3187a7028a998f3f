"""Publishing: ask the rules, render, then append facts with the finished bytes, and redo that if the head moved.

Owns `publish`, the only way by which anything reaches a reader, and `rebuild`, which makes the published bytes again
from the log. Never renders under the lock, and never knows who asked.
Look next: door.py for the order of the steps, finish.py for the bytes that an append changes.
"""

from asithappened.press.door import Receipt, publish, receipt_of
from asithappened.press.epochs import begin_anew
from asithappened.press.rebuild import outdated, rebuild, rebuild_outdated
from asithappened.press.refused import Busy, Refused

__all__ = [
    "Busy",
    "Receipt",
    "Refused",
    "begin_anew",
    "outdated",
    "publish",
    "rebuild",
    "rebuild_outdated",
    "receipt_of",
]
