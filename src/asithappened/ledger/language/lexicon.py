"""Lexicons: lists of words that journalists can read and edit; ours, changed by a newsroom's own.

Owns which lists there are, in which languages: `lexicons/LANGUAGE/NAME.txt` here and in the newsroom's folder, whose
entries add to ours, replace them, or (`phrase =`) remove them. Look next: `lexicon_file` for the form of a list,
docs/lexicons.md for people.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, ParamSpec, TypeVar, cast

from asithappened.ledger.language import inflections, lexicon_file
from asithappened.ledger.language.forms import FORMS
from asithappened.ledger.language.lexicon_file import Fault, LexiconError, Read, folded

__all__ = ["Fault", "LexiconError", "count_in", "faults_in", "folded", "kept", "languages", "load", "names", "use"]

OURS: Final = Path(__file__).parents[1] / "lexicons"
WHOLE: Final = "en"  # the language that has every list

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_P = ParamSpec("_P")
_T = TypeVar("_T")
_Key = tuple[str, str]  # language and name

_own: dict[_Key, Read] = {}
_taught: dict[_Key, Mapping[str, tuple[str, ...]]] = {}
_forget: list[Callable[[], None]] = []


def kept(make: Callable[_P, _T]) -> Callable[_P, _T]:
    """Cache what a function makes of lists (patterns, for example), by its arguments, until other lists are used."""
    keeping = lru_cache(maxsize=256)(make)  # three languages have some 30 lists each
    on_other_lists(keeping.cache_clear)
    return cast(Callable[_P, _T], keeping)


def on_other_lists(forget: Callable[[], None]) -> None:
    """Call `forget` whenever other lists are used: it clears what was made of the earlier ones."""
    _forget.append(forget)


@kept
def load(language: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return a list's entries, folded phrase to values.

    `language`: BCP 47; only its first subtag counts. A language without this list has an empty one. Raises KeyError
    for a list that no language has, LexiconError for a fault in ours.
    """
    if name not in names():
        raise KeyError(f"There is no list {name!r}: there are {', '.join(sorted(names()))}.")
    return _loaded(language.partition("-")[0].lower(), name)


def use(folder: Path | None, taught: Mapping[_Key, Mapping[str, tuple[str, ...]]] = MappingProxyType({})) -> None:
    """From now on, use a newsroom's own lists with ours; ours alone if the folder is None or does not exist.

    `taught`: entries learned from what its people accepted, by language and list; its own lists override them. Raises
    LexiconError with every fault of its own lists, and then nothing has changed.
    """
    own, faults = _read_own(folder) if folder is not None and folder.is_dir() else ({}, [])
    if faults:
        raise LexiconError(faults)
    _own.clear()
    _own.update(own)
    _taught.clear()
    _taught.update(taught)
    for forget in _forget:
        forget()


@kept
def names() -> frozenset[str]:
    """Return the names of all lists."""
    return frozenset(path.stem for path in (OURS / WHOLE).glob("*.txt"))


@kept
def languages() -> tuple[str, ...]:
    """Return the languages in which there are lists, ours or the newsroom's own."""
    ours = {path.parent.name for path in OURS.glob("*/*.txt")}
    return tuple(sorted({WHOLE, *ours, *(language for language, _ in _own)}))


def faults_in(folder: Path | None = None) -> list[Fault]:
    """Return the faults of a newsroom's own lists; those of ours, if no folder is given."""
    if folder is not None:
        return _read_own(folder)[1]
    read = [lexicon_file.read(path, FORMS.get(path.stem)) for path in sorted(OURS.glob("*/*.txt"))]
    return [fault for one in read for fault in one.faults]


def count_in(folder: Path | None = None) -> tuple[int, int]:
    """Return the number of lists in a newsroom's own folder, and of their entries; of ours, if no folder is given."""
    if folder is not None:
        read = list(_read_own(folder)[0].values())
    else:
        read = [lexicon_file.read(path, FORMS.get(path.stem)) for path in OURS.glob("*/*.txt")]
    return len(read), sum(len(one.entries) + len(one.taken_out) for one in read)


@kept
def _loaded(language: str, name: str) -> Mapping[str, tuple[str, ...]]:
    ours, own = dict(_ours(language, name)), _own.get((language, name), Read())
    ours |= _taught.get((language, name), {})
    entries = {phrase: values for phrase, values in ours.items() if phrase not in own.taken_out} | own.entries
    if name in inflections.LISTS:
        for phrase, values in tuple(entries.items()):
            if values[0] in {"thing", "part"}:
                continue  # what a state is of, and not the state
            for form in inflections.of(phrase, language):
                if form not in own.taken_out:
                    entries.setdefault(form, values)
    return MappingProxyType(entries)


@kept
def _ours(language: str, name: str) -> Mapping[str, tuple[str, ...]]:
    path = OURS / language / f"{name}.txt"
    if not _LANGUAGE.fullmatch(language) or not path.is_file():
        return {}
    read = lexicon_file.read(path, FORMS.get(name))
    if read.faults:
        raise LexiconError(read.faults)
    return read.entries


def _read_own(folder: Path) -> tuple[dict[_Key, Read], list[Fault]]:
    read, faults = dict[_Key, Read](), list[Fault]()
    for path in _files(folder):
        language, name = path.parent.name, path.stem
        if what := _out_of_place(path, folder):
            faults.append(Fault(str(path), 0, what))
            continue
        one = read[language, name] = lexicon_file.read(path, FORMS.get(name), own=True)
        faults += one.faults
        ours = _ours(language, name)
        for phrase, line in one.taken_out.items():
            if phrase not in ours:
                near = get_close_matches(phrase, ours, n=1)
                meant = f" Did you mean “{near[0]}”?" if near else " Take the line away, or write a value."
                faults.append(Fault(str(path), line, f"There is no “{phrase}” in ours to take out.{meant}"))
    return read, faults


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and of its folders, except those that editors and file managers leave behind."""
    for path in sorted(folder.iterdir()):
        inside = sorted(path.iterdir()) if path.is_dir() and not path.name.startswith(".") else [path]
        yield from (one for one in inside if not one.name.startswith(".") and not one.name.endswith(("~", ".bak")))


def _out_of_place(path: Path, folder: Path) -> str:
    if path.parent == folder:
        return f"It is in no language's folder. Put it into one, such as {folder / WHOLE}."
    if not _LANGUAGE.fullmatch(path.parent.name):
        return (
            f"{path.parent.name} is no language: a folder here is named en, de or another code of two or three letters."
        )
    if path.suffix != ".txt":
        return "It is no list: those are files that end in .txt. Rename it, or take it away."
    if path.stem not in names():
        near = get_close_matches(path.stem, names(), n=1)
        meant = f" Did you mean {near[0]}.txt?" if near else ""
        return f"There is no list of that name.{meant} There are {', '.join(sorted(names()))}."
    return ""
