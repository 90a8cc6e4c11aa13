"""Small charts as SVG: labelled where things are, never told by colour alone, each with a title for those who do not see it.

All are `WIDTH` units wide and meant to be shown at about a pixel a unit or somewhat larger; colours are classes of page.css.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from wargame.analysis.html import Html, el, join
from wargame.analysis.svg import clipped, short, text_at

WIDTH = 340
LETTER = 5.9  # units, about, of a letter of the small text in charts
COURSES = ("b1", "b4 dash", "b3 dots", "b0 dashdot")  # how courses beside each other differ: colour and dashes
LEAST_BAND = 10.5  # units that a band is high, before its name is written in it


@frozen
class Row:
    """A line of `intervals`: a value with its interval, in the units of the chart; `zone`: where it should lie."""

    label: str
    value: float
    low: float
    high: float
    shown: str
    zone: tuple[float, float] | None = None


@frozen
class Level:
    """Quantiles of a track at one time."""

    p5: float
    p25: float
    p50: float
    p75: float
    p95: float


@frozen
class Band:
    """A named part of a track's range, both ends in it."""

    low: float
    high: float
    name: str


def intervals(title: str, rows: Sequence[Row], *, most: float = 1.0, least: float = 0.0, ends: tuple[str, str] | None) -> Html:
    """A dot with its interval for every row, under its label. `ends`: what the scale's ends are called."""
    scale = _Scale(least, most, 4, WIDTH - 4)
    parts = []
    for place, row in enumerate(rows):
        top = 36 * place
        room = WIDTH - 8 - LETTER * len(row.shown)
        parts.append(text_at(2, top + 12, clipped(row.label, room, LETTER)))
        parts.append(text_at(WIDTH - 2, top + 12, row.shown, "b e"))
        if row.zone:
            x, end = scale(row.zone[0]), scale(row.zone[1])
            parts.append(_path(f"M{short(x)} {top + 18}H{short(end)}V{top + 32}H{short(x)}z", "zone"))
        parts.append(_path(f"M4 {top + 25}H{WIDTH - 4}", "axis"))
        parts.append(_dot(scale, row.value, row.low, row.high, top + 25, "line b1", "dot f1"))
    bottom = 36 * len(rows)
    if ends:
        parts += [text_at(4, bottom + 10, ends[0], "m"), text_at(WIDTH - 4, bottom + 10, ends[1], "m e")]
    return _svg(title, bottom + (14 if ends else 0), *parts)


def whisker(title: str, value: float, low: float, high: float, reach: float, *, least: float | None = None) -> Html:
    """A dot with its interval around nought for a line of a table; hollow where nought lies within. `reach`: the scale's end,
    `least`: its beginning (as far on the other side unless said)."""
    scale = _Scale(-reach if least is None else least, reach, 4, 116)
    zero = scale(0)
    dot = "dot f1" if low * high > 0 else "dot hollow"
    return _svg(title, 14, _path(f"M{short(zero)} 0V14", "axis"), _dot(scale, value, low, high, 7, "line b1", dot), width=120)


def bullet(title: str, value: float, low: float, high: float, least: float, most: float, met: bool) -> Html:
    """A value on a scale with the part it should lie in: a dot where it does, a cross where not."""
    scale = _Scale(least, most, 5, 115)
    x, start, end = scale(value), scale(low), scale(high)
    mark = f"M{short(x - 4)} 3l8 8m0 -8l-8 8"
    return _svg(
        title,
        14,
        _path(f"M{short(start)} 1H{short(max(end, start + 1))}V13H{short(start)}z", "zone"),
        _path("M5 7H115", "axis"),
        _circle(x, 7, "dot f3") if met else _path(mark, "line b4"),
        width=120,
    )


def histogram(title: str, bins: Sequence[int], low: float, step: float, *, mark: float, mark_name: str, median: float) -> Html:
    """Columns from `low` on, `step` wide each, with a dashed line at `mark` and a tick at the median."""
    high = low + step * len(bins)
    scale, base, most = _Scale(low, high, 2, WIDTH - 2), 96, max(*bins, 1)
    width = (WIDTH - 4) / len(bins)
    columns = "".join(
        f"M{short(2 + place * width + 0.7)} {base}V{short(base - 72 * games / most)}h{short(width - 1.4)}V{base}"
        for place, games in enumerate(bins)
        if games
    )
    x, middle = scale(mark), scale(median)
    left = x > WIDTH * 0.6
    named = [text_at(x - 4, 11, mark_name, "m e")] if left else [text_at(x + 4, 11, mark_name, "m")]
    side = "e" if middle > WIDTH * 0.75 else ""
    return _svg(
        title,
        122,
        _path(columns, "f1"),
        _path(f"M2 {base}H{WIDTH - 2}", "axis"),
        _path(f"M{short(x)} 2V{base}", "line b4 dash"),
        *named,
        _path(f"M{short(middle)} {base}l-4 7h8z", "f0"),
        text_at(min(max(middle, 24), WIDTH - 24) + (-8 if side else 8), base + 19, f"median {short(median)}", f"b {side}"),
        text_at(2, base + 12, short(low), "m") if middle > 40 else "",
        text_at(WIDTH - 2, base + 12, short(high), "m e") if middle < WIDTH - 60 else "",
    )


