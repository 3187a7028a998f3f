"""Bringing files to a composer as a person does: dropping them on it, or pasting them.

Owns what a browser is told of that, and small pictures to bring.
"""

import base64
import io
from typing import Final

from PIL import Image
from playwright.sync_api import Page

EDITOR: Final = "[data-composer-place] .body-editor"

SAID = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" photoshop:Credit="Nia Vale / Courier"
 photoshop:Instructions="Not for use before 06:00 GMT">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The sea wall at dusk.</rdf:li></rdf:Alt></dc:description>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">One use only</rdf:li></rdf:Alt></xmpRights:UsageTerms>
</rdf:Description></rdf:RDF></x:xmpmeta>"""

BRING = """([selector, how, files]) => {
  const data = new DataTransfer();
  for (const { name, type, bytes } of files) {
    data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, { type }));
  }
  const at = document.querySelector(selector);
  const box = at.getBoundingClientRect();
  const where = { clientX: box.left + 20, clientY: box.bottom - 5, bubbles: true, cancelable: true };
  const kinds = how === "drop" ? ["dragenter", "dragover", "drop"] : ["paste"];
  for (const kind of kinds) {
    const event = how === "drop"
      ? new DragEvent(kind, { ...where, dataTransfer: data })
      : new ClipboardEvent(kind, { ...where, clipboardData: data });
    at.dispatchEvent(event);
  }
}"""


def drawn(colour: str, *, size: tuple[int, int] = (900, 600), said: str = "") -> bytes:
    """Return a JPEG of one colour, and of what its file says."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", **({"xmp": said.encode()} if said else {}))
    return file.getvalue()


def bring(page: Page, how: str, *files: tuple[str, bytes], to: str = EDITOR, kind: str = "image/jpeg") -> None:
    """Drop files on an element, or paste them into it."""
    told = [{"name": name, "type": kind, "bytes": base64.b64encode(raw).decode()} for name, raw in files]
    page.evaluate(BRING, [to, how, told])
