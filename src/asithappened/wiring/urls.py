"""Every address of the Django half.

Owns the list of prefixes. The front page, `/live/…`, `/static/…` and the health checks are delivery's, and never come
here.
Look next: `desk.urls`, `accounts.urls`.
"""

from django.urls import include, path

from asithappened.desk.views.refused import bad_request, broken, forbidden, not_found

urlpatterns = [
    path("desk/", include("asithappened.desk.urls")),
    path("accounts/", include("asithappened.accounts.urls")),
]

handler400 = bad_request
handler403 = forbidden
handler404 = not_found
handler500 = broken
