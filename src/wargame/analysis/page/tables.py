"""Tables of figures: cells that say what they are sorted by, bars and shades behind numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from wargame.analysis.html import NOTHING, Html, Node, el, join

MOST_COLUMNS = 12  # of turns: more are told together


@frozen
class Cell:
    """A cell. `sort`: what it counts as when its column is sorted (None: its words); `fill`: 0-1, how far it is filled."""

    shown: Node
    class_: str = "n"
    sort: float | None = None
    fill: float | None = None

    def html(self, label: str | None = None) -> Html:
        """The element. `label`: the name of its column, for screens too narrow for columns."""
        fill = None if self.fill is None else f"--v:{100 * min(1.0, max(0.0, self.fill)):.4g}%"
        return el("td", self.shown, class_=self.class_, data_l=label, data_v=_short(self.sort), style=fill)


def number(shown: Node, value: float | None = None) -> Cell:
    """A figure, at the right."""
    return Cell(shown, sort=value)


def words(shown: Node) -> Cell:
    """Text in a column of its own."""
    return Cell(shown, "w")


def bar(shown: Node, value: float | None, fill: float | None = None) -> Cell:
    """A figure with a bar behind it as long as `fill`, the value itself where it is not given."""
    return Cell(shown, "n bar", value, value if fill is None else fill)


def heat(shown: Node, value: float | None, most: float) -> Cell:
    """A figure on a ground the darker, the nearer it is to `most`."""
    return Cell(shown, "n heat", value, (value or 0.0) / most if most > 0 else 0.0)


def data_table(head: Sequence[str], rows: Iterable[Sequence[Node | Cell]]) -> Html:
    """A table whose first column names its rows; nothing where it has none. It can be sorted where there are three or more."""
    kinds: list[str | None] = []
    lines = []
    for first, *rest in rows:
        cells = [each if isinstance(each, Cell) else Cell(each, "w") for each in rest]
        named = zip(cells, head[1:], strict=True)
        kinds = kinds or [None, *(cell.class_ for cell in cells)]
        lines.append(el("tr", el("th", _shown(first), scope="row"), *(cell.html(name or None) for cell, name in named)))
    if not lines:
        return NOTHING
    # A column without a name holds pictures: nothing to sort by, nothing to read out.
    top = el(
        "tr", *(el("th", each, scope="col", class_=kind) if each else el("td") for each, kind in zip(head, kinds, strict=True))
    )
    sorts = " sortable" if len(lines) > 2 else ""
    kind = ("turns" if "n heat" in kinds else "data") + sorts
    return el("div", el("table", el("thead", top), el("tbody", join(lines)), class_=kind), class_="scroll")


def by_turn(values: Sequence[float], most: int = MOST_COLUMNS) -> tuple[list[str], list[float]]:
    """Headings and sums of a list by turn, neighbouring turns added where there are too many to show."""
    step = max(1, -(-len(values) // most))
    starts = range(0, len(values), step)
    heads = [str(at + 1) if step == 1 else f"{at + 1}-{min(at + step, len(values))}" for at in starts]
    return heads, [sum(values[at : at + step]) for at in starts]


def _shown(cell: Node | Cell) -> Node:
    return cell.shown if isinstance(cell, Cell) else cell


def _short(value: float | None) -> str | None:
    return None if value is None else f"{value:.6g}"
