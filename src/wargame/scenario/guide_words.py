"""The guide to what stands in values: words of sight, steps, effects, tests, and the names and functions of expressions."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from wargame.scenario.guide import Doc


@frozen
class Verb(Doc):
    """An effect written as a mapping, with the keys that stand beside its verb."""

    keys: Mapping[str, Doc] = field(factory=dict)


SIGHTS: Mapping[str, str] = {
    "all": "Everybody sees the number.",
    "nobody": "Nobody but the facilitator sees it.",
    "owner": "Only the seat it belongs to sees it.",
    "public_band": "Everybody sees the band it lies in; its owner sees the number.",
}
LEVELS: Mapping[str, str] = {
    "exact": "They see the number.",
    "band": "They see the band it lies in.",
    "hidden": "They do not see it.",
}
READERS: Mapping[str, str] = {
    "owner": "The seat it belongs to.",
    "others": "Every seat that is not named, and spectators.",
}

STEPS: Mapping[str, str] = {
    "income": "Every seat earns the `income` of its resources.",
    "clocks": "Every running clock loses its `tick`; those that reach 0 do what they do.",
    "agreements": "Agreements in force are carried out, leak or lapse.",
    "expiries": "Flags with `expires: turn_end` are cleared.",
    "endings": "The conditions of `endings` are asked.",
}

_TO_AREA = Doc("The area it goes to.", "place")
_COUNT = Doc("How many; 1 if left out.", "1")
_PIECE_OF = Doc("Whose they are; not needed where only one can own them.", "me")
VERBS: Mapping[str, Verb] = {
    "roll": Verb(
        "Rolls a hundred-sided die: success at or under this number, which is kept between 2 and 95.",
        "{roll: 40 + 10 * intel, label: The raid, success: [trust -1], failure: [escalation +1]}",
        {
            "label": Doc("What the roll is called in the news.", "The raid"),
            "success": Doc("Effects at or under the number.", "[trust +1]"),
            "failure": Doc("Effects above it.", "[trust -1]"),
        },
    ),
    "when": Verb(
        "Asks a condition.",
        "{when: escalation >= 5, then: [trust -1], else: [trust +1]}",
        {"then": Doc("Effects when it holds.", "[trust -1]"), "else": Doc("Effects when it does not.", "[trust +1]")},
    ),
    "outcomes": Verb(
        "Draws one row of a weighted table.",
        "{outcomes: [{weight: 3, label: Rain, effects: [water +5]}, {weight: 1, label: Drought, effects: [water -5]}]}",
        {"label": Doc("What the draw is called in the news.", "Weather")},
    ),
    "each": Verb(
        "Does something for each member of a domain.",
        '{each: org in cartel if org.strength > 3, do: ["org.heat +1"]}',
        {"do": Doc("Effects for each of them.", "[org.heat +1]")},
    ),
    "let": Verb(
        "Gives a name to somebody or something.",
        '{let: worst, be: "highest(org.heat for org in cartel)", do: [worst.cash -1]}',
        {
            "be": Doc("What the name stands for.", '"highest(org.heat for org in cartel)"'),
            "do": Doc("Effects that use the name.", "[worst.cash -1]"),
            "otherwise": Doc("Effects when it stands for nobody.", "[trust +1]"),
        },
    ),
    "news": Verb(
        "Puts a line into the news. `{name}` shows a bound seat, area or number.",
        "{news: The sluices are open., to: [ministry]}",
        {"to": Doc("Who reads it; everybody if left out.", "[ministry]")},
    ),
    "inject": Verb(
        "Schedules a card, with what its names stand for.",
        "{inject: flood, in: 1, with: {place: lowest_area}}",
        {
            "in": Doc("In how many turns; 0 is as soon as there is a cards phase.", "1"),
            "with": Doc("What the names in the card's `bind` stand for.", "{place: lowest_area}"),
        },
    ),
    "move": Verb(
        "Moves pieces from one area to another.",
        "{move: presence, of: me, from: place, to: other, count: 1}",
        {"of": _PIECE_OF, "from": Doc("The area they leave.", "place"), "to": _TO_AREA, "count": _COUNT},
    ),
    "place": Verb(
        "Puts pieces into an area.",
        "{place: presence, of: me, in: place, count: 1}",
        {"of": _PIECE_OF, "in": _TO_AREA, "count": _COUNT},
    ),
    "remove": Verb(
        "Takes pieces out of an area.",
        "{remove: presence, of: me, in: place, count: 1}",
        {"of": _PIECE_OF, "in": Doc("The area they leave.", "place"), "count": _COUNT},
    ),
    "transfer": Verb(
        "Moves so much of a resource from one seat to another, as far as there is any.",
        "{transfer: 2, of: cash, from: me, to: target}",
        {
            "of": Doc("The resource.", "cash"),
            "from": Doc("Who gives.", "me"),
            "to": Doc("Who gets.", "target"),
        },
    ),
    "do": Verb("Carries out an effect group.", "{do: splinter(target)}"),
}
ROW: Mapping[str, Doc] = {
    "weight": Doc("How likely the row is beside the others: an expression; 1 if left out.", "3"),
    "label": Doc("What is said when it is drawn.", "Rain"),
    "effects": Doc("What happens then.", "[water +5]"),
}

_BY = Doc("The seat that does it.", "washington")
DEEDS: Mapping[str, Verb] = {
    "order": Verb(
        "In a test: a seat gives an order, which is carried out.",
        "{order: strike, by: washington, at: sonora}",
        {"by": _BY, "at": Doc("What it is aimed at, one name for each target.", "[sonora]")},
    ),
    "card": Verb(
        "In a test: a card is dealt and answered; who is not named takes the default.",
        "{card: flood, answers: {ministry: evacuate}}",
        {
            "with": Doc("What the names in the card's `bind` stand for.", "{place: delta}"),
            "answers": Doc("What seats answer.", "{ministry: evacuate}"),
        },
    ),
    "trigger": Verb("In a test: a card is asked whether it comes this turn.", "{trigger: flood}"),
    "sign": Verb("In a test: all parties sign an agreement.", "{sign: treaty}"),
    "leave": Verb("In a test: a seat leaves an agreement.", "{leave: treaty, by: upstream}", {"by": _BY}),
    "vote": Verb(
        "In a test: a motion is put to the vote.",
        "{vote: embargo, ayes: {hawks: 3}}",
        {
            "ayes": Doc("How many of each bloc vote aye; without it, dice decide.", "{hawks: 3}"),
            "against": Doc("The seats that vote against it.", "[congress]"),
            "lobby": Doc("What seats spend for it, or below 0 against it.", "{ministry: 2}"),
            "veto": Doc("`false`: the seat that may object does not.", "false"),
        },
    ),
    "phase": Verb("In a test: what a phase does by itself.", "{phase: close}"),
    "step": Verb("In a test: one step of a phase.", "{step: clocks}"),
    "do": Verb("In a test: effects are carried out.", "{do: [escalation +1]}", {"by": _BY}),
}
EXPECTED: Mapping[str, Doc] = {
    "refused": Doc("The order is refused: `true`, or words of the reason.", "Relations are too poor."),
    "dealt": Doc("A card lands on a desk.", "flood"),
    "scheduled": Doc("A card is to come, in so many turns if that is said.", "flood in 2"),
    "ends": Doc("The game ends with this ending.", "war"),
    "news": Doc("These words are in the news.", "The sluices are open."),
    "not": Doc("The opposite of what stands here.", "{dealt: flood}"),
}

SHORTS: Mapping[str, Doc] = {
    "set": Doc("The flag holds from now on.", "set tariffs"),
    "clear": Doc("The flag holds no longer.", "clear tariffs"),
    "inject": Doc("Schedules a card; without `in`, as soon as there is a cards phase.", "inject flood in 2"),
    "end": Doc("Ends an agreement, with its leaving effects.", "end treaty"),
    "call_vote": Doc("Puts a motion on this turn's floor.", "call_vote embargo"),
    "start_clock": Doc("Starts a clock; without `at`, at its `max`.", "start_clock ultimatum at 60"),
    "stop_clock": Doc("Stops a clock.", "stop_clock ultimatum"),
    "open": Doc("Lets a seat make its secret choice again.", "open objective"),
    "end_game": Doc("Ends the game when what is being carried out is done.", "end_game war"),
}
WRITES: Mapping[str, Doc] = {
    "+": Doc("Adds. A space stands before the sign.", "escalation +2"),
    "-": Doc("Subtracts. A space stands before the sign.", "target.cohesion -1"),
    "=": Doc("Stores.", "watch = 2"),
    "()": Doc("Carries out an effect group, with its arguments if it has any.", "splinter(target)"),
}

WORDS: Mapping[str, Doc] = {
    "me": Doc("The seat that orders, answers, signs or leaves; whose income or score it is; who speaks for a vote.", "me.cash"),
    "here": Doc("The area that is asked about: in `placements`, and in `seen_by` of what areas hold.", "here.watch"),
    "owner": Doc("Whose it is: in `seen_by`.", "owner.cash"),
    "turn": Doc("The number of the turn.", "turn >= 3"),
    "turns": Doc("How many turns there are.", "turns - turn"),
    "seats_in_play": Doc("How many seats play.", "seats_in_play > 4"),
    "seats": Doc("All seats in play, for a loop or a target.", "sum(s.cash for s in seats)"),
    "areas": Doc("All areas, for a loop or a target.", "count(a for a in areas if a.watch > 0)"),
    "agreements": Doc("All agreements, for a loop.", "count(a for a in agreements if party(a, me))"),
    "true": Doc("Always holds.", "true"),
    "false": Doc("Never holds.", "false"),
}
FUNCTIONS: Mapping[str, Doc] = {
    "abs": Doc("The number without its sign.", "abs(balance)"),
    "adjacent": Doc("Whether two areas touch.", "adjacent(place, sonora)"),
    "all": Doc("Whether it holds for all of several.", "all(x.heat > 3 for x in cartel)"),
    "any": Doc("Whether it holds for one of several.", "any(x.heat > 3 for x in cartel)"),
    "before": Doc("In tests only: what something was before anything was done.", "before(escalation)"),
    "ceil": Doc("Rounded up.", "ceil(prices / 10)"),
    "chance": Doc("In effects only: true with so many per cent.", "chance(30)"),
    "clamp": Doc("The first number, kept between the two others.", "clamp(prices, 0, 100)"),
    "count": Doc("How many there are.", "count(x for x in cartel if x.heat > 3)"),
    "die": Doc("In effects only: 1 up to this number, by keyed dice.", "die(6)"),
    "exists": Doc("Whether a name stands for anybody at all.", "exists(hottest)"),
    "fired": Doc("How often a card was dealt.", "fired(flood) > 0"),
    "first": Doc("The first for which it holds.", "first(x for x in cartel if x.heat > 3)"),
    "floor": Doc("Rounded down.", "floor(prices / 10)"),
    "given": Doc("How often an action was carried out, by all or by one seat.", "given(strike, me)"),
    "highest": Doc("The member with the highest number; the first of them on a tie.", "highest(x.heat for x in cartel)"),
    "in_play": Doc("Whether a seat plays.", "in_play(union)"),
    "lowest": Doc("The member with the lowest number; the first of them on a tie.", "lowest(x.heat for x in cartel)"),
    "max": Doc("The highest of several numbers.", "max(cartel.heat)"),
    "min": Doc("The lowest of several numbers.", "min(trust, 5)"),
    "neighbours": Doc("The areas that touch one, for a loop or a target.", "any(a.watch > 0 for a in neighbours(place))"),
    "owners": Doc("Those who can own a piece, for a loop or a target.", "sum(place.o.presence for o in owners(presence))"),
    "party": Doc("Whether a seat is a party of an agreement, in force or not.", "party(treaty, me)"),
    "random": Doc("In effects only: a member at random.", "random(x for x in cartel)"),
    "random_by": Doc(
        "In effects only: a member at random, each as likely as its number says.", "random_by(x.heat for x in cartel)"
    ),
    "round": Doc("Rounded to the nearest whole number, halves away from zero.", "round(prices / 10)"),
    "scale": Doc("0 at the worst value, 1 at the best, a straight line between.", "scale(flow, 70, 30)"),
    "start": Doc("The expression over the board as the scenario starts.", "flow < start(flow)"),
    "sum": Doc("All together.", "sum(cartel.heat)"),
    "total": Doc("All pieces on the map, of one owner or of all.", "total(me.units)"),
    "turns_since": Doc("Turns since a card was last dealt; 99 if never.", "turns_since(flood) >= 2"),
}
