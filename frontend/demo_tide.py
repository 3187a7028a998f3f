"""Makes the demonstration's film (src/asithappened/static/demo/tide.*): a gauge that rises with the morning tide.

Draws it frame by frame, and encodes WebM by the tests' encoder. Prints the placeholders of all pictures of the
demonstration, for src/asithappened/desk/demo/previews.json. From the repository: `python -m frontend.demo_tide`.
"""

import json
import math
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from asithappened.media.cage.answer import Taken
from asithappened.media.cage.taking import take_in
from tests.media.films import webm

ROOT = Path(__file__).parent.parent
INTO = ROOT / "src/asithappened/static/demo"
FACE = ROOT / "src/asithappened/media/cards/fonts/card-sans.woff2"
WIDTH, HEIGHT, STILL = 640, 360, 960
FRAMES, FRAME_MS = 32, 250
BEGINS, NOW, ENDS = 1.0, 7.6, 21.0  # o'clock: of the film, of the post, of the axis
WALL = 4.2
GROUND, LINE, WATER, SURFACE, WORDS, SOFT, RED = (
    "#f6f4ef", "#d4cdc0", "#bcd3dd", "#1f6284", "#191817", "#5f5a54", "#b3161b",
)  # fmt: skip
CAPTIONS = """WEBVTT

00:00.000 --> 00:02.000
The gauge on Town Quay, from one o’clock in the morning.

00:02.000 --> 00:05.400
The tide rises from half a metre to 2.9 metres at 7.22am.

00:05.400 --> 00:08.000
Tonight it is forecast at 4.0 to 4.4 metres. The wall is 4.2 metres high.
"""


def level(at: float) -> float:
    """Return the water level at an hour, in metres: the tide, and the storm surge in the evening."""
    return 1.7 + 1.2 * math.cos((at - 7.37) / 12.42 * 2 * math.pi) + 1.3 * math.exp(-(((at - 19.83) / 4) ** 2))


def frame(n: int, width: int = WIDTH) -> Image.Image:
    """Draw a frame, twice as large and scaled down for smooth lines."""
    scale = 2 * width / WIDTH
    picture = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), GROUND)
    draw = ImageDraw.Draw(picture)

    def write(x: float, y: float, words: str, *, size: int = 15, fill: str = SOFT, anchor: str = "ls") -> None:
        face = ImageFont.truetype(FACE, round(size * scale))
        draw.text((x * scale, y * scale), words, font=face, fill=fill, anchor=anchor)

    def x(at: float) -> float:
        return (48 + (at - BEGINS) / (ENDS - BEGINS) * 568) * scale

    def y(metres: float) -> float:
        return (306 - metres / 5 * 226) * scale

    moving = 20
    now = BEGINS + (NOW - BEGINS) * min(1.0, n / moving)
    for metres in range(5):
        draw.line((x(BEGINS), y(metres), x(ENDS), y(metres)), fill=LINE, width=round(scale))
        write(40, y(metres) / scale + 5, f"{metres} m", anchor="rs")
    for hour in (1, 7, 13, 19):
        write(x(hour) / scale, 330, f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}", anchor="ms")
    hours = [BEGINS + (now - BEGINS) * step / 200 for step in range(201)]
    curve = [(x(hour), y(level(hour))) for hour in hours]
    draw.polygon([(x(BEGINS), y(0)), *curve, (x(now), y(0))], fill=WATER)
    draw.line(curve, fill=SURFACE, width=round(3 * scale), joint="curve")
    draw.line((x(BEGINS), y(WALL), x(ENDS), y(WALL)), fill=RED, width=round(2 * scale))
    write(x(BEGINS) / scale + 4, y(WALL) / scale - 7, "Quay wall, 4.2 m", fill=RED)
    if n > moving:
        rest = [NOW + (19.83 - NOW) * step / 200 for step in range(201)]
        for first, second in zip(rest[::8], rest[4::8], strict=False):
            draw.line((x(first), y(level(first)), x(second), y(level(second))), fill=SURFACE, width=round(2 * scale))
        draw.line((x(19.83), y(4.0), x(19.83), y(4.4)), fill=SURFACE, width=round(9 * scale))
        write(x(16.2) / scale, y(3.55) / scale, "Tonight, 7.50pm:", anchor="rs", fill=WORDS)
        write(x(16.2) / scale, y(3.2) / scale, "4.0 to 4.4 m forecast", anchor="rs", fill=WORDS)
    end = curve[-1]
    draw.ellipse((end[0] - 5 * scale, end[1] - 5 * scale, end[0] + 5 * scale, end[1] + 5 * scale), fill=SURFACE)
    write(48, 34, "Town Quay gauge", size=20, fill=WORDS)
    hour, minute = int(now), int(now % 1 * 60) // 10 * 10
    write(616, 34, f"{hour}.{minute:02}am: {level(now):.1f} m", size=20, fill=SURFACE, anchor="rs")
    return picture.resize((width, width * HEIGHT // WIDTH), Image.Resampling.LANCZOS)


def main() -> None:
    """Write the film, its captions and its poster, and print the placeholders."""
    (INTO / "tide.webm").write_bytes(webm([frame(n) for n in range(FRAMES)], frame_ms=FRAME_MS, quality=55))
    (INTO / "tide.vtt").write_text(CAPTIONS, "utf-8")
    frame(FRAMES, STILL).save(INTO / "tide.webp", "WEBP", quality=80, method=6)
    previews = {}
    for path in sorted(path for path in INTO.glob("*.webp") if not path.name.startswith("face-")):
        with tempfile.TemporaryDirectory() as folder:
            taken = take_in(path, Path(folder))
        if not isinstance(taken, Taken):
            raise SystemExit(f"{path.name} cannot be taken in: {taken.message}")
        previews[path.stem] = taken.preview
    json.dump(previews, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