def lines(
    title: str,
    first: int,
    series: Sequence[tuple[str, Sequence[float]]],
    low: float,
    high: float,
    bands: Sequence[Band] = (),
) -> Html:
    """One course over the turns, or a few beside each other, each named at its end and told apart by its dashes too.

    `first`: the turn of the first value (0: the start); a course may stop early. Bands are named only beside a single course.
    """
    several = len(series) > 1
    named = bands if not several else ()
    longest = max((len(name) for name, _ in series), default=0) if several else 0
    right = _right_of(named) if named else WIDTH - (14 + LETTER * min(22, max(4, longest)))
    count = max((len(values) for _, values in series), default=0)
    across = _Scale(0, max(1, count - 1), 26, right)
    up = _Scale(low, high, 138, 8)
    parts = _named_bands(named, up, right)
    ends: list[tuple[float, float, str]] = []  # y, x, words
    for place, (name, values) in enumerate(series):
        points = [(across(at), up(value)) for at, value in enumerate(values)]
        if not points:
            continue
        style = COURSES[place % len(COURSES)]
        parts.append(_path("M" + "L".join(f"{short(x)} {short(y)}" for x, y in points), f"line {style}"))
        if not several:
            dots = "".join(f"M{short(x - 2)} {short(y)}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0" for x, y in points)
            parts.append(_path(dots, "f1"))
        if not named:
            x, y = points[-1]
            ends.append((y, x, f"{_amount(values[-1])} {name}".strip()))
    ends.sort()
    for at, (_, x, words) in zip(_apart([y for y, _, _ in ends], 11, 142), ends, strict=True):
        parts.append(text_at(x + 4, at + 4, clipped(words, WIDTH - x - 4, LETTER), "b"))
    return _svg(title, 157, *parts, *_axes(low, high, first, count, across, right))


def _free(wanted: float, taken: Sequence[float]) -> float:
    """The height nearest to the wanted one at which a name lies on no other; the wanted one where there is no room."""
    heights = sorted((wanted, *(each + step for each in taken for step in (-11, 11))), key=lambda at: abs(at - wanted))
    free = (at for at in heights if 8 <= at <= 146 and all(abs(at - other) >= 11 for other in taken))
    return next(free, wanted)


def fan(title: str, first: int, levels: Sequence[Level], low: float, high: float, bands: Sequence[Band] = ()) -> Html:
    """A track over the turns: the median, the middle half around it, the middle nine tenths; bands named at the right.

    `first`: the turn of the first level (0: the start); `low` to `high`: what the scale shows.
    """
    right = _right_of(bands) if bands else WIDTH - 30
    across = _Scale(0, max(1, len(levels) - 1), 26, right)
    up = _Scale(low, high, 138, 8)
    parts = _named_bands(bands, up, right)
    for name, lower_q, upper_q in (("wide", "p5", "p95"), ("half", "p25", "p75")):
        there = [f"{short(across(at))} {short(up(getattr(level, upper_q)))}" for at, level in enumerate(levels)]
        back = [f"{short(across(at))} {short(up(getattr(level, lower_q)))}" for at, level in enumerate(levels)]
        parts.append(_path(f"M{'L'.join([*there, *reversed(back)])}z", name))
    middle = "L".join(f"{short(across(at))} {short(up(level.p50))}" for at, level in enumerate(levels))
    parts.append(_path(f"M{middle}", "line b1"))
    parts += _axes(low, high, first, len(levels), across, right)
    if not bands and levels:
        parts.append(text_at(right + 4, up(levels[-1].p50) + 4, _amount(levels[-1].p50), "b"))
    return _svg(title, 157, *parts)


def _right_of(bands: Sequence[Band]) -> float:
    """Where a course ends, so that its bands can be named beside it."""
    return WIDTH - (14 + LETTER * min(22, max(8, *(len(band.name) for band in bands))))


