"""robots.txt: which crawlers may fetch readers' pages, by the operator's settings for search engines and AI crawlers.

Owns the names of AI crawlers and the date of that list. robots.txt only asks: a crawler may ignore it.
"""

from typing import Final, Literal, get_args

AS_OF: Final = "2026-11-26"
"""When the lists were written; nobody has compared them with the operators' own pages since."""

Crawlers = Literal["allow", "no-training", "refuse"]
"""What AI crawlers are asked: nothing, not to collect pages for training, or to fetch nothing at all."""
CHOICES: Final[tuple[Crawlers, ...]] = get_args(Crawlers)

TRAINING: Final = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-ai",
    "cohere-training-data-crawler", "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ICC-Crawler", "img2dataset",
    "Kangaroo Bot", "meta-externalagent", "omgili", "omgilibot", "PanguBot", "SemrushBot-OCOB",
    "Timpibot", "Webzio-Extended",
)  # fmt: skip
"""Crawlers that collect pages for training, and names that exist only in robots.txt to refuse that."""
ANSWERS: Final = (
    "Bravebot", "ChatGPT-User", "Claude-SearchBot", "Claude-User", "Claude-Web", "DuckAssistBot",
    "Google-CloudVertexBot", "meta-externalfetcher", "MistralAI-User", "OAI-SearchBot", "PerplexityBot",
    "Perplexity-User", "PhindBot", "YouBot",
)  # fmt: skip
"""Crawlers that fetch pages to answer a person's question, or only for an AI search engine."""

# Useless in search results, so crawling them only costs requests: the log for open pages, embeds, the desk.
_NEVER: Final = ("/desk/", "/accounts/", "/contribute/", "/oembed", "/live/*/log/", "/live/*/stream")


def robots_txt(address: str, *, search: bool, crawlers: Crawlers) -> str:
    """Return the file. `address`: the installation's; `search`: whether search engines may crawl."""
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
