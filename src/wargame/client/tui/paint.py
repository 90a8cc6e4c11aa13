"""Text for the screen: data as `Content`, never as markup; glyphs with an ASCII twin for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen
from textual.content import Content

from wargame.client.look import BAND, Look, Reading
from wargame.client.speech import later, phrase, without_accents
from wargame.wire.plain import clean

Part: TypeAlias = str | tuple[str, str] | Content


@frozen
class Glyphs:
    """Every sign the client draws beside letters."""

    escalate: str = "▲"
    hold: str = "■"
    deescalate: str = "▼"
    full: str = "█"
    empty: str = "░"
    upper: str = "▀"
    lower: str = "▄"
    spark: str = "▁▂▃▄▅▆▇█"
    up: str = "▲"
    down: str = "▼"
    same: str = "·"
    dot: str = "●"
    ring: str = "○"
    check: str = "✓"
    cross: str = "✗"
    arrow: str = "▶"
    bullet: str = "•"
    rule: str = "─"
    between: str = "·"
    dice: str = "⚄"
    dash: str = "—"
    lost: str = "⚠"
    becomes: str = "▶"  # between what a number was and what it is
    shouts: bool = True  # headings in capitals; read out, these would be spelled


UNICODE = Glyphs()
ASCII = Glyphs(
    escalate="^",
    hold="=",
    deescalate="v",
    full="#",
    empty=".",
    upper="#",
    lower="#",
    spark="_.-=+*%#",
    up="+",
    down="-",
    same=".",
    dot="*",
    ring="o",
    check="x",
    cross="!",
    arrow=">",
    bullet="*",
    rule="-",
    between="|",
    dice="%",
    dash="-",
    lost="!",
    becomes=">",
)
# For the line mode, which is read out: a sign that stands beside its word says nothing.
SPOKEN = Glyphs(
    escalate="",
    hold="",
    deescalate="",
    full="",
    empty="",
    upper="",
    lower="",
    spark=" ",
    up="up ",
    down="down ",
    same="",
    dot="",
    ring="",
    check="",
    cross="",
    arrow="",
    bullet="",
    rule="",
    between=",",
    dice="Dice:",
    dash="-",
    lost="",
    becomes="to",
    shouts=False,
)
_PLAIN = str.maketrans(
    {
        "▲": "^",
        "■": "=",
        "▼": "v",
        "●": "*",
        "○": "o",
        "✓": "x",
        "✗": "!",
        "▶": ">",
        "•": "*",
        "─": "-",
        "·": "|",
        "—": "-",
        "–": "-",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "…": "...",
        "→": "->",
        "−": "-",
        "×": "x",
        "↑": "^",
        "↓": "v",
        "←": "<",
    }
)


class _Kit:
    """The glyphs in use; one client a process has one terminal."""

    glyphs: Glyphs = UNICODE


def use_ascii(on: bool) -> None:
    """Chooses the ASCII signs, for terminals and fonts without the others."""
    _Kit.glyphs = ASCII if on else UNICODE
    without_accents(on)


def use_spoken() -> None:
    """Chooses words for signs, for what is read out."""
    _Kit.glyphs = SPOKEN


def to_ascii(text: str) -> str:
    """Text with the common signs replaced by ASCII ones."""
    return text.translate(_PLAIN)


def glyphs() -> Glyphs:
    """The signs in use."""
    return _Kit.glyphs


def plain(text: object) -> str:
    """Text as it may be drawn: no control, hidden or direction-changing characters; line breaks stay."""
    cleaned = clean(str(text), newlines=True)
    return cleaned.translate(_PLAIN) if _Kit.glyphs is ASCII else cleaned


def say(*parts: Part) -> Content:
    """Content of texts, (text, style) pairs and contents."""
    return Content.assemble(*(part if isinstance(part, Content) else _pair(part) for part in parts))


def _pair(part: str | tuple[str, str]) -> str | tuple[str, str]:
    return plain(part) if isinstance(part, str) else (plain(part[0]), part[1])


class Page:
    """Lines written one after the other."""

    def __init__(self) -> None:
        self._lines: list[Content] = []

    def line(self, *parts: Part) -> Page:
        """One more line (which may wrap)."""
        self._lines.append(say(*parts))
        return self

    def gap(self) -> Page:
        """An empty line, unless there is one already or nothing stands above."""
        if self._lines and self._lines[-1].plain:
            self._lines.append(Content(""))
        return self

    def heading(self, words: str) -> Page:
        """A heading with a gap above."""
        if not _Kit.glyphs.shouts:
            return self.gap().line(f"{words}:")
        return self.gap().line((words.upper() if words.isascii() else words, "bold $accent"))

    def lines(self, lines: Iterable[Sequence[object]], indent: int = 0) -> Page:
        """Lines as the server writes them: (indent, tone, text)."""
        for step, tone, text in lines:
            self._lines.append(told(str(tone), str(text), indent + _depth(step)))
        return self

    @property
    def content(self) -> Content:
        """What was written."""
        return Content("\n").join(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _depth(step: object) -> int:
    return min(8, max(0, step)) if isinstance(step, int) else 0


TONES = {"change": "", "roll": "bold", "why": "italic $quiet", "note": "$quiet"}


def told(tone: str, text: str, indent: int = 0) -> Content:
    """A line of a story or preview in its tone."""
    mark = {"change": glyphs().bullet, "roll": glyphs().dice}.get(tone, " ")
    return say("  " * indent, (f"{mark} ", "$quiet"), (text, TONES.get(tone, "")))


STANCES = {"escalate": later("escalate"), "hold": later("hold"), "deescalate": later("de-escalate")}


def stance(which: object, word: bool = True) -> Content:
    """A stance as glyph, word and colour."""
    key = str(which)
    if key not in STANCES:
        return Content("")
    glyph = getattr(glyphs(), key)
    return say((f"{glyph} {phrase(STANCES[key])}" if word else glyph, f"bold $stance-{key}"))


def bar(reading: Reading, width: int) -> Content:
    """Where in its range a number stands; a band as a lighter block."""
    signs = glyphs()
    share = reading.share
    if share is None:
        return say((signs.empty * width, "$quiet"))
    if reading.level == BAND:
        bands = reading.slot.get("bands") or []
        count = max(1, len(bands) or 3)
        at = min(reading.value or 0, count - 1)
        start, end = at * width // count, max(at * width // count + 1, (at + 1) * width // count)
        return say(
            (signs.empty * start, "$quiet"), (signs.full * (end - start), "$secondary"), (signs.empty * (width - end), "$quiet")
        )
    full = max(1 if share > 0 else 0, round(share * width))
    return say((signs.full * full, "$primary"), (signs.empty * (width - full), "$quiet"))


def spark(values: Sequence[int], lo: int, hi: int) -> str:
    """A small curve of values in a range."""
    steps = glyphs().spark
    return "".join(steps[min(len(steps) - 1, max(0, (value - lo) * len(steps) // max(1, hi - lo + 1)))] for value in values)


def change(amount: int) -> Content:
    """`▲2`, `▼3` or a dot."""
    if amount == 0:
        return say((glyphs().same, "$quiet"))
    return say((f"{glyphs().up if amount > 0 else glyphs().down}{abs(amount)}", "bold"))


def owner(look: Look, who: object, words: str | None = None) -> Content:
    """The name of a seat or faction in its colour."""
    return say((words if words is not None else look.title(who), f"bold $seat-{look.color(who) % 10}"))


def piece_sign(piece: Mapping[str, object]) -> str:
    """The sign of a kind of pieces: its glyph, or its first letter where only ASCII may be drawn."""
    if _Kit.glyphs is SPOKEN:
        return ""  # its name stands beside it
    glyph, label = str(piece.get("glyph") or ""), str(piece.get("label") or "?")
    return plain(glyph if glyph and (glyph.isascii() or _Kit.glyphs is UNICODE) else label[:1].lower())


def fit(text: str, width: int) -> str:
    """The text cut or padded to a width in cells."""
    from rich.cells import cell_len, set_cell_size

    cleaned = plain(text)
    if cell_len(cleaned) > width > 1:
        return set_cell_size(cleaned, width - 1) + ("~" if _Kit.glyphs is ASCII else "…")
    return set_cell_size(cleaned, width)


def duration(seconds: int | None) -> str:
    """`3:25`, `1:02:09`, or nothing."""
    if seconds is None:
        return ""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells, broken between words where it can be."""
    from rich.cells import cell_len, chop_cells

    lines: list[str] = []
    for paragraph in plain(text).splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if cell_len(longer) <= width:
                line = longer
                continue
            lines += [line] if line else []
            *full, line = chop_cells(word, width)
            lines += full
        lines.append(line)
    return lines


def columns(texts: Sequence[str], widths: Sequence[int]) -> Content:
    """Texts beside each other, each wrapped to its width in cells, two cells apart."""
    cells = [wrapped(text, width) for text, width in zip(texts, widths, strict=True)]
    rows = [[lines[at] if at < len(lines) else "" for lines in cells] for at in range(max(map(len, cells)))]
    return Content("\n").join([say("  ".join(map(fit, row, widths)).rstrip()) for row in rows])
