"""HTTP/2 at the outermost proxy: many streams share one connection, and each gets its events.

Owns the certificate that a proxy needs for it, and the requests with curl, which uses HTTP/2 like a browser.
"""

import asyncio
import subprocess
from pathlib import Path
from typing import Final

from bench import machine
from scenarios.site import BASE, Figures, Site, require

STREAMS: Final = 12  # twice as many as the connections that a browser opens by HTTP/1.1
WITHIN_S: Final = 5


def certificate(folder: Path) -> None:
    """Make a certificate and its key, in the forms of nginx and of HAProxy."""
    command = [machine.find("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603
    (folder / "site.pem").write_text((folder / "certificate.pem").read_text() + (folder / "key.pem").read_text())


async def many_streams(site: Site, port: int, folder: Path) -> Figures:
    """Open many streams of one live blog over HTTP/2, publish, and require that each gets it, over one connection."""
    outputs = [folder / f"stream-{number}" for number in range(STREAMS)]
    command = [machine.find("curl"), "--silent", "--no-buffer", "--insecure", "--http2", "--parallel"]
    command += [
        "--parallel-max",
        str(STREAMS),
        "--max-time",
        str(WITHIN_S),
        "--write-out",
        "%{http_version} %{num_connects}\\n",
    ]
    for path in outputs:
        command += ["--output", str(path), f"https://localhost:{port}{BASE}stream"]
    curl = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )

    def all_have(mark: str) -> bool:
        return all(path.exists() and mark in path.read_text() for path in outputs)

    async def began() -> bool:
        return all_have("event: hello")

    await site.wait_until(began, WITHIN_S, "not every stream began over HTTP/2")
    head = (await site.editor.do("publish"))["last"]

    async def arrived() -> bool:
        return all_have(f"id: {site.editor.epoch}-{head}\n")

    await site.wait_until(arrived, WITHIN_S, "not every stream was sent what was published")
    out, _ = await curl.communicate()
    versions, connections = zip(*(line.split() for line in out.decode().splitlines()), strict=True)
    require(set(versions) == {"2"}, f"the streams came by HTTP/{versions}")
    require(sum(map(int, connections)) == 1, f"{STREAMS} streams took {connections} connections")
    return {"streams over one connection, HTTP/2": STREAMS}
