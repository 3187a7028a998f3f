"""Promise: what was erased leaves no byte in the database's files, its write-ahead log included."""

import os
import subprocess
import sys
from pathlib import Path

from tests.tables import new_home

SCRIPT = """
from asithappened.wiring import home
home.prepare()
from django.conf import settings
from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.searching import asked
from asithappened.log import follow
from asithappened.search import consume as search
from asithappened.search.finding import find

def doc(words):
    return body.with_ids(body.Doc(content=(body.paragraph(words),)), seed=words)

blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.EVERYONE)]).blog
for n in range(3):
    press.publish(blog, [e.PostPublished(post=f"p{n}", title=f"Kept {n}", body=doc(f"kept-canary-{n} " * 50))])
press.publish(blog, [e.PostPublished(post="gone", title="Title", body=doc("erased-canary " * 500))])
press.publish(blog, [e.PostRevised(post="gone", title="Title", body=doc("erased-canary again " * 300), position=1)])
follow.catch_up(search)
assert find(asked("erased-canary")).found
press.publish(blog, [e.PayloadErased(of=e.post("gone"), seqs=(5, 6), whole=True)])
# While the program still runs: closing the database would fold its write-ahead log in, erased pages and all.
held = b"".join(path.read_bytes() for path in settings.HOME.rglob("*") if path.is_file())
assert b"kept-canary-2" in held, "the search finds what is there"
assert b"erased-canary" not in held
assert b"erased canary" not in held, "as the index of readers' search has it"
"""


def test_what_was_erased_is_in_no_byte_of_the_files(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "ASITHAPPENED_DATABASE"}
    environment["ASITHAPPENED_HOME"] = str(new_home(tmp_path / "home"))
    subprocess.run([sys.executable, "-c", SCRIPT], env=environment, check=True, timeout=60)
