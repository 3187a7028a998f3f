"""`python -m bench.audit`: Lighthouse's scores of a live and of a closed live blog of 500 posts, on an emulated phone.

Owns the two live blogs and the least scores. Prints the medians; exit code 1 if one is too low. Needs Node, Lighthouse
and a Chromium. Look next: frontend/audit/audit.mjs, which runs Lighthouse.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench import ours

AUDIT: Final = Path(__file__).resolve().parents[1] / "frontend/audit"
LEAST: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS: Final = 5
POSTS: Final = 500
_SENTENCE: Final = "The water at the eastern gauge stood at {n} centimetres, the harbour master said at the quay. "


def main() -> int:
    """Make both live blogs, serve them, and run Lighthouse on them."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    node = shutil.which("node")
    if not chromium or not node or not (AUDIT / "node_modules/lighthouse").is_dir():
        print("make audit needs a Chromium, Node, and Lighthouse (make does it: `make audit`).", file=sys.stderr)
        return 2
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="audit-") as name:
        home, address = Path(name), f"http://localhost:{port}"
        environment = {**os.environ, **ours.environment(home), "ASITHAPPENED_URL": address}
        subprocess.run([sys.executable, "-m", "bench.audit", "fill"], env=environment, check=True)
        server = subprocess.Popen(ours.command(home, port), env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait(f"{address}/healthz")
            pages = [f"{address}/live/{slug}/" for slug in ("live", "closed")]
            command = [node, "audit.mjs", chromium, str(RUNS), *pages]
            output = subprocess.run(command, cwd=AUDIT, capture_output=True, text=True, check=True).stdout  # noqa: S603
        finally:
            server.terminate()
            server.wait()
    return max([_print(json.loads(line)) for line in output.splitlines() if line.startswith("{")])


def _print(result: dict[str, Any]) -> int:
    medians: dict[str, int] = result["medians"]
    print(result["address"], " · ".join(f"{name} {medians[name]} (≥ {least})" for name, least in LEAST.items()))
    for missed in result["missed"]:
        print(f"    {missed}")
    return int(any(medians[name] < least for name, least in LEAST.items()))


def _wait(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (ours)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def fill() -> None:
    """Open both live blogs in an empty home, and close one."""
    from asithappened.wiring import home  # noqa: PLC0415 (this process has the environment of the home)

    home.prepare()
    from asithappened import press  # noqa: PLC0415
    from asithappened.core import body  # noqa: PLC0415
    from asithappened.core import events as e  # noqa: PLC0415

    def post(number: int) -> e.PostPublished:
        paragraphs = [body.paragraph(_SENTENCE.format(n=number) * 4) for _ in range(3)]
        return e.PostPublished(
            post=f"p{number}",
            title=f"Water at {number} centimetres" if number % 3 == 0 else "",
            kind=e.PostKind.KEY_EVENT if number % 30 == 0 else e.PostKind.UPDATE,
            body=body.with_ids(body.Doc(content=tuple(paragraphs)), seed=str(number)),
            bylines=("Ada Lund",),
            published_at=begun + timedelta(minutes=number),
        )

    begun = datetime.now(UTC) - timedelta(minutes=POSTS + 1)
    for slug in ("live", "closed"):
        opening = e.BlogOpened(
            slug=slug, title="Storm Isolde reaches the coast", standfirst=_SENTENCE.format(n=212) * 2,
            audience=e.Audience.EVERYONE, zone="Europe/London", tags=("Weather", "Port Isolde"),
        )  # fmt: skip
        blog = press.publish(None, [opening, e.ContributorJoined(name="Ada Lund")]).blog
        for first in range(0, POSTS, 50):
            press.publish(blog, [post(number) for number in range(first, min(POSTS, first + 50))])
        if slug == "closed":
            press.publish(blog, [e.BlogClosed()])


if __name__ == "__main__":
    if sys.argv[1:] == ["fill"]:
        fill()
    else:
        sys.exit(main())
