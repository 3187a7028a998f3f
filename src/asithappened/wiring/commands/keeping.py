"""Commands about the installation itself: its address, its health, its people, and Django's own commands."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from asithappened.wiring import address as addresses
from asithappened.wiring import home, served
from asithappened.wiring.commands.inside import Json, installation, print_json
from asithappened.wiring.exits import PROGRAM, Exit, Stop

MOVED = """This home's address was {was}; now it is {now}.
Pages, cards, structured data and sign-in links say so from the next start of the server on; nothing is rendered again.
People sign in anew, and a passkey is good for the host it was made on: `{program} invite` lets its owner in elsewhere.
With https, cookies are sent over TLS only: the proxy in front has to speak it."""

if TYPE_CHECKING:
    from asithappened.accounts.models import User


def address(
    url: Annotated[
        str | None, typer.Argument(metavar="[ADDRESS]", help="The new one; without, say what it is.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say the public address, or change it."""
    folder = home.folder()
    try:
        if url is None:
            home.need(folder)
            one = addresses.kept(folder)
            now, given = addresses.of(folder), one is not None and one.given
            if as_json:
                print_json({"url": now, "given": given})
            else:
                print(now if given else f"{now} (nobody gave one: it is where the server listens)")
            return
        _move(addresses.checked(url), as_json=as_json)
    except (addresses.AddressRefused, home.HomeRefused) as refused:
        raise Stop(Exit.REFUSED, str(refused)) from refused


def _move(now: str, *, as_json: bool) -> None:
    folder = home.folder()
    home.make(folder)
    try:
        was = addresses.of(folder)
    except addresses.AddressRefused:  # this command repairs an unreadable file too
        was = "not known"
    addresses.keep(folder, addresses.Address(url=now, given=True))
    with installation():
        from asithappened.wiring import agreement

        agreement.agree_on_address(now)
    if as_json:
        print_json({"url": now, "was": was})
    elif was == now:
        print(f"This home's address is {now}. It is kept from now on, wherever the server listens.")
    else:
        print(MOVED.format(was=was, now=now, program=PROGRAM))
    if other := served.server_of(folder):
        print(f"{str(other).capitalize()}, serves this home as {was} until it is started again.", file=sys.stderr)


def doctor(as_json: Json = False) -> None:
    """Say whether this installation is fit for a day.

    And what to do if it is not.
    """
    with installation(migrate=False):
        from asithappened.wiring import doctor as checks

        findings = checks.examine()
        if as_json:
            print(checks.as_json(findings))
        else:
            for finding in findings:
                print(f"{finding.result:<4}  {finding.check:<10}  {finding.says}")
                if finding.do:
                    print(f"{'':<18}{finding.do}")
        if any(finding.result == "fail" for finding in findings):
            raise typer.Exit(Exit.REFUSED)


def invite(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Who is to sign in.")],
    admin: Annotated[bool, typer.Option("--admin", help="May do everything, on every live blog.")] = False,
    name: Annotated[str, typer.Option(help="The byline.")] = "",
    reset: Annotated[
        bool,
        typer.Option("--reset-second-factor", help="Forget a lost authenticator, passkeys, recovery codes."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Print a one-time link to sign in with.

    Makes the account, if there is none.
    """
    with installation(make=True):
        from django.core.exceptions import ValidationError

        from asithappened.accounts.links import sign_in_link
        from asithappened.accounts.staff import forget_second_factors
        from asithappened.accounts.staff import invite as make

        try:
            vouched = make(email, admin=admin, byline=name)
        except ValidationError as error:
            raise Stop(Exit.REFUSED, f"{' '.join(error.messages)} No account was made.") from error
        user = vouched.user
        forgotten = forget_second_factors(user) if reset else 0
        link = sign_in_link(user)
        if vouched.shut_out:
            print(vouched.shut_out, file=sys.stderr)
        if as_json:
            print_json({"email": user.email, "link": link, "forgotten": forgotten})
        else:
            print(link)


def deactivate(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Whose account.")],
    to: Annotated[str, typer.Option("--to", metavar="EMAIL", help="Who goes on with what they had.")] = "",
    as_json: Json = False,
) -> None:
    """Take somebody who leaves off everything: their account is closed, and they are off every live blog, at once.

    What they published stays. Drafts go to --to or an owner, what was scheduled or handed in waits for a person.
    """
    with installation():
        from asithappened.desk.actions.actor import System
        from asithappened.desk.actions.leaving import leave_house

        user, heir = _account(email), _account(to) if to else None
        left = leave_house(by=System(name="command line"), user=user, to=heir)
        if as_json:
            told = [{"blog": one.blog, "to": one.to.email if one.to else None, "drafts": one.drafts,
                     "scheduled": one.scheduled, "submissions": one.submissions} for one in left]  # fmt: skip
            print_json({"email": user.email, "left": told})
            return
        print(f"{user.email} is closed: no password, passkey, link or session of it opens anything.")
        if left:
            waiting = sum(one.drafts + one.scheduled + one.submissions for one in left)
            print(
                f"Off {len(left)} live blogs, where {waiting} drafts, scheduled posts and submissions wait for others."
            )


def _account(email: str) -> "User":
    from asithappened.accounts.models import User

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise Stop(Exit.REFUSED, f"There is no account of {email}. Nothing was changed.")
    return user


def manage(context: typer.Context) -> None:
    """Run a command of Django's own: `manage shell`."""
    with installation(migrate=False, make=True):
        from django.core.management import execute_from_command_line

        execute_from_command_line([f"{PROGRAM} manage", *context.args])
