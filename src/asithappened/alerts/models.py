"""The tables of alerts: devices, the live blogs that they asked for, alerts, and which device got which.

A device is stored as the endpoint that its push service gave it, with the keys to write to it: no account, no network
address, no cookie. Which alerts it got is stored for 30 days, and deleted with its subscription.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Device(models.Model):
    """A browser that asked for alerts. `key`: a digest of its endpoint, for lookups. `service`: its push service."""

    key = models.CharField(max_length=64, unique=True)
    endpoint = models.TextField()
    service = models.CharField(max_length=120)
    p256dh = models.BinaryField(max_length=65)
    auth = models.BinaryField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "alerts_device"

    def __str__(self) -> str:
        return f"device {self.pk}"  # never its endpoint, which allows sending: logs and tracebacks print this


class Topic(models.Model):
    """A live blog that a device asked for."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="topics")
    blog = models.ForeignKey("log.Blog", on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "alerts_topic"
        constraints = (models.UniqueConstraint(fields=["blog", "device"], name="alerts_topic_once"),)


class Alert(models.Model):
    """An alert of a key event, or a correction of one that was sent.

    `mends`: "" for a key event itself; for a correction its id, "withdrawn", or the key of what the sweep found in the
    alert. `text`: "" until it is sent. `until`: after that it is too late. `upto`: the newest Topic when it was sent.
    `reach`: the number of devices that it is for. `sent`, `gone`, `failed`: for how many devices the service accepted
    it, did not know the device any more, or did not accept it.
    """

    class State(models.TextChoices):
        """The states of its life."""

        WAITING = "waiting", _("Waits for an editor")
        SENDING = "sending", _("Is being sent")
        SENT = "sent", _("Was sent")
        DROPPED = "dropped", _("Not sent")
        CANCELLED = "cancelled", _("Stopped: the post was taken back")

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=64)
    mends = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    upto = models.BigIntegerField(default=0)
    reach = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "alerts_alert"
        constraints = (models.UniqueConstraint(fields=["blog", "post", "mends"], name="alerts_alert_once"),)
        indexes = (models.Index(fields=["blog", "state"], name="alerts_alert_waiting"),)

    def __str__(self) -> str:
        return f"alert {self.pk}: {self.state}"


class Got(models.Model):
    """The outcome of an alert for a device: `taken` by its push service, or not, after all tries."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="got")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="+")
    taken = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "alerts_got"
        constraints = (models.UniqueConstraint(fields=["alert", "device"], name="alerts_got_once"),)
        indexes = (models.Index(fields=["at"], name="alerts_got_at"),)
