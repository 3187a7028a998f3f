"""Checks the mail server and the identity provider, if the operator named any."""

from asithappened.wiring.doctor.finding import Finding


def mail() -> Finding:
    """Does the mail server let us in? Nothing is sent."""
    from django.conf import settings
    from django.core.mail import get_connection

    if settings.MAIL is None:
        return Finding(check="mail", result="ok", says="no mail server is named: links are handed over by people")
    try:
        with get_connection():
            pass
    except OSError as error:  # smtplib's errors are OSErrors
        says = f"{settings.MAIL} does not take mail from us: {' '.join(str(error).split())}"
        do = "See that it runs, and that ASITHAPPENED_MAIL_… are right. Letters wait, and are tried again."
        return Finding(check="mail", result="fail", says=says, do=do)
    plain = settings.MAIL.encrypted == "never"
    says = f"{settings.MAIL} takes mail from us" + (", without TLS" if plain else "")
    return Finding(check="mail", result="ok", says=says)


def provider() -> Finding:
    """Does the provider say what a provider says, and has it keys?"""
    from django.conf import settings

    from asithappened.accounts.oidc import client

    if settings.OIDC is None:
        return Finding(check="provider", result="ok", says="no provider of OpenID Connect is named")
    try:
        client.Client(settings.OIDC).check()
    except (client.Unreachable, client.Refused) as error:
        says = f"{settings.OIDC.issuer} cannot be used: {error}"
        do = "See that it runs, and that ASITHAPPENED_OIDC_ISSUER is its address. Passwords and passkeys still work."
        return Finding(check="provider", result="fail", says=says, do=do)
    return Finding(check="provider", result="ok", says=f"{settings.OIDC.issuer} answers, and has keys")
