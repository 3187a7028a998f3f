"""Every address of the Django half.

Owns the list of prefixes. `/live/…`, `/static/…` and the health checks are delivery's and never come here.
Look next: `desk.urls`.
"""

from django.urls import include, path

from asithappened.accounts.views import enter, forgotten, webauthn_script
from asithappened.desk.views.front import front
from asithappened.desk.views.refused import bad_request, broken, forbidden, not_found

urlpatterns = [
    path("", front, name="front"),
    path("desk/", include("asithappened.desk.urls")),
    path("accounts/enter/<str:uid>/<str:token>/", enter, name="accounts_enter"),
    path("accounts/webauthn.js", webauthn_script, name="accounts_webauthn_script"),
    # In front of allauth's own: there is no mail to send a link by, so the page says whom to ask.
    path("accounts/password/reset/", forgotten, name="account_reset_password"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
]

handler400 = bad_request
handler403 = forbidden
handler404 = not_found
handler500 = broken
