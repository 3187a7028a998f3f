"""Every limit of what a blog may hold, each with its reason.

Owns the numbers. Never reads a setting: a limit that differs between two installations would make the same log readable
in one and broken in the other. Enforced by body/checks.py (bodies), events.py and codec.py (fields), rules.py (counts).
"""

from typing import Final

# A post is read on a phone between two others. 64 KiB of JSON is some 9,000 words: longer is an article, or an attack.
BODY_BYTES: Final = 64 * 1024
# Enough for the longest summary seen in 1,755 recorded posts (41 blocks) fifty times over; bounds every tree walk.
BODY_NODES: Final = 2_000
# An iframe of a third party costs the reader most; twenty in one post is already a gallery.
BODY_EMBEDS: Final = 20
# Quotation in list in quotation is as deep as real posts go (3); JSON parsers and browsers both suffer from depth.
BODY_DEPTH: Final = 8
RESULTS: Final = 60  # lines of a table of results: ballots of forty lists occur, more is for looking up
POLL_OPTIONS: Final = 12  # more is no question that a reader answers in passing
COUNT: Final = 10**12  # votes, seats: a hundred times the world's population, and exact in every browser's numbers

TITLE_CHARS: Final = 300  # the longest recorded headline has 187
STANDFIRST_CHARS: Final = 4_000  # recorded standfirsts are lists of up to 9 links
NAME_CHARS: Final = 120  # a byline, a tag, a contributor
NAMES: Final = 60  # bylines of a post, tags of a blog; the busiest recorded day had 9 contributors
CONTRIBUTORS: Final = 200  # of one blog over all its days
ROLE_CHARS: Final = 120  # what somebody does, as printed: "Chief correspondent, south coast"
PROFILE_URL_CHARS: Final = 500  # a page about somebody; a post carries that of each of its bylines
REASON_CHARS: Final = 500
CONTRIBUTION_CHARS: Final = 4_000  # of a reader's: two pages, where a tip has a paragraph
CONTRIBUTION_LINKS: Final = 5  # spam has more
ALERT_CHARS: Final = 120  # of an alert: phones show two lines of some 50, a watch the first
NOTE_CHARS: Final = 2_000  # of the desk's notes and its answers to contributors
SLUG_CHARS: Final = 120
FORMER_SLUGS: Final = 50
PINS: Final = 5  # above the news; more of them, and a phone's first screens hold none
RELATED: Final = 30
EMBEDDERS: Final = 20  # a newsroom's own sites and its partners'; every page's headers have all of them
ORIGIN_CHARS: Final = 270  # a host's name may have 253
URL_CHARS: Final = 2_048  # what every browser and proxy still carries
CAPTION_CHARS: Final = 2_000
ALT_CHARS: Final = 2_000
EMBED_TEXT_CHARS: Final = 10_000  # the longest post that X, Facebook or Telegram show without a click

EVENTS_AN_APPEND: Final = 100  # one append is one write lock: short transactions keep every editor's publish short
ONCE_CHARS: Final = 128  # an idempotency key
PAYLOAD_BYTES: Final = 160 * 1024  # a body, its title and all names together, with room for JSON's escapes
ERASED_AT_ONCE: Final = 1_000  # events named by one erasure: a post revised more often than that needs two

MEDIA_BYTES: Final = 512 * 1024 * 1024  # of a file: a quarter of an hour of a phone's film; longer is a programme
PICTURE_BYTES: Final = 64 * 1024 * 1024  # the largest JPEG of a 50-megapixel camera is half of that
CAPTIONS_BYTES: Final = 2 * 1024 * 1024  # of WebVTT: ten hours of speech have one
UPLOADS_OF_A_PERSON: Final = 60  # at once: a whole card of a photographer's, several times
UPLOADING_OF_A_PERSON: Final = 2 * 1024**3  # bytes, as announced: four films
UPLOADING_IN_ALL: Final = 8 * 1024**3  # bytes: of a newsroom's disk, before it is known whether they are pictures

STATEMENT_CHARS: Final = 1_000  # of what somebody said: a long paragraph; what is longer is a document
ANCHOR_CHARS: Final = 2_000  # of the words that a row of the ledger rests on: two long paragraphs
ANCHOR_CONTEXT: Final = 64  # characters on each side, by which words are found again after an edit
ANCHORS: Final = 40  # of one row: places where the same was said
RELAYS: Final = 8  # an agency citing a broadcaster citing a minister is three
HEDGES: Final = 10
SERIES_VALUES: Final = 1_000  # of one series: a toll that moves every minute for sixteen hours
LABEL_CHARS: Final = 160  # of a series, and of a state's value
