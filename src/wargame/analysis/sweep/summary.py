"""What came of a sweep, as plain data: the contract of `wargame simulate --json` (docs/simulate.md).

Shares are 0-1, points are points of a score, rates are per game. An interval is `low` to `high` and holds 95 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from wargame.analysis.sweep import figures
from wargame.analysis.sweep.figures import Estimate
from wargame.analysis.sweep.plan import Plan
from wargame.analysis.sweep.tally import Tally
from wargame.analysis.sweep.time_needed import time_needed
from wargame.analysis.sweep.witness import LAST_TURN, STANCES, step_of
from wargame.rules.program import Action, Addressee, Band, Card, Family, Program, Slot
from wargame.scenario.model import REQUIRED, Pool

FORMAT = 1
QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
BY_HAND = (Pool.SHELF, Pool.CONTINGENCY)  # cards that come only when a facilitator fires them
AGREEMENT = ("proposed", "signed", "declined", "unanswered", "left", "lapsed", "leaked")
MOTION = ("tabled", "passed", "failed", "vetoed")

Plain = dict[str, Any]


def summary(plan: Plan, tally: Tally) -> Plain:
    """Everything that was counted, worked out."""
    return _Summary(plan, tally).plain()


def rounded(value: float | None, digits: int = 4) -> float | None:
    """A figure as it is written, never minus nothing."""
    return None if value is None else round(value, digits) + 0.0


def interval(estimate: Estimate | None, digits: int = 4, name: str = "share") -> Plain:
    """A figure with its interval; nulls where there is none."""
    if estimate is None:
        return {name: None, "low": None, "high": None}
    return {
        name: rounded(estimate.value, digits),
        "low": rounded(estimate.low, digits),
        "high": rounded(estimate.high, digits),
    }


def spread(histogram: Sequence[int], lowest: int = 0, step: int = 1) -> Plain:
    """The quantiles of a histogram whose first place is `lowest` and each next one `step` more."""
    found = {name: figures.quantile(histogram, q) for name, q in QUANTILES.items()}
    return {name: None if place is None else lowest + place * step for name, place in found.items()}


def _points(n: int, total: int, squares: int, name: str = "mean") -> Plain:
    """A mean of points from tenths."""
    found = figures.mean(n, total, squares)
    return interval(found and Estimate(found.value / 10, found.low / 10, found.high / 10), 2, name)


@frozen
class _Summary:
    plan: Plan
    tally: Tally

    @property
    def program(self) -> Program:
        return self.plan.program

    @property
    def games(self) -> int:
        return self.tally.at("games")

    @property
    def turns(self) -> int:
        return self.program.scenario.turns.count

    def plain(self) -> Plain:
        tally, program, games = self.tally, self.program, self.games
        scenario = program.scenario
        cards = {card.id: self._card(card) for card in program.cards}
        actions = {seat: self._actions(seat) for seat in self.plan.bots}
        agreements = {each.id: self._agreement(each.id, str(each.model.label)) for each in program.agreements}
        motions = {each.id: self._motion(each.id, str(each.model.label)) for each in program.motions}
        tracks = {slot.name: self._track(slot) for slot in program.slots if slot.family is Family.TRACK}
        endings = self._endings()
        cut = sum(tally_of["games"] for tally_of in endings if tally_of["catastrophe"])
        return {
            "format": FORMAT,
            "scenario": {
                "id": scenario.id,
                "title": str(scenario.title),
                "version": scenario.version,
                "digest": program.digest,
            },
            "bots": self.plan.spec,
            "seed": self.plan.seed,
            "games": games,
            "people": list(self.plan.people),
            "turns": {
                "most": self.turns,
                "mean": rounded(tally.at("games", place=1) / games, 2),
                "played": self._by_turn("turns"),
            },
            "mandate": scenario.scoring.mandate,
            "seats": {seat: self._seat(seat) for seat in self.plan.bots},
            "nobody": interval(figures.share(tally.at("nobody"), games)),
            "together": self._together(),
            "endings": endings,
            "catastrophes": interval(figures.share(cut, games)),
            "cards": cards,
            "actions": actions,
            "agreements": agreements,
            "motions": motions,
            "tracks": tracks,
            "never": self._never(cards, actions, agreements, motions, endings),
            "time": time_needed(self.plan, self.tally),
        }

    def _by_turn(self, *key: str) -> list[int]:
        row = list(self.tally.row(*key))
        return row + [0] * (self.turns - len(row))

    # Seats.

    def _seat(self, seat: str) -> Plain:
        tally, program = self.tally, self.program
        n, total, squares, met, top = self._row(5, "seat", seat)
        histogram = [*tally.row("score", seat)]
        histogram += [0] * (101 - len(histogram))
        stances = self._row(3, "stances", seat)
        lean = figures.correlation(*self._row(6, "lean", seat))
        people = seat in self.plan.people
        return {
            "title": str(program.scenario.seats[seat].title),
            "level": self.plan.bots[seat],
            "people": people,
            "score": {
                **_points(n, total, squares),
                "deviation": rounded(figures.variance(n, total, squares) ** 0.5 / 10, 2),
                **spread(histogram),
                "histogram": histogram,
            },
            "mandate": interval(figures.share(met, n)),
            "top": interval(figures.share(top, n)) if people else None,
            "stances": {
                stance.value: rounded(stances[place] / sum(stances) if any(stances) else 0.0)
                for stance, place in STANCES.items()
            },
            "escalation_correlation": rounded(lean, 3),
            "choices": {
                choice.id: {
                    "label": str(choice.model.label),
                    "options": {
                        name: self._secret(seat, choice.id, name, str(option.label))
                        for name, option in choice.model.options.items()
                    },
                }
                for choice in program.choices
                if program.seats[choice.seat] == seat
            },
            "agendas": {
                name: self._secret(seat, "agenda", name, str(model.label))
                for deck in program.agendas
                if program.seats[deck.seat] == seat
                for name, model, _ in deck.agendas
            },
        }

    def _secret(self, seat: str, what: str, option: str, label: str) -> Plain:
        n, total, squares, met, uncut, uncut_total, uncut_squares = self._row(7, "by", seat, what, option)
        return {
            "label": label,
            "games": n,
            **_points(n, total, squares),
            "mandate": rounded(met / n if n else None),
            "without_catastrophe": {"games": uncut, **_points(uncut, uncut_total, uncut_squares)},
        }

    def _together(self) -> Plain:
        tally, games, people = self.tally, self.games, self.plan.people
        met = {seat: tally.at("seat", seat, place=3) for seat in people}
        return {
            "seats_that_meet": [rounded(tally.at("together", str(count)) / games) for count in range(len(people) + 1)],
            "pairs": [
                {
                    "seats": [one, other],
                    "share": rounded(tally.at("pair", one, other) / games),
                    "if_independent": rounded(met[one] * met[other] / games**2),
                }
                for place, one in enumerate(people)
                for other in people[place + 1 :]
            ],
        }

    def _endings(self) -> list[Plain]:
        found = [(LAST_TURN, "The last turn is played", False)]
        found += [(each.id, str(each.model.title), each.model.catastrophe) for each in self.program.endings]
        return [
            {
                "id": None if name == LAST_TURN else name,
                "title": title,
                "catastrophe": catastrophe,
                "games": sum(self.tally.row("ending", name)),
                **interval(figures.share(sum(self.tally.row("ending", name)), self.games)),
                "by_turn": self._by_turn("ending", name),
            }
            for name, title, catastrophe in found
        ]

    # What is chosen.

    def _card(self, card: Card) -> Plain:
        games, times = self._row(2, "card", card.id)
        return {
            "title": str(card.model.title),
            "pool": card.pool.value,
            "required": REQUIRED in card.model.tags,
            "games": interval(figures.share(games, self.games)),
            "per_game": rounded(times / self.games),
            "times": times,
            "by_turn": self._by_turn("card-turns", card.id),
            "answers": {
                rest[0]: {"answered": row[0], "defaulted": row[1] if len(row) > 1 else 0}
                for rest, row in self.tally.below("asked", card.id)
            },
            "choices": {each.key: self._options(card, each) for each in card.addressees if each.options},
        }

    def _options(self, card: Card, addressee: Addressee) -> Plain:
        options = {}
        chosen = sum(self.tally.at("option-moves", card.id, addressee.key, option.id) for option in addressee.options)
        for option in addressee.options:
            options[option.id] = {
                "label": str(option.model.label),
                "stance": option.model.stance.value,
                **self._followed(("option", card.id, addressee.key, option.id), chosen),
            }
        return {"choices": chosen, "options": options}

    def _actions(self, seat: str) -> Plain:
        number = self.program.seats.index(seat)
        mine = [self.program.actions[index] for index in self.program.menus[number]]
        drafted = sum(self.tally.at("order-moves", seat, action.id) for action in mine)
        return {action.id: self._action(seat, action, drafted) for action in mine}

    def _action(self, seat: str, action: Action, drafted: int) -> Plain:
        done, refunded, unpaid = self._row(3, "done", seat, action.id)
        return {
            "label": str(action.model.names.get(seat, action.model.label)),
            "stance": action.model.stance.value,
            **self._followed(("order", seat, action.id), drafted),
            "done": done,
            "refunded": refunded,
            "unpaid": unpaid,
        }

    def _followed(self, place: tuple[str, ...], of: int) -> Plain:
        """How often it was open and chosen, and what followed. `of`: choices of its kind in all."""
        by_turn = [(int(rest[-1]), [*row, *[0] * (6 - len(row))]) for rest, row in self.tally.below(*place) if len(rest) == 1]
        chosen, gained, squares = (sum(row[at] for _, row in by_turn) for at in range(3))
        open_then = chosen + sum(row[3] for _, row in by_turn)
        more = figures.difference(row for _, row in by_turn)
        turns = [0] * self.turns
        for turn, row in by_turn:
            turns[turn - 1] += row[0]
        return {
            "open": open_then,
            "chosen": chosen,
            "share": rounded(chosen / of if of else None),
            "share_when_open": rounded(chosen / open_then if open_then else None),
            "by_turn": turns,
            "gain": _points(chosen, gained, squares),
            "gain_over_others": interval(more and Estimate(more.value / 10, more.low / 10, more.high / 10), 2, "mean"),
            "moves": self._moves(self.tally.row(f"{place[0]}-moves", *place[1:]), turns),
        }

    def _moves(self, moves: Sequence[int], turns: Sequence[int]) -> Plain:
        """By track that moved: how much on average, and how much more than is usual in the same turns."""
        tracks = [slot.name for slot in self.program.slots if slot.family is Family.TRACK]
        times = sum(turns)
        if not times or not moves:
            return {}
        usual = [0.0] * len(tracks)
        for turn, number in enumerate(turns, 1):
            games, *moved = self._row(1 + len(tracks), "usual", str(turn))
            if number and games:
                usual = [so_far + number * each / games for so_far, each in zip(usual, moved, strict=True)]
        return {
            name: {"mean": rounded(moved / times, 2), "over_usual": rounded((moved - ordinary) / times, 2)}
            for name, moved, ordinary in zip(tracks, moves[1:], usual, strict=True)
            if moved
        }

    # Agreements, motions, tracks.

    def _agreement(self, name: str, label: str) -> Plain:
        counts = {what: self._by_turn("agreement", name, what) for what in AGREEMENT}
        return {"label": label, **self._rates(counts), "by_turn": {what: counts[what] for what in ("signed", "left", "lapsed")}}

    def _motion(self, name: str, label: str) -> Plain:
        counts = {what: self._by_turn("motion", name, what) for what in MOTION}
        return {"label": label, **self._rates(counts), "by_turn": {what: counts[what] for what in ("tabled", "passed")}}

    def _rates(self, counts: Mapping[str, Sequence[int]]) -> Plain:
        return {what: rounded(sum(row) / self.games) for what, row in counts.items()}

    def _track(self, slot: Slot) -> Plain:
        turns = []
        for turn in range(self.turns + 1):
            games, total = self._row(2, "level", slot.name, str(turn))
            if games:
                quantiles = spread(self.tally.row("track", slot.name, str(turn)), slot.lo, step_of(slot))
                turns.append({"turn": turn, "games": games, "mean": rounded(total / games, 2), **quantiles})
        reached = [place for place, games in enumerate(self.tally.row("reached", slot.name)) if games]
        step = step_of(slot)
        return {
            "label": str(slot.label),
            "range": [slot.lo, slot.hi],
            "group": slot.group,
            "bands": [
                {"low": band.lo, "high": band.hi, "name": str(band.name), "reached": self._in_band(slot, band)}
                for band in slot.bands
            ],
            "turns": turns,
            "reached": [slot.lo + reached[0] * step, slot.lo + reached[-1] * step] if reached else None,
        }

    def _in_band(self, slot: Slot, band: Band) -> bool:
        row, step = self.tally.row("reached", slot.name), step_of(slot)
        return any(row[(band.lo - slot.lo) // step : (band.hi - slot.lo) // step + 1])

    def _never(self, cards: Plain, actions: Plain, agreements: Plain, motions: Plain, endings: list[Plain]) -> Plain:
        """What did not happen once. Cards that only a facilitator fires are left out."""
        program = self.program
        dealt = {card.id for card in program.cards if cards[card.id]["times"]}
        unchosen = [
            {"card": card, "seat": key, "option": option}
            for card in sorted(dealt, key=program.card_index.__getitem__)
            for key, choice in cards[card]["choices"].items()
            if choice["choices"]
            for option, told in choice["options"].items()
            if not told["chosen"]
        ]
        return {
            "cards": [card.id for card in program.cards if card.id not in dealt and card.pool not in BY_HAND],
            "options": unchosen,
            "orders": [
                {"seat": seat, "order": name, "open": told["open"]}
                for seat, mine in actions.items()
                for name, told in mine.items()
                if not told["chosen"]
            ],
            "agreements": [name for name, told in agreements.items() if not told["signed"]],
            "motions": [name for name, told in motions.items() if not told["tabled"]],
            "motions_passed": [name for name, told in motions.items() if told["tabled"] and not told["passed"]],
            "endings": [told["id"] for told in endings if told["id"] is not None and not told["games"]],
            "flags": [
                slot.name
                for slot in program.slots
                if slot.family is Family.FLAG and not self.tally.at("reached", slot.name, place=1)
            ],
            "bands": [
                {"track": slot.name, "band": str(band.name)}
                for slot in program.slots
                if slot.family is Family.TRACK
                for band in slot.bands
                if not self._in_band(slot, band)
            ],
        }

    def _row(self, length: int, *key: str) -> list[int]:
        row = list(self.tally.row(*key))
        return row + [0] * (length - len(row))
