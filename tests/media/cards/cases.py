"""Cards to try: words in many scripts and lengths, and pictures of ours on a disk."""

from pathlib import Path
from typing import Any, Final

from PIL import Image

from asithappened.core import media
from asithappened.media.cards.fonts import SERIF
from asithappened.media.cards.layout import Layout, Placed, Words
from asithappened.render.card_image import CardImage, CardPicture

HEADLINES: Final = {
    "short": ("Flooded", "en"),
    "usual": ("Ferries stop as the storm reaches the west coast", "en"),
    "long": (
        "Prime minister says that the government will pay for every house that was lost, and asks people to stay"
        " indoors until the second wave has passed on Thursday evening",
        "en",
    ),
    "word": ("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz gilt", "de"),
    "address": ("See https://example.org/a/very/long/address/that/nobody/breaks/anywhere/at/all for more", "en"),
    "hyphens": ("Covid-19: at –5 °C, a well-known by-election candidate’s “no-fly-zone” plea", "en"),
    "french": ("« Nous ne partirons pas » : à l’Assemblée, l’opposition défend ses amendements", "fr"),
    "turkish": ("İstanbul'da şiddetli fırtına: vapur seferleri iptal edildi", "tr"),
    "vietnamese": ("Bão số 3 đổ bộ: hàng nghìn hộ dân phải sơ tán trong đêm", "vi"),
    "polish": ("Żółta łódź wróciła do Gdańska po dwóch tygodniach na Bałtyku", "pl"),
    "ukrainian": ("Зеленський: ґрунтовне рішення щодо зими ухвалять на саміті в Києві", "uk"),
    "serbian": ("Београд: ванредна седница владе због поплава на југу", "sr"),
    "greek": ("Ισχυρός σεισμός στην Κρήτη: «Μείνετε έξω», λέει η πολιτική προστασία", "el"),
    "arabic": ("رئيس الوزراء: الحكومة ستعوّض كل من فقد منزله في العاصفة", "ar"),
    "persian": ("توفان به ساحل رسید؛ پروازها لغو شد و مدارس می‌مانند بسته", "fa"),
    "urdu": ("طوفان ساحل سے ٹکرا گیا، ہزاروں افراد محفوظ مقامات پر منتقل", "ur"),
    "hebrew": ("ראש הממשלה: “הממשלה תפצה את כל מי שביתו נהרס” בסערה", "he"),
    "mixed": ("BBC: وقف إطلاق النار يبدأ الساعة 06:00 GMT في غزة", "ar"),
    "quoted": ("The word “سلام” was on every wall in Amman", "en"),
    "emoji": ("🚨 Breaking: 🇺🇦 forces take back the island ✅", "en"),
    "chinese": ("台风登陆，数千人撤离", "zh"),
    "bengali": ("ঝড় উপকূলে আঘাত হেনেছে", "bn"),
    "zalgo": ("Z̸̧̛̙a̷͓̎l̵̰͝g̶͚̈́o̴͇͘ comes", "en"),
    "nothing": ("", "en"),
}


def card(headline: str = "Ferries stop", language: str = "en", **more: Any) -> CardImage:
    """Make a card of a post."""
    values: dict[str, Any] = {
        "badge": "", "live": False, "when": "22 Nov 2026, 14:01 GMT", "alt": headline, "picture": None
    }  # fmt: skip
    return CardImage(headline=headline, language=language, **(values | more))


WORDS: Final = Words(site="The Harbour Post", above="Storm Ada: ferries, floods and what comes next")


class Disk:
    """Renditions of pictures, and which of them were asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()

    def picture(self, image: Image.Image, id_: str = "ab12", **more: Any) -> CardPicture:
        """Keep a picture in our sizes."""
        for width in media.widths(image.width):
            path = self.folder / media.path(id_, media.file_name(width, "webp"))
            path.parent.mkdir(parents=True, exist_ok=True)
            image.resize((width, max(1, round(image.height * width / image.width)))).save(
                path, "WEBP", quality=70, method=0
            )
        focus = {"focus_x": 50, "focus_y": 50} | more
        return CardPicture(media=id_, digest="d" * 64, width=image.width, height=image.height, **focus)

    def find(self, id_: str, name: str) -> Path | None:
        """Find a file, as the drawing asks for it."""
        self.asked.append(name)
        path = self.folder / media.path(id_, name)
        return path if path.is_file() else None


def headline_of(placed: Layout) -> list[Placed]:
    """Return the lines of the headline."""
    return [text for text in placed.texts if text.type.face == SERIF]
