"""The page of what many games came to, in the order in which a teacher asks. From the plain data of a sweep alone."""

from __future__ import annotations

from wargame.analysis.balance.choices import orders, which
from wargame.analysis.balance.course import cards, deals, minutes, tracks
from wargame.analysis.balance.fair import fair, headline, leaders
from wargame.analysis.balance.method import made, never
from wargame.analysis.balance.naming import counted
from wargame.analysis.balance.winners import endings, winners
from wargame.analysis.html import div, el, join, p
from wargame.analysis.page.document import Part, document
from wargame.analysis.sweep.summary import Plain


def balance_page(numbers: Plain, version: str) -> str:
    """One HTML file. `numbers`: docs/simulate.md, with `health`; `version`: of the program, to be named."""
    title = numbers["scenario"]["title"]
    games = counted(numbers["games"], "game", "games")
    head = join(
        el("h1", f"How “{title}” plays"),
        p(f"{games} played by {numbers['bots']} bots. {leaders(numbers)}", class_="lead"),
        el("dl", *(div("tile", el("dt", name), el("dd", figure)) for name, figure in headline(numbers)), class_="tiles"),
    )
    parts = [
        Part("fair", "Is it fair?", fair(numbers)),
        Part("winners", "Who wins?", winners(numbers)),
        Part("endings", "How does it end?", endings(numbers)),
        Part("choices", "Which choices matter?", which(numbers)),
        Part("orders", "Which orders are given?", orders(numbers)),
        Part("cards", "Which cards come, and when?", cards(numbers)),
        Part("tracks", "How do the values move?", tracks(numbers)),
        Part("deals", "Agreements and votes", deals(numbers)),
        Part("minutes", "How long does it take?", minutes(numbers)),
        Part("never", "What never happened", never(numbers)),
        Part("made", "How this was made", made(numbers, version)),
    ]
    foot = p(f"{title}: {games} by bots. Made by wargame {version}.")
    return document(f"{title}: how it plays", head, parts, foot)
