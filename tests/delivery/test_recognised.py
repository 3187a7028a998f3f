"""Promises of `delivery.recognised`: a session is known if the desk found it signed in; strangers fill no memory."""

from asithappened.delivery.recognised import FOR_S, REMEMBERED, Recognised


class Clock:
    """Time that passes when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_is_known_by_what_the_desk_found_it_to_be_and_for_a_while() -> None:
    clock = Clock()
    known = Recognised("session", clock=clock)
    ada = known.session([(b"accept", b"*"), (b"cookie", b"csrf=1; session=ada")])
    assert not known.knows(ada)
    known.learn(ada, signed_in=True)
    assert known.knows(ada)
    assert not known.knows(known.session([(b"cookie", b"session=eve; xsession=ada")]))
    clock.now += FOR_S
    assert not known.knows(ada)
    known.learn(ada, signed_in=True)
    known.learn(ada, signed_in=False)
    assert not known.knows(ada), "signed out"
    for cookie in (b"", b"session=", b"sessions=ada", b"session"):
        assert known.session([(b"cookie", cookie)]) == b""
        assert not known.knows(b"")


def test_strangers_cannot_fill_what_is_remembered() -> None:
    known = Recognised("session", clock=Clock())
    for n in range(3 * REMEMBERED):
        known.learn(b"%d" % n, signed_in=n % 2 == 0)
    assert len(known._until) == REMEMBERED
