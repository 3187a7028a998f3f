"""What a picture's file says: the better source wins, letters come right, nothing hostile costs more than itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.media.sandbox import answer, blocks, bounds, exif, iim, metadata, xmp
from tests.media.sandbox import made


def read(*segments: bytes) -> dict[str, str]:
    """Return what is read of a JPEG with these segments."""
    return metadata.read(blocks.jpeg(made.jpeg(*segments)))[1]


def of_xmp(inner: str, attributes: str = "") -> bytes:
    return made.segment(0xE1, made.XMP + made.xmp(inner, attributes))


def of_iim(*fields: tuple[int, int, bytes]) -> bytes:
    return made.segment(0xED, made.iim(fields))


OF_EXIF = made.segment(0xE1, made.exif())


def test_xmp_goes_before_iim_and_iim_before_exif() -> None:
    both = of_iim((2, 120, b"says IIM"), (2, 80, b"Ida"), (2, 80, b"Ben"))
    packet = of_xmp(made.alt_of("dc:description", "says XMP"))
    assert read(OF_EXIF)["caption"] == "A harbour, says EXIF"
    assert read(OF_EXIF, both)["caption"] == "says IIM"
    words = read(OF_EXIF, both, packet)
    assert (words["caption"], words["creator"], words["copyright"]) == ("says XMP", "Ida, Ben", "Ada Foto/Paper")


def test_what_one_source_leaves_empty_another_says() -> None:
    assert (
        read(of_iim((2, 110, b"AP")), of_xmp(made.alt_of("dc:description", " "), 'photoshop:Credit=""'))["credit"]
        == "AP"
    )


def test_every_field_that_an_editor_is_asked_for_is_read() -> None:
    words = read(
        of_xmp(
            made.alt_of("dc:description", "Caption")
            + made.alt_of("dc:rights", "© Paper")
            + "<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Ben</rdf:li></rdf:Seq></dc:creator>"
            + made.alt_of("Iptc4xmpCore:AltTextAccessibility", "Alt")
            + made.alt_of("Iptc4xmpCore:ExtDescrAccessibility", "Long")
            + made.alt_of("xmpRights:UsageTerms", "No sales")
            + "<xmpRights:WebStatement>https://paper.example/licence</xmpRights:WebStatement>"
            + '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Paper</plus:LicensorName>'
            + "<plus:LicensorURL>https://paper.example/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>",
            'photoshop:Headline="Headline" photoshop:Credit="Credit" photoshop:Source="Source" photoshop:City="Prague"'
            ' photoshop:Country="Czechia" photoshop:DateCreated="2026-11-26T09:30:00+01:00"'
            ' photoshop:Instructions="Mandatory credit"'
            ' Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"',
        )
    )
    assert answer.found(words) == answer.Found(
        caption="Caption", headline="Headline", creator="Ada, Ben", credit="Credit", source="Source",
        copyright="© Paper", alt="Alt", description="Long", city="Prague", country="Czechia",
        date="2026-11-26T09:30:00+01:00",
        terms="No sales", instructions="Mandatory credit", licence="https://paper.example/licence", licensor="Paper",
        licensor_url="https://paper.example/buy",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("instructions", "embargo"),
    [
        ("Mandatory credit\nEMBARGOED until 18:00 GMT", "EMBARGOED until 18:00 GMT"),
        ("Sperrfrist: 26. November, 18 Uhr", "Sperrfrist: 26. November, 18 Uhr"),
        ("Not for publication before Thursday", "Not for publication before Thursday"),
        ("No sales, no archive", ""),
    ],
)
def test_an_embargo_is_seen_where_one_is_written(instructions: str, embargo: str) -> None:
    assert read(of_iim((2, 40, instructions.encode()))).get("embargo", "") == embargo


def test_a_release_date_is_an_embargo() -> None:
    assert read(of_iim((2, 30, b"20261126"), (2, 35, b"180000+0100")))["embargo"] == "2026-11-26T18:00:00+0100"


def test_no_caption_becomes_an_alternative_text() -> None:
    assert not answer.found(read(OF_EXIF, of_iim((2, 120, b"Caption")))).alt


def test_wrong_lengths_lose_only_what_they_are_about() -> None:
    record = b"\x1c\x02\x78\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" + b"caption"
    wrong = b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff" + record
    assert read(made.segment(0xED, wrong), OF_EXIF)["creator"] == "Ada Foto"


ANY = st.binary(max_size=400)


@given(ANY)
def test_no_bytes_make_a_reader_of_metadata_raise_or_say_more_than_fits(raw: bytes) -> None:
    for words in (
        exif.read(b"MM\0*\0\0\0\x08" + raw)[1],
        exif.read(b"II*\0\x08\0\0\0" + raw)[1],
        iim.read(b"\x1c\x02" + raw),
        xmp.read(made.xmp(raw.decode("latin-1"))),
        xmp.read(raw),
    ):
        assert all(len(value) <= bounds.VALUES * bounds.VALUE_CHARS for value in words.values())


@given(st.dictionaries(st.sampled_from(["creator", "copyright", "credit", "terms", "licence"]), st.text(max_size=80)))
def test_what_renditions_carry_is_read_again_as_it_was_written(words: dict[str, str]) -> None:
    packet = metadata.kept_in_xmp(words)
    expected = {name: metadata._plain(value).strip() for name, value in words.items()}
    assert xmp.read(packet) == {name: value for name, value in expected.items() if value}
    again = exif.read(metadata.kept_in_exif(words).removeprefix(b"Exif\0\0"))[1]
    assert again.get("creator", "") == metadata._plain(words.get("creator", ""))
