"""The URLs of accounts: a closed list.

Owns which of allauth's pages are used. Each is listed here instead of including allauth's URLs: its page for e-mail
addresses let a guest take a colleague's, and a new page of its next version must be reviewed first.
`tests/accounts/test_pages.py` compares the resolver with its own list. Look next: `views` for our own pages.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_required as own
from django.urls import path

from asithappened.accounts.oidc import views as oidc
from asithappened.accounts.passkeys import passkey_login
from asithappened.accounts.reauthentication import confirm, confirmed
from asithappened.accounts.sessions import sessions
from asithappened.accounts.views import enter, forgotten, webauthn_script

# The names are allauth's, because its views and templates use them. `own`: requires a sign-in. allauth requires it too,
# but on some pages only after it has stored the whole form, a megabyte of any stranger's, in a session. `confirmed`:
# requires reauthentication too, for adding a way to sign in.
urlpatterns = [
    path("enter/<str:uid>/<str:token>/", enter, name="accounts_enter"),
    path("webauthn.js", webauthn_script, name="accounts_webauthn_script"),
    path("confirm/", confirm, name="accounts_confirm"),
    path("oidc/", oidc.connected, name="accounts_oidc"),
    path("oidc/begin/", oidc.begin, name="accounts_oidc_begin"),
    path("oidc/callback/", oidc.come_back, name="accounts_oidc_come_back"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", own(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", own(account.password_change), name="account_change_password"),
    path("password/set/", confirmed(account.password_set), name="account_set_password"),
    # Not allauth's, which sends another kind of link, within the request, and reveals who has an account.
    path("password/reset/", forgotten, name="account_reset_password"),
    path("2fa/", own(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", confirmed(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", own(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", own(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("2fa/webauthn/", own(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", confirmed(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", passkey_login, name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", own(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", own(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", own(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("sessions/", own(sessions), name="usersessions_list"),
]
