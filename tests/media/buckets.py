"""A bucket of an S3-compatible store, for tests: a real server answers, from a wheel, on a port of this machine."""

import json
import subprocess
import sys
from typing import Any

import pytest

SERVER = """
import json, sys
import boto3
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
url = "http://%s:%d" % server.get_host_and_port()
s3 = boto3.client("s3", endpoint_url=url, aws_access_key_id="k", aws_secret_access_key="s", region_name="us-east-1")
s3.create_bucket(Bucket="newsroom")
print(url, flush=True)
for _ in sys.stdin:
    found = s3.list_objects_v2(Bucket="newsroom").get("Contents", [])
    print(json.dumps(sorted(one["Key"] for one in found)), flush=True)
"""


class Bucket:
    """A bucket of a server in another process."""

    def __init__(self) -> None:
        """Start it."""
        self._server = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.url = self._said().strip()

    def _said(self) -> str:
        assert self._server.stdout
        return self._server.stdout.readline()

    def keys(self) -> list[str]:
        """Return the names of what is in it."""
        assert self._server.stdin
        self._server.stdin.write("keys\n")
        self._server.stdin.flush()
        names: list[str] = json.loads(self._said())
        return names

    def stop(self) -> None:
        """End it, if it has not ended."""
        if self._server.returncode is None:
            self._server.communicate()


def storages(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return the entry of STORAGES for this bucket."""
    from asithappened.wiring import settings as ours

    said = {"ENDPOINT": bucket.url, "REGION": "us-east-1", "KEY": "k", "SECRET": "s", "PREFIX": "live"}
    for name, value in said.items():
        monkeypatch.setenv(f"ASITHAPPENED_MEDIA_S3_{name}", value)
    return ours._remote_store("newsroom")