def _named_bands(bands: Sequence[Band], up: _Scale, right: float) -> list[Html]:
    """Lines between bands, and their names where there is room."""
    parts = []
    for place, band in enumerate(bands):
        lower = up(band.low) if place == 0 else up((band.low + bands[place - 1].high) / 2)
        upper = up(band.high) if place == len(bands) - 1 else up((band.high + bands[place + 1].low) / 2)
        if place:
            parts.append(_path(f"M26 {short(lower)}H{WIDTH}", "grid"))
        if lower - upper >= LEAST_BAND:
            parts.append(text_at(right + 8, (lower + upper) / 2 + 4, clipped(band.name, WIDTH - right - 10, LETTER), "m"))
    return parts


def _axes(low: float, high: float, first: int, count: int, across: _Scale, right: float) -> list[Html]:
    """The scale's ends at the left, turns below."""
    parts = [
        text_at(22, 12, _amount(high), "m e"),
        text_at(22, 141, _amount(low), "m e"),
        _path("M26 8V138H" + short(right), "axis"),
    ]
    step = max(1, -(-count // 9))
    for at in range(0, count, step):
        turn = first + at
        parts.append(text_at(across(at), 153, str(turn) if turn else "start", "m c"))
    return parts


def _apart(wanted: Sequence[float], room: float, most: float) -> list[float]:
    """Places near those wanted (in order), `room` from one to the next, none beyond `most` as long as there is room."""
    placed: list[float] = []
    for each in wanted:
        placed.append(max(each, placed[-1] + room) if placed else each)
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], most if at == len(placed) - 1 else placed[at + 1] - room)
    return placed


def columns(title: str, values: Sequence[float], names: Sequence[str], *, most: float | None = None) -> Html:
    """A column for every value, which stands above it; names below."""
    top = most or max([*values, 0.0]) or 1.0
    width = (WIDTH - 4) / max(1, len(values))
    parts = []
    for place, (value, name) in enumerate(zip(values, names, strict=True)):
        x, height = 2 + place * width, 70 * min(1.0, max(0.0, value / top))
        parts.append(_path(f"M{short(x + 1)} 88V{short(88 - height)}h{short(width - 2)}V88", "f1"))
        parts.append(text_at(x + width / 2, 84 - height, short(round(value, 1)), "b c"))
        parts.append(text_at(x + width / 2, 101, name, "m c"))
    return _svg(title, 106, *parts, _path(f"M2 88H{WIDTH - 2}", "axis"))


def stances(title: str, escalate: float, hold: float, deescalate: float) -> Html:
    """How three stances share a bar: each with its sign and per cent; hatched and open beside the colours."""
    x, parts = 2.0, []
    for sign, share, style in (("▲", escalate, "f4"), ("■", hold, "f1 thin"), ("▼", deescalate, "f3 open")):
        width = (WIDTH - 4) * share
        if share > 0:
            parts.append(_path(f"M{short(x)} 2h{short(max(1, width - 1))}v12h-{short(max(1, width - 1))}z", style))
        if width >= 40:
            parts.append(text_at(x, 28, f"{sign} {100 * share:.0f} %", "m"))
        x += width
    return _svg(title, 32, *parts)


@frozen
class _Scale:
    """Values onto units; what lies outside is shown at the edge."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        at = (value - self.low) / span if span > 0 else 0.5
        return self.start + (self.end - self.start) * min(1.0, max(0.0, at))


def _svg(title: str, height: float, *parts: Html | str, width: int = WIDTH) -> Html:
    small = "chart small" if width < WIDTH else "chart"
    return el("svg", el("title", title), join(*parts), role="img", class_=small, viewBox=f"0 0 {width} {short(height)}")


def _path(d: str, class_: str) -> Html:
    return el("path", class_=class_, d=d) if d else Html("")


def _circle(x: float, y: float, class_: str) -> Html:
    return el("circle", class_=class_, cx=short(x), cy=short(y), r=4)


def _dot(scale: _Scale, value: float, low: float, high: float, y: float, line: str, dot: str) -> Html:
    x, end = scale(low), scale(high)
    reach = f"M{short(x)} {short(y)}H{short(end)}M{short(x)} {short(y - 3)}v6M{short(end)} {short(y - 3)}v6"
    return join(_path(reach, line), _circle(scale(value), y, dot))


def _amount(value: float) -> str:
    """A number in few letters."""
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1000 if sign == 'k' else size):.3g}{sign}"
    return short(value)
