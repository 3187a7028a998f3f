"""The forms about a live blog as a whole: opening, describing, renaming, closing, taking down, going on elsewhere.

Owns their fields. `core.rules` decides whether it may happen, and the flow shows its refusals at the form's top.
Look next: `people` for who works on it, `related` for other coverage.
"""

import re
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from asithappened.core import limits, rules, text, urls
from asithappened.core.events import Alerting, Audience
from asithappened.core.slugs import is_slug, slug_of

AUDIENCES = (
    (Audience.NOBODY, _("Nobody yet: only the desk sees it while you prepare")),
    (Audience.MEMBERS, _("Rehearse first: only members see it, live as readers will")),
    (Audience.EVERYONE, _("Everyone: it is on the front page and anybody can read it")),
)

_CANONICAL = re.compile(r"^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/|^UTC$")


def zones() -> list[str]:
    """Return the time zones to suggest: places and UTC, not their old names and offsets."""
    return sorted(zone for zone in available_timezones() if _CANONICAL.match(zone))


LANGUAGES = ("ar", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja",
             "ko", "lt", "lv", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sv", "tr", "uk", "ur", "vi",
             "zh-Hans", "zh-Hant")  # fmt: skip


class OneLine(forms.CharField):
    """A line of text, cleaned like all text that readers see."""

    def to_python(self, value: Any) -> str:
        return text.one_line(super().to_python(value) or "")


class Lines(forms.CharField):
    """Names, one a line or with commas between."""

    widget = forms.TextInput
    json_type = tuple[str, ...]

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        parts = re.split(r"[,\n]", ",".join(value) if isinstance(value, list) else super().to_python(value) or "")
        return tuple(dict.fromkeys(name for part in parts if (name := text.one_line(part))))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, tuple) else value

    def validate(self, value: Any) -> None:
        """Check how many, and how long."""
        if len(value) > limits.NAMES or any(len(name) > limits.NAME_CHARS for name in value):
            raise forms.ValidationError(
                _("%(n)s at most, of %(most)s characters each.") % {"n": limits.NAMES, "most": limits.NAME_CHARS}
            )

    def run_validators(self, value: Any) -> None:
        """Run none: Django's validators expect one string."""


class Described(forms.Form):
    """The description of a live blog."""

    title = OneLine(label=_("Headline"), max_length=limits.TITLE_CHARS)
    standfirst = forms.CharField(
        label=_("Standfirst"),
        required=False,
        max_length=limits.STANDFIRST_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence or two under the headline."),
    )
    language = OneLine(
        label=_("Language"),
        max_length=35,
        initial="en",
        widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Its code: en, de, uk, pt-BR. Readers' buttons and dates follow it."),
    )
    zone = OneLine(
        label=_("Time zone"),
        max_length=64,
        initial="UTC",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Where the day happens, such as Europe/London. Begin to type a city."),
    )
    tags = Lines(label=_("Tags"), required=False, help_text=_("With commas between them."))

    def clean_standfirst(self) -> str:
        return text.cleaned(self.cleaned_data["standfirst"]).strip()

    def clean_language(self) -> str:
        """Refuse a code that names no language."""
        language: str = self.cleaned_data["language"]
        if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language):
            raise forms.ValidationError(_("Write a language code such as en, de or pt-BR."))
        return language

    def clean_zone(self) -> str:
        """Refuse a zone that is not in the time zone database."""
        zone: str = self.cleaned_data["zone"].replace(" ", "_")
        if not re.fullmatch(r"[A-Za-z0-9_+/-]+", zone) or not rules.zone_exists(zone):
            raise forms.ValidationError(_("There is no such time zone. Choose one such as Europe/London."))
        return zone


class Origins(Lines):
    """Origins of other sites: scheme, host and port, one a line or with commas between."""

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Normalise each origin; text that is no origin stays as it was typed."""
        return tuple(dict.fromkeys(urls.origin_of(one) or one for one in super().to_python(value)))

    def prepare_value(self, value: Any) -> Any:
        """Put each on a line of its own."""
        return "\n".join(value) if isinstance(value, tuple) else value

    def validate(self, value: Any) -> None:
        """Refuse too many, text that is no origin, and IPv6 addresses, which a Content-Security-Policy cannot name."""
        if len(value) > limits.EMBEDDERS:
            raise forms.ValidationError(_("%(most)s sites at most.") % {"most": limits.EMBEDDERS})
        for one in value:
            if not urls.origin_of(one) or "[" in one or len(one) > limits.ORIGIN_CHARS:
                sentence = _("“%(what)s” is no site. Write where its pages are and no more: https://www.paper.example")
                raise forms.ValidationError(sentence % {"what": one[: limits.NAME_CHARS]})


class Embedding(forms.Form):
    """The sites that may show the live blog in a frame."""

    origins = Origins(
        label=_("Sites"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("One a line, such as https://www.paper.example. Nobody else’s page can show it in a frame."),
    )


class SlugField(OneLine):
    """The last part of a live blog's address."""

    def validate(self, value: str) -> None:
        """Refuse characters that an address cannot contain."""
        super().validate(value)
        if value and not is_slug(value):
            raise forms.ValidationError(_("Small letters, digits and single hyphens, such as storm-isolde-latest."))


class Opening(Described):
    """Opening a live blog."""

    slug = SlugField(
        label=_("Address"),
        required=False,
        max_length=limits.SLUG_CHARS,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("The end of its address. Left empty, it is made from the headline."),
    )
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=AUDIENCES, initial=Audience.NOBODY, widget=forms.RadioSelect
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    field_order = ("title", "standfirst", "slug", "audience", "tags", "zone", "language", "once")

    def clean(self) -> dict[str, Any]:
        """Make the address from the headline if none was given."""
        data: dict[str, Any] = self.cleaned_data
        if not data.get("slug") and data.get("title") and "slug" not in self.errors:
            data["slug"] = slug_of(data["title"])
            if not data["slug"]:
                self.add_error(
                    "slug", _("The headline has no words in Latin letters to make an address of. Write one here.")
                )
        return data


