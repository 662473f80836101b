"""Cards: what stands on them, that nothing is cut in silence, and that they are drawn once."""

import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from hashlib import shake_128
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from PIL import Image, ImageFont

from peelsite.build import know
from peelsite.catalogue import Catalogue
from peelsite.exports import Card, Keeper, cards, drawing, png
from peelsite.exports.cards import Row
from tests.sites import ROOT, BuiltSite, build, copy_project, differences

HOME: Final = "https://example.org/repo/"
SMALL: Final = ROOT / "tests" / "small_site" / "content"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return know(ROOT / "content").catalogue


@pytest.fixture(scope="module")
def real(catalogue: Catalogue) -> dict[str, Card]:
    return cards(catalogue, "peelsite")


@pytest.fixture(scope="module")
def small() -> dict[str, Card]:
    return cards(know(SMALL).catalogue, "peelsite")


# --- what stands on them -------------------------------------------------------------------------


def test_every_body_and_inspection_has_a_card(real: dict[str, Card]) -> None:
    folders = {"force": "forces", "unit": "units", "region": "regions"}
    expected = {f"inspections/{p.stem}" for p in (ROOT / "content" / "inspections").glob("*.yml")}
    for path in (ROOT / "content" / "bodies").glob("*.yml"):
        kind = re.search(r"^kind: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert kind, path
        expected.add(f"{folders[kind[1]]}/{path.stem}")

    assert set(real) == expected


def test_the_card_of_a_unit_says_grade_question_and_date(real: dict[str, Card]) -> None:
    assert real["units/nerou"] == Card(
        "peelsite",
        "Regional organised crime unit · North East",
        "North East Regional Organised Crime Unit",
        (Row("Adequate", 3, 5, "Serious and organised crime", "7 December 2022"),),
        "",
    )


def test_the_card_of_an_inspection_names_bodies(real: dict[str, Card]) -> None:
    card = real["inspections/2022-12-07-north-east-soc"]

    assert card.kind == "Inspection report · published 7 December 2022"
    assert [(row.about, row.chip) for row in card.rows] == [
        ("Northumbria Police", "Good"),
        ("Durham Constabulary", "Outstanding"),
        ("North East Regional Organised Crime Unit", "Adequate"),
        ("Cleveland Police", "Adequate"),
    ]
    assert card.more == "and 1 more on the page"
    assert card.rows[0].details == "Serious and organised crime · uncertain"


def test_an_inspection_of_one_body_names_its_questions(real: dict[str, Card]) -> None:
    card = real["inspections/2026-02-26-durham-integrity"]

    assert [(row.about, row.details) for row in card.rows] == [
        ("Vetting", ""),
        ("Professional standards", ""),
        ("Counter-corruption", ""),
    ]
    assert not card.more


def test_of_many_ratings_the_first_are_shown_and_the_rest_told(
    real: dict[str, Card], catalogue: Catalogue
) -> None:
    """Not the best, not the worst: those that the page has first."""
    [body] = [body for body in catalogue.bodies if body.id == "northumbria"]
    ratings = [rating for latest in catalogue.latest_of(body) for rating in latest.ratings]
    card = real["forces/northumbria"]

    assert len(ratings) > 3
    assert [row.about for row in card.rows] == [rating.question.label for rating in ratings[:3]]
    assert card.more == f"and {len(ratings) - 3} more on the page"


def test_a_reason_stands_where_there_is_no_grade(real: dict[str, Card]) -> None:
    row = real["regions/north-east"].rows[0]

    assert (row.chip, row.steps) == ("Inspected, not graded", 0)
    assert real["units/tarian"].rows == (Row("No rating in the sources we hold"),)
    assert real["regions/southern-wales"].rows == (Row("A region is never graded"),)


def test_doubts_and_dates_are_told(small: dict[str, Card], real: dict[str, Card]) -> None:
    told = {row.details for card in (*small.values(), *real.values()) for row in card.rows}

    for words in ("uncertain", "carried over", "date not known", "(date on the web page)"):
        assert [each for each in told if words in each], words


def test_the_alternative_says_all_that_is_drawn(real: dict[str, Card]) -> None:
    assert real["units/nerou"].alt == (
        "North East Regional Organised Crime Unit (Regional organised crime unit · North East). "
        "Serious and organised crime: Adequate (7 December 2022). "
        "Not HMICFRS. Source and evidence on the page."
    )
    for card in real.values():
        drawn = [card.kind, card.name, card.more]
        drawn += [word for row in card.rows for word in (row.chip, row.about, row.details)]
        assert [words for words in drawn if words not in card.alt] == []


# --- how they are drawn --------------------------------------------------------------------------


def test_a_card_is_a_small_png_of_the_stated_size(real: dict[str, Card]) -> None:
    for address in ("forces/northumbria", "regions/south-west"):
        png = drawing.draw(real[address])
        with Image.open(BytesIO(png)) as picture:
            assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (1200, 630))
        assert len(png) < 30_000


