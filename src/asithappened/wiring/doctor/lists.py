"""Checks the newsroom's own lists of words."""

from asithappened.ledger.language import lexicon
from asithappened.wiring.doctor.finding import Finding


def own() -> Finding:
    """Is every line of theirs one that can be used?"""
    from django.conf import settings

    folder = settings.HOME / "lexicons"
    if not folder.is_dir():
        return Finding(check="lexicons", result="ok", says="no lists of words of your own")
    if faults := lexicon.faults_in(folder):
        says = f"{faults[0]}" + (f" And {len(faults) - 1} more." if len(faults) > 1 else "")
        do = "Until each is mended none of your own lists is used. `asithappened lexicon check` names them all."
        return Finding(check="lexicons", result="warn", says=says, do=do)
    lists, entries = lexicon.count_in(folder)
    return Finding(check="lexicons", result="ok", says=f"{lists} lists of words of your own, with {entries:,} entries")