class Renaming(forms.Form):
    """Changing the address."""

    slug = SlugField(label=_("Address"), max_length=limits.SLUG_CHARS)


class AudienceForm(forms.Form):
    """Choosing who may read it."""

    audience = forms.ChoiceField(label=_("Who may read it"), choices=AUDIENCES, widget=forms.RadioSelect)


class Naming(forms.Form):
    """A contributor's name."""

    name = OneLine(label=_("Name, as printed"), max_length=limits.NAME_CHARS)


class Named(forms.Form):
    """A contributor in the list, by the name exactly as it is there."""

    name = forms.CharField(strip=False, required=False)


class Ticked(forms.BooleanField):
    """A box to tick; to a program, a boolean."""

    json_type = bool


class Reasoning(forms.Form):
    """The reason why something is taken from readers."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=limits.REASON_CHARS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever comes to the post’s own address is told this."),
    )

    def clean_reason(self) -> str:
        return text.cleaned(self.cleaned_data["reason"]).strip()


class Withdrawing(Reasoning):
    """The reason of a withdrawal, and whether a note takes the post's place."""

    noted = Ticked(
        label=_("Leave a note in its place: that it was withdrawn, when, and the reason"), required=False, initial=True
    )


class _Seq(forms.IntegerField):
    """The number of a fact."""

    widget = forms.HiddenInput
    json_type = int


class ErasingVersion(Reasoning):
    """The version of a post that is to be erased, and the reason."""

    seq = _Seq(min_value=1, max_value=2**53)
    field_order = ("seq", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in the help text who can read the reason."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The post and its public history say this.")


class TakingDown(Reasoning):
    """Taking a live blog down for good: its address has to be typed."""

    slug = forms.CharField(
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type the address exactly as it stands above.")},
    )

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        """Ask for this live blog's address."""
        super().__init__(*args, **kwargs)
        self.of = of
        self.fields["reason"].help_text = _("For the audit; readers are only told that it is gone.")
        label = gettext("Type its address, {slug}, to show that it is this one")
        self.fields["slug"].label = label.format(slug=of)

    def clean_slug(self) -> str:
        """Refuse any other address."""
        slug: str = self.cleaned_data["slug"]
        if slug != self.of:
            raise forms.ValidationError(_("Type the address exactly as it stands above."), code="other_slug")
        return slug


class Closing(forms.Form):
    """The standfirst once coverage has ended."""

    standfirst = forms.CharField(
        label=_("Standfirst"),
        required=False,
        max_length=limits.STANDFIRST_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "It stays under the headline. “Follow for the latest” is not true any more: say what the day brought."
        ),
    )

    def clean_standfirst(self) -> str | None:
        """Clean it; None if it was not sent, and then it stays as it is."""
        sent = self.add_prefix("standfirst") in self.data
        return text.cleaned(self.cleaned_data["standfirst"]).strip() if sent else None


class ClosingThen(Closing):
    """The same, with the time at which coverage ended."""

    ended = forms.CharField(
        label=_("It ended at"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "datetime-local"}),
        help_text=_("In the live blog’s time zone. Left empty: now."),
    )


class Contributions(forms.Form):
    """Whether readers may write to the newsroom."""

    open = Ticked(label=_("Readers may write to the newsroom, by a form that the page leads to"), required=False)


class Suggesting(forms.Form):
    """Whether related live blogs are listed under it automatically."""

    wanted = Ticked(label=_("Other live blogs of the house stand there by themselves"), required=False)


class AlertsForm(forms.Form):
    """Whether readers may have key events sent to their devices, and what sends one."""

    mode = forms.ChoiceField(
        label=_("Alerts of key events"),
        choices=[
            (Alerting.OFF, _("None")),
            (Alerting.ASKED, _("An editor sends each one, or not")),
            (Alerting.BY_ITSELF, _("Each key event sends one by itself")),
        ],
        widget=forms.RadioSelect,
    )


class LiveVideoForm(forms.Form):
    """Where readers can watch live."""

    url = OneLine(
        label=_("Address"),
        required=False,
        max_length=limits.URL_CHARS,
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("A film of YouTube, Vimeo or Dailymotion, or a file or stream of your own (.mp4, .webm, .m3u8)."),
    )


class Tomorrow(Closing):
    """Opening the live blog in which coverage goes on."""

    title = OneLine(label=_("Headline"), max_length=limits.TITLE_CHARS)
    slug = SlugField(
        label=_("Address"),
        max_length=limits.SLUG_CHARS,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    pins = Ticked(label=_("Take the pinned posts along"), required=False)
    drafts = Ticked(label=_("Take the drafts along: everybody’s, of new posts"), required=False)
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    field_order = ("title", "standfirst", "slug", "pins", "drafts", "once")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Change the help text of the standfirst to what is true for a new day."""
        super().__init__(*args, **kwargs)
        self.fields["standfirst"].help_text = _("A sentence or two under the headline.")


def next_slug(slug: str) -> str:
    """Suggest the address of the day after.

    >>> next_slug("storm"), next_slug("storm-day-2")
    ('storm-2', 'storm-day-3')
    """
    found = re.fullmatch(r"(.*-)([0-9]{1,3})", slug)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{slug}-2"


class Succession(forms.Form):
    """The live blog in which coverage goes on."""

    slug = SlugField(
        label=_("Its address"), max_length=limits.SLUG_CHARS, widget=forms.TextInput(attrs={"list": "mine"})
    )
