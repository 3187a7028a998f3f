"""A link as a QR code, for the camera of a phone on the other side of the table."""

import base64

import qrcode
from qrcode.image.svg import SvgPathImage


def picture_of(link: str) -> str:
    """Return a QR code as a data: address, which the desk's pages may show."""
    svg: bytes = qrcode.make(link, image_factory=SvgPathImage, border=2).to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
