"""Returns the short name of a time zone if it is unambiguous in the language, else its offset.

"CST" is Chicago, Shanghai and Havana, "IST" Dublin, Jerusalem and Kolkata: the CLDR, which Babel contains, has a short
name only for languages and regions that use it for one place. Without one, a few names that mean the same everywhere
are used; any other zone is its offset ("GMT+5:30", in French "UTC+5:30").
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global

from asithappened.render.numerals import in_digits

# The CLDR marks a missing short name by three empty-set signs, and some of its short names are phrases.
_NAME: Final = re.compile(r"[^\W\d_]{2,5}")
# The European zones' abbreviations; each has one offset, in hours, everywhere in the tz database.
_EVERYWHERE: Final = {"UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
_WINTER, _SUMMER = (datetime(2025, month, 1, tzinfo=UTC) for month in (1, 7))
_Variants = dict[str, timedelta]


def zone_name(local: datetime, zone: str, locale: Locale) -> str:
    """Return a language's name for the zone of a local time: "GMT", "MEZ", "GMT+5:30"."""
    offset = local.utcoffset() or timedelta()
    for name in (*_cldr_names(zone, local, locale), local.tzname() or ""):
        if _meanings(locale).get(name) == {offset}:
            return name
    return _offset_name(offset, locale)


def _cldr_names(zone: str, local: datetime, locale: Locale) -> Iterator[str]:
    """Yield the CLDR's names of a zone at that time of the year: its own, and its metazone's."""
    variants = _variants(ZoneInfo(zone), local.year)
    zone = get_global("zone_aliases").get(zone, zone)
    for variant, offset in variants.items():
        if offset == local.utcoffset():
            yield locale.time_zones.get(zone, {}).get("short", {}).get(variant, "")
            yield locale.meta_zones.get(get_global("meta_zones").get(zone), {}).get("short", {}).get(variant, "")


def _variants(zone: ZoneInfo, year: int) -> _Variants:
    """Return a zone's standard and daylight offsets: the smaller and the larger, unlike Ireland's law."""
    two = sorted(at.replace(year=year).astimezone(zone).utcoffset() or timedelta() for at in (_WINTER, _SUMMER))
    return {"standard": two[0]} | ({"daylight": two[1]} if two[1] > two[0] else {})


@lru_cache(maxsize=256)
def _meanings(locale: Locale) -> dict[str, set[timedelta]]:
    """Return every short name of zones in a language, with the offsets that it means."""
    found: dict[str, set[timedelta]] = defaultdict(set)
    for name, hours in _EVERYWHERE.items():
        found[name].add(timedelta(hours=hours))
    for zone, names in locale.time_zones.items():
        _note(found, names.get("short", {}), _zone_variants(zone))
    for metazone, names in locale.meta_zones.items():
        if "short" in names:
            _note(found, names["short"], _metazone_variants(metazone))
    return found


def _note(found: dict[str, set[timedelta]], names: dict[str, str], variants: _Variants) -> None:
    for variant, offset in variants.items():
        if _NAME.fullmatch(names.get(variant, "")):
            found[names[variant]].add(offset)


@lru_cache(maxsize=512)
def _zone_variants(zone: str) -> _Variants:
    try:
        return _variants(ZoneInfo(zone), _WINTER.year)
    except (ZoneInfoNotFoundError, ValueError):
        return {}


@lru_cache(maxsize=512)
def _metazone_variants(metazone: str) -> _Variants:
    """Return a metazone's standard and daylight offsets: those of most of its zones."""
    counted: dict[str, Counter[timedelta]] = defaultdict(Counter)
    for zone in _zones_by_metazone()[metazone]:
        for variant, offset in _zone_variants(zone).items():
            counted[variant][offset] += 1
    return {variant: offsets.most_common(1)[0][0] for variant, offsets in counted.items()}


@lru_cache(maxsize=1)
def _zones_by_metazone() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for zone, metazone in sorted(get_global("meta_zones").items()):
        found[metazone].append(zone)
    return found


def _offset_name(offset: timedelta, locale: Locale) -> str:
    """Return an offset as the language writes it: "GMT-3", "UTC+5:30", "GMT" for none."""
    form: str = locale.zone_formats.get("gmt") or "GMT%s"
    seconds = int(offset.total_seconds())
    if not seconds:
        return (form % "").strip()
    minutes, rest = divmod(abs(seconds), 60)
    shown = f"{'-' if seconds < 0 else '+'}{minutes // 60}"
    if minutes % 60 or rest:
        shown += f":{minutes % 60:02}" + (f":{rest:02}" if rest else "")  # local mean time, in the 19th century
    before = form.partition("%s")[0].strip()
    if locale.text_direction == "rtl" and not (before and before.isascii()):
        shown = "\u200e" + shown  # or the sign would be on the number's other side
    return form % in_digits(shown, locale)
