"""Checks readers' pages: the version that rendered them, their address, and whether they arrive at once."""

import time
import urllib.error
import urllib.request
from typing import Final

from asithappened.wiring.doctor.finding import Finding

PATIENCE_S: Final = 1.0


def rendering() -> Finding:
    """Was what readers get rendered by this code?"""
    from asithappened.desk.actions import rendering as verbs
    from asithappened.log import read

    blogs, old = len(read.every_blog()), len(verbs.outdated())
    if old:
        return Finding(
            check="rendering",
            result="warn",
            says=f"{old} of {blogs} live blogs were rendered by another version",
            do="Run `asithappened rebuild published`; `asithappened run` does it as it starts.",
        )
    return Finding(check="rendering", result="ok", says=f"{blogs} live blogs, rendered by this version")


def address() -> Finding:
    """Is it settled where readers find this installation?"""
    from django.conf import settings

    from asithappened.wiring import address as addresses

    kept, given = addresses.kept(settings.HOME), addresses.given_by_environment()
    if kept is None or not kept.given:
        says = f"{settings.PUBLIC_URL}, where the server listens: nobody gave another"
        return Finding(check="address", result="ok", says=says)
    if given and given != kept.url:
        return Finding(
            check="address",
            result="warn",
            says=f"{kept.url}, while {addresses.VARIABLE} says {given}",
            do=f"If it moves: `asithappened address {given}`. If not: leave {addresses.VARIABLE} out.",
        )
    return Finding(check="address", result="ok", says=kept.url)


def public() -> Finding:
    """Can what this installation serves be read through its public address within a second?"""
    from django.conf import settings

    from asithappened.published.models import PublishedBlog

    blog = PublishedBlog.objects.filter(audience="everyone").exclude(status="gone").order_by("-pk").first()
    path = f"/live/{blog.slug}/stream" if blog else "/healthz"
    url = settings.PUBLIC_URL + path
    started = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:  # noqa: S310 -- our own address
            first = answer.readline(4096).decode("utf-8", "replace").strip()
    except urllib.error.HTTPError as error:
        says = f"{url} answers {error.code}"
        return Finding(check="public", result="fail", says=says, do="Does the proxy pass /live/ on to this program?")
    except (urllib.error.URLError, ConnectionRefusedError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ConnectionRefusedError):
            return _nobody(url)
        says = f"{url} cannot be reached: {reason}"
        return Finding(
            check="public", result="fail", says=says, do="Does its name resolve? `asithappened address` changes it."
        )
    except (TimeoutError, OSError):
        return Finding(
            check="public",
            result="fail",
            says=f"nothing came through {url} within {PATIENCE_S:g} s",
            do="A proxy that buffers holds the stream back: switch its buffering off for /live/.",
        )
    took = time.monotonic() - started
    return Finding(check="public", result="ok", says=f"{url} answered after {took * 1000:.0f} ms: {first[:40]!r}")


def _nobody(url: str) -> Finding:
    from django.conf import settings

    from asithappened.wiring.served import server_of

    do = "Start `asithappened run` first."
    if server := server_of(settings.HOME):
        do = f"{str(server).capitalize()}, serves this home: let the proxy pass on to that, or change the address."
    return Finding(check="public", result="warn", says=f"nobody answers at {url}", do=do)
