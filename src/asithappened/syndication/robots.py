"""robots.txt: who may ask for readers' pages, as the operator decided, search engines apart from crawlers of AI.

Owns the names of those crawlers and the date of the list. It is a request and no lock: what keeps to it is up to them.
"""

from typing import Final, Literal, get_args

AS_OF: Final = "2026-11-26"
"""When the list was written: what each operator says of its crawler was not compared since."""

Crawlers = Literal["allow", "no-training", "refuse"]
"""What crawlers of AI are asked: nothing; not to take pages for training; not to come at all."""
CHOICES: Final[tuple[Crawlers, ...]] = get_args(Crawlers)

TRAINING: Final = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-ai",
    "cohere-training-data-crawler", "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ICC-Crawler", "img2dataset",
    "Kangaroo Bot", "meta-externalagent", "omgili", "omgilibot", "PanguBot", "SemrushBot-OCOB",
    "Timpibot", "Webzio-Extended",
)  # fmt: skip
"""Crawlers, and names that are only asked about in robots.txt, that collect pages for training."""
ANSWERS: Final = (
    "Bravebot", "ChatGPT-User", "Claude-SearchBot", "Claude-User", "Claude-Web", "DuckAssistBot",
    "Google-CloudVertexBot", "meta-externalfetcher", "MistralAI-User", "OAI-SearchBot", "PerplexityBot",
    "Perplexity-User", "PhindBot", "YouBot",
)  # fmt: skip
"""Those that fetch a page for an answer to somebody's question, or for a search engine of AI alone."""

# Of no use to anybody who searches, and each a request more: the log for open pages, what others frame, the desk.
_NEVER: Final = ("/desk/", "/accounts/", "/contribute/", "/oembed", "/live/*/log/", "/live/*/stream")


def robots_txt(address: str, *, search: bool, crawlers: Crawlers) -> str:
    """Return the file. `address`: the installation's; `search`: whether search engines may come."""
    refused = {"allow": (), "no-training": TRAINING, "refuse": (*TRAINING, *ANSWERS)}[crawlers]
    lines = []
    if refused:
        lines += [f"# Crawlers of AI, as of {AS_OF}"]
        lines += [f"User-agent: {name}" for name in sorted(set(refused), key=str.casefold)]
        lines += ["Disallow: /", ""]
    lines += ["User-agent: *"]
    if search:
        lines += [f"Disallow: {path}" for path in _NEVER]
        lines += ["", f"Sitemap: {address}/sitemap.xml"]
    else:
        lines += ["Disallow: /"]
    return "\n".join(lines) + "\n"
