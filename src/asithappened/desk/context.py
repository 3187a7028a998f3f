"""What every page of the Django half may show: the house's name and the addresses of its assets."""

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    """Return the newsroom's name and public address."""
    return {"site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL}
