"""What a browser without JavaScript sends of the form of a post, and reads of a page."""

import html as entities
import re
from typing import Any


def form(**values: Any) -> dict[str, Any]:
    """Return a post form's data."""
    text = values.pop("text", "The sea wall has given way.")
    return {
        "do": "publish", "once": "abc123", "title": "", "kind": "update", "bylines": "Ada Reporter",
        "text": text, **values,
    }  # fmt: skip


# Of a form that publishes: when, in whose zone that is said, and the rows of the ledger that come with it.
LATER = {"at": "", "zone": "Europe/London", "rows": ""}


def sent_by(html: str) -> dict[str, Any]:
    """Return what a browser would send for the post form of a page: its inputs, areas, and checked boxes."""
    data = {}
    inner = html[html.index('name="once"') - 30 :]
    for tag in re.findall(r"<input[^>]*>", inner):
        attrs = {k: entities.unescape(v) for k, v in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if "name" not in attrs or attrs["name"] == "csrfmiddlewaretoken":
            continue
        if attrs.get("type") in {"checkbox", "radio"}:
            if " checked" in tag:
                data[attrs["name"]] = attrs.get("value", "on")
        else:
            data[attrs["name"]] = attrs.get("value", "")
    for name, value in re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n?(.*?)</textarea>', inner, re.S):
        data[name] = entities.unescape(value).replace("\r\n", "\n").replace("\n", "\r\n")
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', inner, re.S):
        (data[name],) = re.findall(r'<option value="([^"]*)" selected', options)
    return data