def test_two_drawings_have_the_same_bytes(real: dict[str, Card]) -> None:
    card = real["forces/northumbria"]

    assert drawing.draw(card) == drawing.draw(card)


def test_another_process_draws_the_same_bytes(real: dict[str, Card]) -> None:
    """Whatever was drawn before, and in whatever order."""
    program = (
        "import sys; from peelsite.exports import Card, drawing; from peelsite.exports.cards "
        "import Row; sys.stdout.buffer.write(drawing.draw(eval(sys.argv[1])))"
    )
    for address in ("forces/northumbria", "inspections/2022-12-07-north-east-soc"):
        run = [sys.executable, "-c", program, repr(real[address])]
        assert subprocess.check_output(run) == drawing.draw(real[address])


def test_what_is_drawn_once_is_the_same_on_every_card() -> None:
    """A strip that another card had first leaves nothing of that card behind."""
    cards = [
        Card("s", kind, name, (Row("Good", 4, 5, "q", "d"),) * rows, more)
        for kind in ("k", "another kind")
        for name in ("n", name_of(6))
        for rows in range(5)
        for more in ("", "and 1 more on the page")
    ]
    together = [drawing.draw(card) for card in cards]
    alone = []
    for card in cards:
        drawing._drawn.cache_clear()
        drawing._word.cache_clear()
        alone.append(drawing.draw(card))

    assert together == alone
    assert len(set(together)) == len(cards)


def pixels(picture: bytes) -> Image.Image:
    with Image.open(BytesIO(picture)) as opened:
        opened.load()
        return opened.convert("RGB")


def test_a_card_is_whole_from_top_to_bottom() -> None:
    """The accent, paper, the frame of the first row and of the last where they were."""
    picture = pixels(drawing.draw(Card("s", "k", "n", (Row("Good", 4, 5, "q", "d"),) * 4, "")))
    accent, paper, ink = (20, 80, 92), (251, 248, 242), (31, 27, 22)
    left = {y: picture.getpixel((72, y)) for y in range(630)}

    assert {picture.getpixel((x, y)) for x in range(1200) for y in range(16)} == {accent}
    assert [y for y in left if left[y] == ink and left[y - 1] == paper] == [310, 374, 438, 502]
    assert {picture.getpixel((x, y)) for x in (0, 71, 1199) for y in range(16, 630)} == {paper}


def test_no_letter_reaches_beyond_its_strip() -> None:
    """All letters at once, alone on a taller picture, have as much ink as on a card."""
    tall = "|(@jgÇÅ"
    for name in (tall, f"{tall} {name_of(4)} {tall}", f"{name_of(8)} {tall}"):
        row = Row(tall, 4, 5, f"{tall} {name_of(2)}", f"{tall} {name_of(3)}")
        cut = pixels(drawing.draw(Card(tall, tall, name, (row,) * 4, tall)))
        for y in (91, 92, 139, 140, 308, 563, 564):
            across = {cut.getpixel((x, y)) for x in range(600 if y == 308 else 1200)}
            assert across == {(251, 248, 242)}, y


def test_another_grade_is_another_picture() -> None:
    pictures = {
        drawing.draw(Card("s", "k", "n", (Row("Good", filled, steps, "q", "d"),), ""))
        for filled, steps in ((4, 5), (3, 5), (3, 4), (0, 0))
    }

    assert len(pictures) == 4


