"""The sanitiser: of any HTML only what is on the list is left."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from asithappened.render.clean import OURS, PREVIEW, clean, placed

# Of the kinds in public lists: handlers, schemes, namespaces, mutation on re-parsing, forms, frames, clobbering.
CORPUS = (
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a><a href='data:text/html;base64,x'>y</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><img src=x onerror=alert(1)></template>",
    "<p style='background:url(https://evil.example/)'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x></object><embed src=x><base href=//evil.example>",
    "<form action=//evil.example><input name=x><button>go</button></form>",
    "<form method=post action=/polls/x/y/z/><button formaction=//evil.example name=option value=yes>go</button></form>",
    "<p id=words class='masthead news' data-part=headline data-post=x data-state=y hx-get=/x>x</p>",
    "<a href='/desk/delete' target=_blank rel=opener ping=//evil.example>x</a>",
    "<img src='/live/x/stream' srcset='//evil.example/a 1x'>",
    "<div class='table' onfocus=alert(1) tabindex=0 autofocus>x</div>",
    "<details open ontoggle=alert(1)>x</details><video src=x onloadstart=alert(1)></video>",
    "<meta http-equiv=refresh content='0;url=//evil.example'><link rel=stylesheet href=//evil.example>",
    "<table><td><table><caption><a href=javascript:1>x",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]--><!--slot:posts-->",
    "<p>unclosed <strong><em>nest</p>ing",
    "<img src='data:image/webp;base64,UklGRg=='><img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<picture><source srcset='https://evil.example/a 1w' type='text/html'><img srcset='//evil.example/a'></picture>",
    "<video poster=https://evil.example/p autoplay src=https://evil.example/v><track src=//evil.example/t></video>",
    "<audio src=https://evil.example/s controls loop></audio><details open class=cover><summary onclick=x>y</summary>",
    "<img data-src=https://evil.example/a data-srcset='//evil.example/a 1w'><video data-poster=/live/x>y</video>",
    "<a class=load data-size='1x1;x' href='data:image/webp;base64,UklGRg=='>x</a>",
)  # fmt: skip
TAGS = {
    *("p", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "figcaption", "caption", "th", "td", "a", "strong", "em"),
    *("s", "sub", "sup", "br", "bdi", "cite", "time", "span", "div", "figure", "img", "table", "thead", "tbody", "tr"),
    *("picture", "source", "video", "audio", "track", "details", "summary"),
    *("form", "button"),  # without an address, which is below: a form that goes nowhere
}
ATTRIBUTES = {
    *(
        "href",
        "rel",
        "src",
        "alt",
        "width",
        "height",
        "cite",
        "datetime",
        "aria-label",
        "dir",
        "lang",
        "loading",
        "decoding",
    ),
    *("scope", "role", "tabindex", "class", "srcset", "sizes", "poster", "controls", "preload", "kind", "type"),
    *("method", "name", "value"),
    *("data-size", "data-src", "data-srcset", "data-poster", "playsinline", "crossorigin", "srclang"),
}


def harmless(html: str) -> None:
    """Fail unless everything in some HTML is on the list, as a browser would parse it."""
    tree = LexborHTMLParser(html)
    for node in tree.body.traverse():
        if node.tag.startswith("-") or node.tag == "body":
            continue
        assert node.tag in TAGS, html
        assert set(node.attributes) <= ATTRIBUTES, html
        assert node.attributes.get("method") in (None, "post"), html
        address = node.attributes.get("href")
        assert address is None or address.startswith(("https://", "http://", "mailto:")), html
        # Of what a page fetches by itself nothing of a stranger's is left: they cannot know how ours begins.
        fetched = {"src", "srcset", "poster"}
        assert not (fetched | {f"data-{name}" for name in fetched}) & set(node.attributes), html


@pytest.mark.parametrize("hostile", CORPUS)
def test_hostile_html_comes_out_harmless(hostile: str) -> None:
    cleaned = clean(hostile)
    harmless(cleaned)
    assert clean(cleaned) == cleaned


@given(st.lists(st.sampled_from(CORPUS), min_size=1, max_size=4).map("".join), st.integers(0, 400))
def test_so_does_any_cut_and_mixture_of_it(hostile: str, cut: int) -> None:
    cleaned = clean(hostile[cut:] + hostile[:cut])
    harmless(cleaned)
    assert clean(cleaned) == cleaned


def test_classes_and_values_are_exact() -> None:
    assert clean('<figure class="social evil">x</figure>') == '<figure class="social">x</figure>'
    assert clean('<p class="table" dir="auto">x</p>') in ('<p class="">x</p>', "<p>x</p>")
    assert clean('<span lang="tlh" dir="down">x</span>') == "<span>x</span>"
    assert clean('<div role="button" tabindex="1">x</div>') == "<div>x</div>"


def test_a_page_fetches_what_is_ours_and_a_placeholder_in_its_place_alone() -> None:
    path = f"{OURS}/live/storm/p/a1/media/abcd1234/abababab/640.webp"
    for kept in (
        f'<img src="{path}" srcset="{path} 640w, {path} 1280w">',
        f'<img class="blur" src="{PREVIEW}UklGRg==">',
        f'<video poster="{path}"></video>',
        f'<source srcset="{path} 640w" type="image/webp">',
        '<video playsinline="" crossorigin="anonymous" controls="" preload="none"></video>',
        '<track kind="captions" srclang="zh-Hant">',
    ):
        assert set(re.split("[ <>]", clean(kept))) == set(re.split("[ <>]", kept))
    for refused in (
        '<video crossorigin="use-credentials">', '<video preload="auto" autoplay loop muted>',
        '<video src="x" controls="y">',
        '<track kind="metadata" default label="x">', "<track srclang='en onload=x'>", "<track srclang='&quot;>'>",
        '<audio crossorigin="" poster="x" playsinline="">', '<source media="x" srcset="//evil.example/x 1x">',
    ):  # fmt: skip
        assert re.fullmatch(r'<(video|audio|source|track)( playsinline="")?>(</(video|audio)>)?', clean(refused)), (
            refused
        )
    for hostile in (
        f"{path}?x", f"{path}#x", f"{OURS}.evil.example/a", f"{OURS}@evil.example/", f"{OURS}/desk/../../x y",
        f"{OURS}//evil.example/", f"{path}, https://evil.example/a 2x", f"{PREVIEW}<svg>", "data:image/webp;base64,Uk",
        f"{OURS}/static/reader.js", f" {path}",
    ):  # fmt: skip
        for name in ("src", "srcset", "poster"):
            tag = "video" if name == "poster" else "img"
            assert name not in clean(f'<{tag} {name}="{hostile}">'), (name, hostile)
    assert placed(clean(f'<img src="{path}">'), "https://cdn.example") == (
        '<img src="https://cdn.example/live/storm/p/a1/media/abcd1234/abababab/640.webp">'
    )
