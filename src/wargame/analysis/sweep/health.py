"""Is a scenario healthy? Judges the summary of a sweep by targets: each met or missed, with the figure."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from wargame.analysis.sweep.summary import Plain
from wargame.analysis.sweep.targets import MEASURES, QUICK_MEASURES, Balance, Span, Targets, top_of

ENOUGH_DEALS = 40  # of an option: fewer tell nothing of its share
ENOUGH_ORDERS = 40  # of a seat
ENOUGH_GAMES = 20  # with a secret choice or agenda


@frozen
class Judged:
    """A target: which measure, of whom or what, in words; the figure and its span in per cent or points."""

    measure: str
    of: str
    words: str
    figure: float
    low: int
    high: int
    unit: str = "%"

    @property
    def met(self) -> bool:
        """Whether the figure lies in the span, its ends included."""
        return self.low <= self.figure <= self.high

    def plain(self) -> Plain:
        """As data."""
        return {
            "measure": self.measure,
            "of": self.of,
            "words": self.words,
            "figure": self.figure,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "met": self.met,
        }


def health(numbers: Plain, balance: Balance, *, quick: bool = False) -> Plain:
    """All targets judged, and whether each is met. `quick`: only what a few hundred games can tell, with wider spans."""
    targets = balance.quick if quick else balance.full
    wanted = QUICK_MEASURES if quick else MEASURES
    judged = [each for each in _judged(numbers, targets) if each.measure in wanted]
    return {"met": all(each.met for each in judged), "quick": quick, "targets": [each.plain() for each in judged]}


def _judged(numbers: Plain, targets: Targets) -> Iterator[Judged]:
    people = numbers["people"]
    for seat in people:
        told = numbers["seats"][seat]
        yield _share("mandate", seat, f"{told['title']} meets its mandate", told["mandate"]["share"], targets)
    for seat in people if len(people) > 1 else ():
        told = numbers["seats"][seat]
        span = targets.of("top", seat) or top_of(len(people))
        yield _share("top", seat, f"{told['title']} has the highest score", told["top"]["share"], targets, span)
    yield _share("nobody", "", "No seat meets its mandate", numbers["nobody"]["share"], targets)
    if any(ending["catastrophe"] for ending in numbers["endings"]):
        yield _share("catastrophes", "", "The game ends in a catastrophe", numbers["catastrophes"]["share"], targets)
    yield from _options(numbers, targets)
    for seat in people:
        yield from _orders(seat, numbers, targets)
        yield from _stances(seat, numbers, targets)
    for seat in people:
        yield from _secrets(seat, numbers, targets)
    for name, card in numbers["cards"].items():
        if card["required"]:
            yield _share("required", name, f"The card “{card['title']}” is dealt", card["games"]["share"], targets)


def _share(measure: str, of: str, words: str, share: float, targets: Targets, span: Span | None = None) -> Judged:
    low, high = span or targets.of(measure, of) or (0, 100)
    return Judged(measure, of, words, round(100 * share, 1), low, high)


def _options(numbers: Plain, targets: Targets) -> Iterator[Judged]:
    """Every option that is chosen too much or too little; where all are well, the most and the least chosen.

    Too much is judged of all choices made there; too little, of those in which the option was open.
    """
    much, little = [], []
    low, high = targets.option
    for name, card in numbers["cards"].items():
        for key, choice in card["choices"].items():
            if len(choice["options"]) < 2:
                continue
            for option, told in choice["options"].items():
                of = f"{name}.{key}.{option}"
                words = f"“{told['label']}” ({card['title']}, {key})"
                if choice["choices"] >= ENOUGH_DEALS:
                    much.append(Judged("option", of, f"{words} is chosen", round(100 * told["share"], 1), 0, high))
                if told["open"] >= ENOUGH_DEALS:
                    share = round(100 * told["share_when_open"], 1)
                    little.append(Judged("option", of, f"{words} is chosen where open", share, low, 100))
    much.sort(key=lambda each: -each.figure)
    little.sort(key=lambda each: each.figure)
    for found in (much, little):
        yield from [each for each in found if not each.met] or found[:1]


def _orders(seat: str, numbers: Plain, targets: Targets) -> Iterator[Judged]:
    actions = numbers["actions"][seat]
    if sum(told["chosen"] for told in actions.values()) < ENOUGH_ORDERS:
        return
    most = max(actions, key=lambda name: actions[name]["share"])
    title = numbers["seats"][seat]["title"]
    words = f"“{actions[most]['label']}” among the orders of {title}"
    low, high = targets.of("order", seat) or (0, 100)
    if (low, high) == Targets().order:  # who has few orders gives each more often
        high = max(high, min(100, round(150 / sum(told["open"] > 0 for told in actions.values()))))
    yield Judged("order", f"{seat}.{most}", words, round(100 * actions[most]["share"], 1), low, high)


def _stances(seat: str, numbers: Plain, targets: Targets) -> Iterator[Judged]:
    stances = numbers["seats"][seat]["stances"]
    most = max(stances, key=lambda name: stances[name])
    words = f"{numbers['seats'][seat]['title']}: {most.replace('deescalate', 'de-escalate')} among its choices"
    yield _share("stance", seat, words, stances[most], targets)


def _secrets(seat: str, numbers: Plain, targets: Targets) -> Iterator[Judged]:
    told = numbers["seats"][seat]
    for name, choice in told["choices"].items():
        yield from _apart(
            "choice_scores", f"{seat}.{name}", seat, f"{told['title']}: {choice['label']}", choice["options"], targets
        )
    yield from _apart("agenda_scores", seat, seat, f"{told['title']}: agendas", told["agendas"], targets)
    if told["escalation_correlation"] is not None:
        _, high = targets.of("correlation", seat) or (0, 100)
        words = f"{told['title']}: correlation of escalating with the score"
        yield Judged("correlation", seat, words, round(100 * told["escalation_correlation"], 1), -high, high, "hundredths")


def _apart(measure: str, of: str, seat: str, words: str, options: Plain, targets: Targets) -> Iterator[Judged]:
    """How far the mean scores of the options lie apart, in games without a catastrophe."""
    uncut = [option["without_catastrophe"] for option in options.values()]
    means = [each["mean"] for each in uncut if each["games"] >= ENOUGH_GAMES]
    if len(means) > 1:
        low, high = targets.of(measure, seat) or (0, 100)
        yield Judged(measure, of, f"{words}, mean scores apart", round(max(means) - min(means), 1), low, high, "points")
