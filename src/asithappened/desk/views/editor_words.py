"""The words that the body editor says (`frontend/desk/editor`): labels, the slash menu, what a paste left out.

Owns the list; views/words.py hands it to the page with all others, under the names that begin with "editor.".
"""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

_NODES: Final[dict[str, Promise]] = {
    "blockquote": _("Quotation"),
    "image": _("Picture"),
    "gallery": _("Gallery"),
    "socialEmbed": _("Social post"),
    "linkCard": _("Link card"),
    "video": _("Video"),
    "audio": _("Audio"),
    "table": _("Table"),
    "results": _("Results"),
    "result": _("Line of results"),
    "score": _("Score"),
    "poll": _("Poll"),
    "pollOption": _("Option"),
    "kept": _("Part"),
}
_FIELDS: Final[dict[str, Promise]] = {
    "blockquote.cite": _("Who said it"),
    "blockquote.url": _("Where it stands (address)"),
    "image.caption": _("Caption"),
    "image.credit": _("Credit"),
    "image.alt": _("What it shows, for whoever cannot see it"),
    "image.alt.missing": _("Say what the picture shows, for whoever cannot see it."),
    "image.decorative": _("Only decoration: it shows nothing that matters"),
    "image.graphic": _("Graphic: covered until a reader asks for it"),
    "image.covered": _("Covered for readers"),
    "image.src": _("Address of the picture"),
    "image.or": _("or give the address of one elsewhere:"),
    "socialEmbed.url": _("Address of the post"),
    "socialEmbed.text": _("What it says"),
    "socialEmbed.author": _("Author"),
    "socialEmbed.handle": _("Account"),
    "socialEmbed.platform": _("Network, as mastodon or x"),
    "socialEmbed.date": _("Date, as 2026-11-25"),
    "linkCard.url": _("Address"),
    "linkCard.title": _("Title"),
    "linkCard.text": _("Text"),
    "linkCard.label": _("Label, as Related"),
    "linkCard.site": _("Site"),
    "video.url": _("Address of the video"),
    "video.title": _("Title"),
    "video.caption": _("Caption"),
    "video.credit": _("Credit"),
    "video.provider": _("Provider"),
    "video.transcript": _("Transcript: what is said and heard, for whoever cannot hear it"),
    "audio.url": _("Address of the audio"),
    "audio.title": _("Title"),
    "audio.caption": _("Caption"),
    "audio.credit": _("Credit"),
    "audio.provider": _("Provider"),
    "audio.transcript": _("Transcript: what is said and heard, for whoever cannot hear it"),
    "table.caption": _("Caption"),
    "table.row.add": _("Add row"),
    "table.column.add": _("Add column"),
    "table.row.remove": _("Remove row"),
    "table.column.remove": _("Remove column"),
    "table.header": _("Header cell"),
    "score.title": _("Match or competition"),
    "score.home": _("First side"),
    "score.away": _("Second side"),
    "score.home_score": _("Score of the first"),
    "score.away_score": _("Score of the second"),
    "score.period": _("Period, as Second half"),
    "score.clock": _("Clock now, as 67:30"),
    "score.running": _("The clock runs"),
    "score.home_scorers": _("Scorers of the first, one a line"),
    "score.away_scorers": _("Scorers of the second, one a line"),
    "poll.title": _("Question"),
    "poll.add": _("Add an option"),
    "pollOption.name": _("What may be chosen"),
    "results.title": _("Title"),
    "results.declared": _("Declared so far"),
    "results.total": _("Of how many"),
    "results.units": _("What is declared, as constituencies"),
    "results.needed": _("Needed to win"),
    "results.called_by": _("Called by"),
    "results.called_at": _("Called at, as 2026-11-26T22:04Z"),
    "results.source": _("Source"),
    "results.url": _("Address of the source"),
    "results.given": _("In the order given here, not by figures"),
    "results.add": _("Add a line"),
    "result.name": _("Party or name"),
    "result.party": _("Party, beside a name"),
    "result.color": _("Colour"),
    "result.color.": _("None"),
    "result.color.red": _("Red"),
    "result.color.orange": _("Orange"),
    "result.color.yellow": _("Yellow"),
    "result.color.green": _("Green"),
    "result.color.teal": _("Teal"),
    "result.color.blue": _("Blue"),
    "result.color.purple": _("Purple"),
    "result.color.pink": _("Pink"),
    "result.color.brown": _("Brown"),
    "result.color.grey": _("Grey"),
    "result.seats": _("Seats"),
    "result.share": _("Share, in percent"),
    "result.votes": _("Votes"),
    "result.before": _("The last time"),
    "result.won": _("Has won"),
}
# Entries of the slash menu, and other words by which a person may search for them there.
_MENU: Final[dict[str, Promise]] = {
    "menu": _("What to put in"),
    "menu.none": _("Nothing is called so."),
    "menu.key": _("Key event"),
    "menu.key.hint": _("marks this post as one"),
    "menu.summary": _("Summary"),
    "menu.summary.hint": _("marks this post as one"),
    "menu.update": _("Plain update"),
    "menu.update.hint": _("neither key event nor summary"),
    "menu.quote": _("Quotation"),
    "menu.list": _("List"),
    "menu.numbered": _("Numbered list"),
    "menu.heading": _("Heading"),
    "menu.table": _("Table"),
    "menu.results": _("Results of a count"),
    "menu.score": _("Score of a match"),
    "menu.poll": _("Poll"),
    "menu.picture": _("Pictures from this device"),
    "menu.post": _("Social post"),
    "menu.card": _("Link card"),
    "menu.video": _("Video"),
    "menu.audio": _("Audio"),
    "menu.address": _("Picture by address"),
}
_TOOLS: Final[dict[str, Promise]] = {
    "tools": _("Text"),
    "tools.bold": _("Bold"),
    "tools.italic": _("Italic"),
    "tools.link": _("Link"),
    "tools.list": _("List"),
    "tools.quote": _("Quotation"),
    "tools.picture": _("Pictures, films and sounds from this device"),
    "tools.camera": _("Take a picture now"),
    "tools.more": _("More to put in: /"),
    "link": _("Link"),
    "link.href": _("Address"),
    "link.apply": _("Link"),
    "link.remove": _("Remove link"),
    "link.wrong": _("Links lead to addresses that begin with http:, https: or mailto:."),
    "remove": _("Remove: {what}"),
    "kept": _("This page cannot show a part of this post ({what}). It stays in the post as it is."),
}
# A file that is being uploaded, and its metadata.
_FILES: Final[dict[str, Promise]] = {
    "file.choose": _("Choose a file"),
    "file.other": _("Choose another file"),
    "file.stop": _("Cancel"),
    "file.goon": _("Go on"),
    "file.again": _("Try again"),
    "file.progress": _("How much of the file has been sent"),
    "file.share": _("{n} %"),
    "file.quoted": _("“{name}”"),
    "file.queued": _("Waits for its turn."),
    "file.unkept": _("Too large to be kept on this device: leave this page open until it is in."),
    "file.offline": _("{why} It goes on by itself."),
    "file.prepared": _("Being prepared…"),
    "file.stopped": _("Stopped. “{name}” is not in this post."),
    "file.refused": _("“{name}” was not taken. {why}"),
    "file.lost": _(
        "The file of this part is not on this device. Choose it again; what you wrote beside it is still here."
    ),
    "file.lost.named": _("“{name}” did not come in. Choose it again; what you wrote beside it is still here."),
    "file.unknown": _(
        "{names}: neither a picture nor a film nor a sound. Pictures may be JPEG, PNG, WebP, GIF, AVIF or HEIC; "
        "films MP4 or WebM; sounds MP3, M4A, Ogg, WAV or FLAC."
    ),
    "file.unloaded": _("What sends files could not be loaded. Try again when the network is back."),
    "file.missing": _("This file is not in yet. Choose it again, or take this part out."),
    "file.check": _("From the file, please check."),
    "file.right": _("It is right"),
    "said.embargo": _("Embargo:"),
    "said.instructions": _("Instructions:"),
    "said.terms": _("Terms:"),
    "said.made": _("The file says that it was made or changed by a machine."),
    "focal": _("What crops keep: {x} % from the left, {y} % from the top. The arrow keys move it."),
    "focal.help": _("What crops keep: click on it, or move it with the arrow keys"),
    "gallery.make": _("Make a gallery"),
    "gallery.apart": _("Single pictures"),
    "gallery.earlier": _("Earlier"),
    "gallery.later": _("Later"),
    "gallery.out": _("Take out"),
    "film.plain.video": _(
        "Films are given as they come; nothing is converted. MP4 with H.264 and AAC plays everywhere."
    ),
    "film.plain.audio": _(
        "Sounds are given as they come; nothing is converted. MP3, and M4A with AAC, play everywhere."
    ),
    "film.poster": _("A picture stands for it."),
    "film.poster.none": _("A picture that stands for it until it plays:"),
    "film.captions": _("It has captions."),
    "film.captions.none": _("Captions, as a WebVTT file (.vtt):"),
    "film.poster.other": _("That is not a picture. A picture that stands for it until it plays:"),
    "film.captions.other": _("Those are not captions. Captions, as a WebVTT file (.vtt):"),
    "film.without": _("None"),
}
# An address that was pasted by itself.
_LOOK: Final[dict[str, Promise]] = {
    "look.asking": _("Looking up what {site} says of it. Go on writing: it is a link meanwhile."),
    "look.unasked": _("It could not be looked up now, and stays a link."),
    "look.link": _("Link"),
    "look.hand": _("Fill it in by hand"),
}
# What a paste left out: the parts of one sentence.
_LEFT: Final[dict[str, Promise]] = {
    "left": _("Left out of what you pasted: {what}."),
    "left.asitwas": _("Keep it as it was"),
    "left.styles": _("styles"),
    "left.hidden": _("hidden text"),
    "left.scripts": _("links that run scripts"),
}
_COUNTED: Final[dict[str, Any]] = {
    "gallery.count": ngettext_lazy("Gallery of {n} picture", "Gallery of {n} pictures"),
    "left.deleted": ngettext_lazy("{n} deletion that was tracked", "{n} deletions that were tracked"),
    "left.comments": ngettext_lazy("{n} comment", "{n} comments"),
    "left.tracking": ngettext_lazy("tracking in {n} link", "tracking in {n} links"),
    "left.pictures": ngettext_lazy("{n} picture", "{n} pictures"),
    "left.wraps": ngettext_lazy("{n} line end that only wrapped", "{n} line ends that only wrapped"),
    "left.invisible": ngettext_lazy("{n} invisible character", "{n} invisible characters"),
}


def _prefixed(words: dict[str, Any], prefix: str = "editor.") -> dict[str, Any]:
    return {prefix + name: said for name, said in words.items()}


EDITOR_WORDS: Final[dict[str, Promise]] = _prefixed(
    {**_prefixed(_NODES, "node."), **_FIELDS, **_MENU, **_TOOLS, **_FILES, **_LOOK, **_LEFT}
)
EDITOR_COUNTED: Final[dict[str, Any]] = _prefixed(_COUNTED)