def drawn_lines(card: Card, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return every line that is written on a card, and its size."""
    lines: list[tuple[str, int]] = []
    write = drawing._line

    def note(pen: object, place: object, text: str, size: int, **given: object) -> None:
        lines.append((text, size))
        write(pen, place, text, size, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(drawing, "_line", note)
    drawing.draw(card)
    return lines


def name_of(length: int) -> str:
    return " ".join(["Constabulary"] * length)


@pytest.mark.parametrize(
    ("words", "size", "lines"),
    [(1, 68, 1), (2, 68, 1), (4, 68, 2), (6, 54, 2), (8, 42, 2)],
)
def test_a_long_name_is_wrapped_and_made_smaller(
    words: int, size: int, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = drawn_lines(Card("", "", name_of(words), (), ""), monkeypatch)
    names = [(text, at) for text, at in drawn if "Constabulary" in text]

    assert " ".join(text for text, _ in names) == name_of(words)
    assert [at for _, at in names] == [size] * lines


def test_what_fits_at_no_size_ends_in_an_ellipsis(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("Good", 4, 5, name_of(9), "short")
    drawn = drawn_lines(Card("", "", name_of(30), (row,), ""), monkeypatch)
    cut = [(text, size) for text, size in drawn if text.endswith("…")]

    assert [size for _, size in cut] == [42, 21]
    assert all(len(text) > 30 for text, _ in cut)


def test_no_line_of_a_real_card_is_cut_or_leaves_the_picture(
    real: dict[str, Card], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list(all_lines(real, monkeypatch))

    assert len(lines) > 900
    assert [text for text, _ in lines if text.endswith("…")] == []
    assert [text for text, size in lines if drawing._font(size).getlength(text) > 1056] == []


def all_lines(real: dict[str, Card], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    for card in real.values():
        with monkeypatch.context() as patch:
            yield from drawn_lines(card, patch)


# --- the letters ---------------------------------------------------------------------------------


def test_the_font_has_every_letter_that_is_drawn() -> None:
    font = ImageFont.load_default(40)
    missing = bytes(font.getmask("\uffff"))

    assert bytes(font.getmask("é")) == missing  # or plain() has less to do
    assert [each for each in drawing.DRAWN if bytes(font.getmask(each)) == missing] == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Durham Constabulary’s “vetting”…", "Durham Constabulary’s “vetting”…"),
        ("PEEL 2023–25 — north‑east", "PEEL 2023-25 - north-east"),
        ("Café, dŵr, Ŷnys", "Cafe, dwr, Ynys"),
        ("£5 ½", "GBP 5 1/2"),
        ("中", "?"),
    ],
)
def test_what_the_font_lacks_is_written_plainly(written: str, shown: str) -> None:
    assert drawing.plain(written) == shown


def test_no_real_card_has_a_letter_without_an_equivalent(real: dict[str, Card]) -> None:
    assert [card.alt for card in real.values() if "?" in drawing.plain(card.alt)] == []


def test_the_font_moves_no_letter_for_its_neighbour() -> None:
    """So that a line is as wide as its letters are, and words can be drawn one by one."""
    for size in (21, 28, 68):
        font = drawing._font(size)
        for letter in drawing.DRAWN:
            for pair in (f"{letter} ", f" {letter}", f"V{letter}", f"{letter}o"):
                assert font.getlength(pair) == sum(map(font.getlength, pair))


# --- strips --------------------------------------------------------------------------------------


@pytest.mark.parametrize("heights", [(1,), (3, 1), (2, 5, 1, 400), (1,) * 50])
@pytest.mark.parametrize("bits", [1, 4, 8])
def test_strips_make_the_picture_that_they_are_parts_of(
    heights: tuple[int, ...], bits: int
) -> None:
    """The check over all that is unpacked is among what makes a PNG whole."""
    width = 24
    rows = [b"\0" + shake_128(b"%d" % y).digest(width * bits // 8) for y in range(sum(heights))]
    parts = [rows[sum(heights[:at]) :][:height] for at, height in enumerate(heights)]
    palette = [(shade, 0, 0) for shade in range(1 << bits)]
    file = png.png(width, bits, palette, [png.strip(b"".join(part)) for part in parts])
    packed = file[file.index(b"IDAT") + 4 : file.index(b"IEND") - 8]

    assert zlib.decompress(packed) == b"".join(rows)
    assert pixels(file).size == (width, sum(heights))


# --- drawn once ----------------------------------------------------------------------------------

CARD: Final = Card("peelsite", "Police force", "Northshire Police", (Row("Good", 4, 5, "q"),), "")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """Return the list in which every card that is drawn is noted."""
    noted: list[Card] = []
    draw = drawing.draw

    def noting(card: Card) -> bytes:
        noted.append(card)
        return draw(card)

    monkeypatch.setattr(drawing, "draw", noting)
    return noted


def test_a_kept_card_is_not_drawn_again(tmp_path: Path, drawn: list[Card]) -> None:
    first = Keeper(tmp_path / "new" / "cards").png(CARD)
    again = Keeper(tmp_path / "new" / "cards").png(CARD)

    assert first == again
    assert drawn == [CARD]
    assert len(list((tmp_path / "new" / "cards").iterdir())) == 1


def test_pillow_is_imported_only_when_there_is_something_to_draw(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from peelsite.exports import Card, Keeper\n"
        "for name in sys.argv[2:]:\n"
        "    Keeper(Path(sys.argv[1])).png(Card('s', 'k', name, (), ''))\n"
        "print('PIL.Image' in sys.modules)"
    )
    run = [sys.executable, "-c", program, str(tmp_path)]
    told = [subprocess.check_output([*run, *names], text=True) for names in ((), "n", "n")]

    assert told == ["False\n", "True\n", "False\n"]


@pytest.mark.parametrize("changed", ["words", "drawing", "png", "pillow"])
def test_what_would_look_different_is_drawn_again(
    changed: str, tmp_path: Path, drawn: list[Card], monkeypatch: pytest.MonkeyPatch
) -> None:
    Keeper(tmp_path).png(CARD)
    other = Card(CARD.site, CARD.kind, CARD.name, (Row("Adequate", 3, 5, "q"),), "")
    if changed in ("drawing", "png"):
        other_code = tmp_path.with_suffix(".py")
        other_code.write_text("VERSION = 2", encoding="utf-8")
        monkeypatch.setattr(drawing if changed == "drawing" else png, "__file__", str(other_code))
    if changed == "pillow":
        monkeypatch.setattr("PIL.__version__", "0")
    Keeper(tmp_path).png(other if changed == "words" else CARD)

    assert len(drawn) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda kept: kept[:40],
        lambda kept: kept[:-1],
        lambda kept: kept[:500] + b"x" + kept[501:],
        lambda _: b"not a picture at all, but long enough to hold a digest and a bit more",
    ],
)
def test_a_damaged_card_is_drawn_again(
    damage: Callable[[bytes], bytes], tmp_path: Path, drawn: list[Card]
) -> None:
    good = Keeper(tmp_path).png(CARD)
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))

    assert Keeper(tmp_path).png(CARD) == good
    assert drawn == [CARD, CARD]
    assert file.read_bytes() == whole


def test_a_card_that_cannot_be_kept_is_drawn_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert Keeper(tmp_path / "file" / "cards").png(CARD) == drawing.draw(CARD)


# --- in the site ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("cards") / "project")


@pytest.fixture(scope="module")
def site(project: Path) -> BuiltSite:
    return BuiltSite(build(project, project / "site", SITE_URL=HOME), HOME)


def told(site: BuiltSite, path: str) -> dict[str, str]:
    """Return what a page tells other sites of itself."""
    metas = site.pages[path].elements("meta")
    named = {
        each.get("property") or each.get("name") or "": each.get("content", "") for each in metas
    }
    return {name: said for name, said in named.items() if name.startswith(("og:", "twitter:"))}


def test_every_card_that_a_page_names_is_there(site: BuiltSite, real: dict[str, Card]) -> None:
    named = {path: told(site, path) for path in site.pages if path != "404.html"}
    with_card = {path: each for path, each in named.items() if "og:image" in each}

    assert {path.removesuffix("/index.html") for path in with_card} == set(real)
    for path, each in with_card.items():
        page = path.removesuffix("/index.html")
        assert each["og:image"] == f"{HOME}cards/{page}.png"
        assert each["og:image:alt"] == real[page].alt
        assert each["og:image:type"] == "image/png"
        assert each["twitter:card"] == "summary_large_image"
        with Image.open(BytesIO(site.files[f"cards/{page}.png"])) as picture:
            assert picture.format == "PNG"
            assert picture.size == (int(each["og:image:width"]), int(each["og:image:height"]))
    assert {path for path in site.files if path.startswith("cards/")} == {
        f"cards/{page}.png" for page in real
    }


def test_every_page_says_what_it_is(site: BuiltSite) -> None:
    for path, page in site.pages.items():
        if path == "404.html":
            assert told(site, path) == {}
            continue
        each = told(site, path)
        assert each["og:url"] == site.url(path)
        assert each["og:site_name"] == "peelsite"
        assert each["og:locale"] == "en_GB"
        assert f"<title>{each['og:title']} ·" in unescape(page.text)
        assert each["og:description"]
    assert told(site, "index.html")["og:type"] == "website"
    assert told(site, "about/index.html")["og:type"] == "website"
    assert told(site, "forces/northumbria/index.html")["og:type"] == "article"


def test_cards_are_kept_beside_the_site_and_used_by_the_next_build(
    site: BuiltSite, project: Path
) -> None:
    kept = sorted((project / ".cache" / "peelsite" / "cards").iterdir())
    before = [(path.name, path.stat().st_mtime_ns) for path in kept]
    again = build(project, project / "again", SITE_URL=HOME)
    after = [(path.name, path.stat().st_mtime_ns) for path in kept]

    assert len(kept) == len([path for path in site.files if path.startswith("cards/")])
    assert after == before
    assert differences(site.folder, again) == []


def test_without_an_address_there_are_no_cards(project: Path) -> None:
    site = BuiltSite(build(project, project / "nowhere"), "")
    said = told(site, "forces/northumbria/index.html")

    assert [path for path in site.files if path.startswith("cards/")] == []
    assert not {"og:url", "og:image", "twitter:card"} & set(said)
    assert said["og:title"] == "Northumbria Police"
