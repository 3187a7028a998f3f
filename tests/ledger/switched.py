"""States that have changed, for tests of sweeps."""

from asithappened.ledger.changes import Switched, Value

BRIDGE = Switched(key="bridge", label="Lenn Bridge", old=(Value(words="closed"),), new=Value(words="open"))


ALERT = Switched(
    key="alert",
    label="air alert, Mykolaiv",
    places=("Mykolaiv",),
    old=(Value(words="on"),),
    new=Value(words="over"),
)


TRIAL = Switched(key="t", label="Trial of Ada Quill", old=(Value(words="under way"),), new=Value(words="adjourned"))


AIRPORT = Switched(key="air", label="Gatwick airport", old=(Value(words="closed"),), new=Value(words="open"))


CURFEW = Switched(
    key="curfew", label="Curfew in Torr", places=("Torr",), old=(Value(words="in force"),), new=Value(words="lifted")
)


FERRY = Switched(key="ferry", label="Hollin ferry", old=(Value(words="suspended"),), new=Value(words="running"))
