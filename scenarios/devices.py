"""Devices that asked for alerts: `python -m scenarios.devices SLUG ORIGIN=COUNT…`, on the home of the environment.

Owns making them, thousands at once, with one key pair: encrypting for each costs the same as with keys of their own.
Sets the live blog to send its alerts by itself.
"""

import hashlib
import os
import sys


def main() -> None:
    """Make the devices."""
    import django  # noqa: PLC0415

    from asithappened.wiring.sqlite import use_safe_sqlite  # noqa: PLC0415

    use_safe_sqlite()  # before Django binds sqlite3
    django.setup()
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    from asithappened.alerts.encryption import point_of  # noqa: PLC0415
    from asithappened.alerts.models import Device, Topic  # noqa: PLC0415
    from asithappened.core.events import Alerting  # noqa: PLC0415
    from asithappened.desk.actions import System, alerting  # noqa: PLC0415
    from asithappened.jobs.clock import CLOCK  # noqa: PLC0415
    from asithappened.log import read  # noqa: PLC0415

    blog = read.blog_id(sys.argv[1])
    assert blog is not None
    alerting.set_alerts(blog, by=System(name="scenario"), mode=Alerting.BY_ITSELF)
    keys = {"p256dh": point_of(ec.generate_private_key(ec.SECP256R1()).public_key()), "auth": os.urandom(16)}
    for argument in sys.argv[2:]:
        origin, _, count = argument.rpartition("=")
        endpoints = [f"{origin}/push/{n}" for n in range(int(count))]
        devices = Device.objects.bulk_create(
            Device(
                key=hashlib.sha256(endpoint.encode()).hexdigest(),
                endpoint=endpoint,
                service=origin,
                made_at=CLOCK.now(),
                **keys,
            )
            for endpoint in endpoints
        )
        Topic.objects.bulk_create(Topic(device=device, blog_id=blog) for device in devices)


if __name__ == "__main__":
    main()
