"""The context of every page of the Django half: the house's name and address, style, scripts, and the page's frame."""

from django.conf import settings
from django.http import HttpRequest

from asithappened.accounts import mail
from asithappened.desk import request_id
from asithappened.desk.views import in_sheet
from asithappened.desk.views.app import app_context
from asithappened.desk.views.words import words
from asithappened.published.assets import url


def house(request: HttpRequest) -> dict[str, object]:
    """Return the newsroom's name and public address, the addresses of style and scripts, and the page's frame."""
    return {
        "site_name": settings.SITE_NAME,
        "public_url": settings.PUBLIC_URL,
        "by_mail": mail.is_set(),
        "oidc_label": settings.OIDC.label if settings.OIDC else "",
        "desk_css": url("desk.css"),
        "desk_js": url("desk.js"),
        "desk_editor": url("desk-editor.js"),
        "desk_reading": url("desk-reading.js"),
        "desk_ledger": url("desk-ledger.js"),
        "desk_htmx": url("desk-htmx.js"),
        "desk_upload": url("desk-upload.js"),
        "desk_piece": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "desk_leaving_js": url("desk-leaving.js"),
        "desk_portrait_js": url("desk-portrait.js"),
        "request_id": request_id.current(),
        "layout": in_sheet.LAYOUT if in_sheet.wanted(request) else "desk/page.html",
        "desk_words": words,  # a function, so that only pages with scripts pay for it
        **app_context(),
    }
