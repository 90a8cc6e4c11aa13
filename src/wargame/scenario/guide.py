"""The guide: what every key of the language is, in one or two sentences. `guide_words` has its verbs, steps and functions.

Editors show these words (`schema.py`), and `docs/reference/keys.md` is made of them. A test walks the model and the rules and
fails on what stands here without being there, or is there without standing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import frozen

from wargame.scenario import model


@frozen
class Doc:
    """What something is, and an example of its value as written in YAML (empty where none is needed)."""

    words: str
    example: str = ""


def of_key(cls: type, key: str) -> Doc | None:
    """The words for a key of a class of the model, or of what it is a kind of; None where there are none."""
    return next((KEYS[base][key] for base in cls.__mro__ if key in KEYS.get(base, {})), None)


_LABEL = Doc("What players read on their screens.")
_TEXT = Doc("A longer text for players.")
_CITE = Doc("Where it comes from: sections of a source, in quotes. For the debrief.", '"5, 8"')
_EFFECTS = Doc("What happens then: a list of effects.", "[escalation +1, set tariffs]")
_SEEN_BY = Doc(
    "Who sees the number: `all`, `nobody`, `owner`, `public_band`, or a map of seats to `exact`, `band` or `hidden`.",
    "{owner: exact, others: band}",
)
_HELP = Doc("A sentence that explains the number to players.", "Falls by itself when nobody feeds it.")

KEYS: Mapping[type, Mapping[str, Doc]] = {
    model.Scenario: {
        "format": Doc("The version of the language. It is the first key of the main file.", "1"),
        "id": Doc("A short name of the scenario: small letters, digits and `_`.", "delta_week"),
        "title": Doc("The name that players see.", "Delta Week"),
        "version": Doc("The version of your scenario, in quotes.", '"1.0"'),
        "summary": Doc("What it is about, in a few sentences for somebody who looks for a scenario."),
        "credits": Doc("Who made it, and after what."),
        "content_note": Doc("What players should know about its subject before they sit down."),
        "rulebooks": Doc("The rulebooks it builds on. Later ones may not replace what earlier ones have.", "[crisis_turns]"),
        "include": Doc("Further files of this folder. Each holds more top-level keys.", "[injects.yaml]"),
        "languages": Doc("The languages of its texts; the first is the default.", "[en, es]"),
        "overrides": Doc(
            "The entries of rulebooks that this file replaces on purpose, as `section.name`.", "[effect_groups.turn_closes]"
        ),
        "parameters": Doc(
            "In a rulebook: whole numbers that whoever builds on it sets.", "{step: {range: [1, 5], default: 2}}"
        ),
        "turns": Doc("How long the game is.", "{count: 6, length: one week}"),
        "roles": Doc(
            "In a rulebook: abstract parts that a scenario gives to its seats.", "{host: A government under pressure}"
        ),
        "seat_kinds": Doc("What several seats have in common."),
        "seats": Doc("Who plays: one entry for each seat that a player or a team takes."),
        "team": Doc("How several people who share a seat decide; by majority if left out.", "{rule: objection, delay: 45}"),
        "factions": Doc("Owners of pieces on the map that nobody plays.", "{other_groups: Other groups}"),
        "tracks": Doc("Numbers of the whole table, such as tension or prices."),
        "flags": Doc("Facts that hold or do not hold.", "{tariffs: Tariffs in force}"),
        "clocks": Doc("Countdowns. A clock at 0 is stopped; one that reaches 0 does something."),
        "areas": Doc("The tiles of the map."),
        "area_values": Doc("Numbers that every area has."),
        "pieces": Doc("What can stand in an area, and how many of it, owner by owner."),
        "values": Doc(
            "Named expressions, with parameters if you like.", '{brink: escalation >= 9, "worth(org)": org.cash + 2}'
        ),
        "effect_groups": Doc("Named lists of effects, called by name.", "{turn_closes: [prices -1]}"),
        "choices": Doc("Secret decisions of one seat before turn 1."),
        "placements": Doc("Pieces that seats place in secret before turn 1."),
        "agendas": Doc("Secret objectives, dealt before turn 1: by seat or kind, then by name."),
        "phases": Doc("The parts of a turn, in order."),
        "locks": Doc("Conditions that close several actions at once."),
        "actions": Doc("What seats can order."),
        "injects": Doc("The cards that land on desks."),
        "agreements": Doc("What seats can sign together."),
        "transfers": Doc("Who may give resources to whom."),
        "bodies": Doc("Parliaments and councils that vote."),
        "motions": Doc("What a body can vote on."),
        "scoring": Doc("How each seat is judged at the end."),
        "endings": Doc("How the game can end before the last turn."),
        "ledger": Doc("Numbers shown beside the scores that nobody wins by."),
        "content": Doc(
            "What cards may touch on that some would rather be warned of, by tag.",
            "{loss: {label: Loss, warning: Somebody dies.}}",
        ),
        "objectives": Doc("What players are meant to learn, as a tree. Cards name its parts."),
        "tests": Doc("Rules that must hold, with a board, a deed and what must follow. `wargame check --tests` tries them."),
        "allow": Doc("Warnings of `wargame check` that you have looked at and that are meant to be so."),
    },
    model.Allowance: {
        "code": Doc("The code of the warning, which stands in brackets behind the word `warning`.", "unmoved"),
        "at": Doc("The entry the warning stands in, as its section and its name.", "tracks.hostages"),
        "because": Doc("Why it is meant to be so, for whoever reads the scenario next.", "Moved by hand."),
    },
    model.Rulebook: {
        "name": Doc("The rulebook.", "escalation_ladder"),
        "version": Doc('The version this was written for, in quotes; `"1"` takes every `1.x`.', '"1"'),
        "with": Doc("What its parameters are set to.", "{step: 3}"),
    },
    model.Parameter: {
        "label": Doc("What it is, for whoever sets it.", "Rungs in a turn"),
        "range": Doc("The lowest and the highest value it may be set to.", "[1, 5]"),
        "default": Doc("What it is if nobody sets it. Left out, it has to be set.", "2"),
        "help": Doc("What it changes, in a sentence.", "How far a turn can climb."),
    },
    model.Trial: {
        "label": Doc("The rule that it shows, in words.", "A strike without the dialogue is an incident."),
        "turn": Doc("The turn in which it happens.", "3"),
        "given": Doc("What stands on the board where that differs from the start, by name.", "{escalation: 3, tariffs: true}"),
        "when": Doc("What is done: one thing, or several in order.", "[{order: strike, by: washington, at: sonora}]"),
        "dice": Doc("How the dice fall: in order, or by what is rolled for.", "[17, 88]"),
        "then": Doc("What must hold afterwards. `before(...)` is the value it had.", "[escalation == before(escalation) + 1]"),
    },
    model.Quantity: {
        "label": Doc("What players read beside the number.", "Trust"),
        "range": Doc("The lowest and the highest value, both included.", "[0, 10]"),
        "start": Doc("The value at the beginning; the lowest if left out.", "4"),
        "bands": Doc("Names for parts of the range. Together they cover all of it.", "{0-3: Calm, 4-10: Tense}"),
        "seen_by": _SEEN_BY,
        "help": _HELP,
        "group": Doc("A word: numbers of one group stand together on the screen.", "conflict"),
        "unit": Doc("What is counted.", "days"),
    },
    model.Resource: {
        "income": Doc("What the seat earns at the step `income`: an expression.", "2 if turn > 1 else 0"),
    },
    model.AreaValue: {
        "label": _LABEL,
        "range": Doc("The lowest and the highest value. It is needed unless the value is `fixed`.", "[0, 2]"),
        "start": Doc("The value where an area says nothing else.", "0"),
        "fixed": Doc("`true`: it never changes during a game.", "true"),
        "bands": Doc("Names for parts of the range.", "{0: Dark, 1-2: Watched}"),
        "seen_by": _SEEN_BY,
        "help": _HELP,
    },
    model.Piece: {
        "of": Doc("Who may own such pieces: seats, kinds, roles, factions.", "[cartel, other_groups]"),
        "pool": Doc("How many each owner may have on the map in all.", "12"),
        "glyph": Doc("One character that stands for it on the map.", '"●"'),
    },
    model.Flag: {
        "label": Doc("The fact, as players read it.", "Tariffs in force"),
        "start": Doc("Whether it holds at the beginning.", "true"),
        "expires": Doc("`turn_end`: the step `expiries` clears it every turn.", "turn_end"),
        "seen_by": Doc("Who knows whether it holds; as for a track, but without bands.", "nobody"),
        "help": _HELP,
    },
    model.Clock: {
        "label": _LABEL,
        "unit": Doc("What it counts.", "days"),
        "max": Doc("Where it starts, unless an effect says otherwise.", "60"),
        "start": Doc("The units left at the beginning; 0 is stopped.", "0"),
        "tick": Doc("How much the step `clocks` takes off while it runs.", "30"),
        "seen_by": _SEEN_BY,
        "at_zero": Doc("What happens when it runs out: a list of effects.", "[inject day_sixty]"),
        "help": _HELP,
    },
    model.Role: {
        "label": _LABEL,
        "many": Doc("`true`: several seats may play it, for example all of a kind.", "true"),
    },
    model.SeatKind: {
        "label": _LABEL,
        "plays": Doc("The roles of rulebooks that seats of this kind play.", "armed_group"),
        "resources": Doc("What each of its seats has. The first one listed pays for orders."),
    },
    model.Seat: {
        "title": Doc("Who it is.", "The River Ministry"),
        "short": Doc("Two to four letters for narrow places.", "RM"),
        "kind": Doc("The kind whose resources it has.", "cartel"),
        "plays": Doc("The roles of rulebooks that it plays.", "[intervener]"),
        "briefing": Doc("A Markdown file of this folder that its players read first.", "briefings/ministry.md"),
        "resources": Doc("What it has to spend and keep. The first one listed pays for orders."),
        "start": Doc("Start values of its resources that differ from its kind's.", "{cash: 6}"),
        "optional": Doc("`true`: the game can be played without it.", "true"),
        "color": Doc("A colour by name, for clients that take the colours of seats from the scenario.", "blue"),
        "team": Doc("How several people in this seat decide, where that differs from the scenario's `team`.", "captain"),
        "leanings": Doc(
            "What the members of a team stand for, by name; they are dealt out in this order, one to each.",
            "{hawks: {label: Hawks, text: Force is an answer.}, doves: Doves}",
        ),
    },
    model.Team: {
        "rule": Doc("When what a member suggests is done: `majority`, `captain` or `objection`.", "objection"),
        "delay": Doc("Seconds in which a member may object, where the rule is `objection`.", "45"),
    },
    model.Leaning: {
        "label": Doc("What the member reads beside the own name.", "Border districts"),
        "text": Doc("What this member would argue for, in a sentence.", "Keep trade moving."),
    },
    model.Faction: {"label": _LABEL},
    model.Area: {
        "label": Doc("Its name on the map.", "Upper Valley"),
        "at": Doc("Its tile: column and row, from 0. Each area has a tile of its own.", "[2, 1]"),
        "adjacent": Doc("The areas it touches. Naming one side is enough.", "[delta]"),
        "values": Doc("Area values that differ from their start.", "{plaza: 3}"),
        "pieces": Doc("What stands here at the beginning: by piece, then by owner.", "{presence: {cartel: 2}}"),
    },
    model.Requirement: {
        "when": Doc("What must hold: a condition that the acting seat can see.", "relations >= 38"),
        "otherwise": Doc("The sentence a player reads when it does not hold.", "Relations are too poor."),
        "for": Doc("In an agreement: the seat that it holds back; all parties if left out.", "washington"),
    },
    model.Lock: {
        "when": Doc("While this holds, actions that name the lock are closed.", "ceasefire"),
        "otherwise": Doc("The sentence a player reads then.", "The cease-fire forbids it."),
    },
    model.Target: {
        "of": Doc("What can be aimed at: a kind, `seats`, `areas`, a piece's `owners(...)`, or a list.", "areas"),
        "where": Doc("Which of them: a condition that uses the target's name.", "place.watch == 0"),
        "otherwise": Doc("The sentence a player reads when there is nothing to aim at."),
        "label": Doc("What the player is asked for.", "Area"),
    },
    model.Action: {
        "seat": Doc("Who can order it: a seat, a kind, a role, or a list.", "washington"),
        "menu": Doc("Orders of one menu entry exclude each other in a turn, unless they have targets.", "Raid"),
        "label": Doc("The order, as its seat reads it.", "Open the sluices"),
        "text": Doc("What it does and what it costs, in a sentence or two."),
        "stance": Doc("What it says to the others: `escalate`, `hold` or `deescalate`.", "hold"),
        "cost": Doc("What it takes of the seat's first resource, or a map of resources.", "2"),
        "once": Doc("`true`: each seat at most once in a game.", "true"),
        "locks": Doc("The locks that can close it.", "[kinetic]"),
        "target": Doc("Short for `targets` with one target of that name.", "{of: areas, label: Area}"),
        "targets": Doc("What it is aimed at, by the name its effects use.", "{place: {of: areas, label: Area}}"),
        "requires": Doc("What must hold to order it.", "[{when: auth, otherwise: It needs a mandate.}]"),
        "order": Doc("When it is carried out among the orders of a turn: low numbers first.", "3"),
        "seen_by": Doc("Who learns who did it: `public`, `covert`, or a list of seats.", "covert"),
        "names": Doc("Another label for one seat.", "{cjng: March}"),
        "cite": _CITE,
        "effects": _EFFECTS,
    },
    model.Trigger: {
        "turns": Doc("The turns in which it may come.", "2-4"),
        "when": Doc("What must hold for it to come.", "escalation >= 3"),
        "chance": Doc("The chance per turn in per cent; certain if left out.", "40"),
        "once": Doc("`true`: at most once in a game.", "true"),
        "cooldown": Doc("Turns that pass before it may come again.", "2"),
    },
    model.Option: {
        "id": Doc("Its name, unique within the card.", "open_talks"),
        "stance": Doc("What choosing it says: `escalate`, `hold` or `deescalate`.", "deescalate"),
        "label": Doc("The answer, as its seat reads it.", "Open talks"),
        "text": _TEXT,
        "requires": Doc("What must hold to choose it. One option of a card should be free of this."),
        "effects": _EFFECTS,
    },
    model.CardChoice: {
        "options": Doc("The answers, three to a card if you can: one for each stance."),
        "default": Doc("The answer of a seat that lets the time run out.", "wait"),
    },
    model.Inject: {
        "title": Doc("The headline of the card.", "Missing at the Resort"),
        "to": Doc("Who gets it: seats, kinds, or a name from `bind`. One without `choices` only reads it.", "[ministry]"),
        "pool": Doc("How it comes: `trigger`, `random`, `chained`, `deck`, `shelf` or `contingency`.", "trigger"),
        "trigger": Doc("When it comes.", "{turns: 2-4, when: escalation >= 3, once: true}"),
        "bind": Doc("Names that its texts and effects use, and what they stand for.", "{place: areas}"),
        "on_trigger": Doc("Effects when it comes by its own trigger, and only then.", "[escalation +1]"),
        "on_deal": Doc("Effects whenever it lands on a desk.", "[harvest -2]"),
        "objective": Doc("The learning objective it serves: a path in `objectives`.", "trust.first_offer"),
        "debrief": Doc("The question to ask about it afterwards.", "Who moved first, and what did it cost?"),
        "lesson": Doc("What it is meant to show, in one sentence."),
        "cite": _CITE,
        "kind": Doc(
            "What it is for: `contextual`, `expected`, `contingency` or `administrative`; as its pool says if left out.",
            "contextual",
        ),
        "from": Doc("Who sends it in the story.", "Embassy, political section"),
        "channel": Doc(
            "How it comes in the story: `news`, `cable`, `phone`, `intel`, `social`, `order` or another word.", "cable"
        ),
        "story_time": Doc("When it happens in the story.", "Day 3, 06:40"),
        "controller": Doc("For the facilitators: who of them looks after it.", "Simulation cell"),
        "capability": Doc("The core capability that it exercises. For the after-action review.", "Operational communications"),
        "evaluator": Doc("For evaluators: what to look for in the answers.", "Do they ask how others will read it?"),
        "expects": Doc(
            "What seats are expected to do about it. The facilitator hears of what did not come.",
            "[{who: ministry, order: relief, within: 2, if_missed: hunger}]",
        ),
        "alternate": Doc(
            "Other words for whoever asked to be spared what its tags warn of.", "{text: Somebody dear to the seat was hurt.}"
        ),
        "tags": Doc("Words to find it by. Where there is `content`, names of what it touches on.", "[water, press]"),
        "cue": Doc("For the facilitator: what to say and what to watch for."),
        "seen_by": Doc("Who else reads it and learns the answers: `public` or `addressees`.", "addressees"),
        "hint": Doc("What holding the card is worth to a computer seat: an expression for each seat.", "{ministry: -4}"),
        "text": Doc("What happened, in the words of the card."),
        "texts": Doc("Another text for each seat; `others` for the rest.", "{ministry: The gates are open.}"),
        "choices": Doc("The answers, for each addressee that must answer."),
    },
    model.Expectation: {
        "who": Doc("Of whom it is expected: a seat, kind or role. Each of its seats is looked at by itself.", "ministry"),
        "order": Doc("The action that it should order.", "relief"),
        "agreement": Doc("The agreement that it should enter.", "truce"),
        "option": Doc("The answer to this card that it should choose.", "open_talks"),
        "within": Doc("In how many turns, that of the card counted; 1 if left out: by the end of the same turn.", "2"),
        "if_missed": Doc("The contingency card that is armed when it did not come. It waits for the facilitator.", "hunger"),
    },
    model.Alternate: {
        "title": Doc("The headline; that of the card if left out."),
        "text": Doc("What happened, told without what the tags warn of."),
    },
    model.ContentTag: {
        "label": Doc("What it is called in lists and settings.", "Harm to children"),
        "warning": Doc("What is said before a card with this tag; without it nothing is.", "This card speaks of a dead child."),
        "text": Doc("More about it, for the facilitator who prepares a class."),
    },
    model.Agreement: {
        "label": Doc("Its name.", "Water treaty"),
        "parties": Doc("Who signs. It is in force when all have signed in one phase.", "[upstream, downstream]"),
        "cost": Doc("What signing takes of each party's first resource.", "{upstream: 1}"),
        "requires": Doc("What must hold to sign.", "[{when: trust >= 3, otherwise: Trust is too low.}]"),
        "terms": Doc("What it says, in the words that players read before they sign."),
        "secret": Doc("`true`: only its parties know of it. A number: the chance in per cent a turn that it comes out.", "20"),
        "on_sign": Doc("Effects on signing.", "[trust +2]"),
        "each_turn": Doc("Effects every turn while it is in force, at the step `agreements`.", "[trust +1]"),
        "on_leave": Doc("Effects when a party leaves it. Here `me` is who leaves.", "[trust -4]"),
        "on_leak": Doc("Effects when a secret one comes out.", "[trust -2]"),
        "ends_when": Doc("When this holds it lapses by itself, with its leaving effects.", "escalation >= 8"),
        "cite": _CITE,
    },
    model.Transfers: {
        "limit": Doc("The most that a seat may give in a turn.", "2"),
        "groups": Doc("Lists of seats and kinds that may give to each other.", "[[upstream, downstream]]"),
    },
    model.Bloc: {
        "label": _LABEL,
        "votes": Doc("How many votes it has.", "3"),
        "seat": Doc("The seat that decides for it; otherwise it leans and a die decides.", "congress"),
    },
    model.Lobby: {
        "seats": Doc("Who may lobby.", "[ministry, union]"),
        "per_point": Doc("How much more likely an aye becomes for each point spent, in per cent.", "3"),
        "limit": Doc("The most points a seat may spend on one vote.", "3"),
    },
    model.Body: {
        "label": _LABEL,
        "speaker": Doc("The seat that speaks for it: `me` in the effects of its motions.", "congress"),
        "blocs": Doc("Its members that vote together.", "{hawks: {label: Hawks, votes: 3}}"),
        "lobby": Doc("Who may spend to move the blocs.", "{seats: [ministry], per_point: 3, limit: 3}"),
    },
    model.Veto: {
        "by": Doc("The seat that may object.", "washington"),
        "ayes": Doc("How many ayes overrule it.", "7"),
        "when": Doc("When it does object; always if left out.", "us_support >= 38"),
    },
    model.Motion: {
        "body": Doc("Who votes on it.", "floor"),
        "label": _LABEL,
        "text": _TEXT,
        "ayes": Doc("The votes it needs: a number, `majority` or `unanimous`.", "majority"),
        "veto": Doc("A seat that may raise the bar.", "{by: washington, ayes: 7}"),
        "leans": Doc("How likely each bloc is to vote aye, in per cent: an expression for each.", "{hawks: 50 + 5 * tension}"),
        "passes": Doc("Effects when it passes.", "[set embargo]"),
        "fails": Doc("Effects when it fails.", "[tension +1]"),
        "cite": _CITE,
    },
    model.ChoiceOption: {"label": _LABEL, "text": _TEXT},
    model.Choice: {
        "seat": Doc("Who decides.", "washington"),
        "label": Doc("The question.", "Victory condition"),
        "text": _TEXT,
        "seen_by": Doc("Who learns the answer, and when.", "{owner: exact, others: {exact: declared}}"),
        "options": Doc("What can be chosen, by name.", "{contain: Contain it, win: Win it}"),
        "default": Doc("What a seat gets that does not choose: one of its options, or `random`.", "random"),
    },
    model.Placement: {
        "seats": Doc("Who places.", "[cartel]"),
        "piece": Doc("What is placed.", "site"),
        "count": Doc("How many each.", "3"),
        "where": Doc("Where it may stand; `here` is the area.", "here.me.presence >= 1"),
        "weight": Doc("How likely an area is where the lot places what a seat has not.", "here.me.presence"),
    },
    model.Agenda: {
        "label": Doc("The objective in a few words.", "Bring them home"),
        "text": _TEXT,
        "score": Doc("The points it gives at the end: an expression.", "14 * scale(us_killed, 2, 0)"),
        "max": Doc("The most points it can give.", "20"),
    },
    model.Phase: {
        "id": Doc("Its name.", "desk"),
        "label": Doc("What players read above their screen.", "Crisis desk"),
        "kind": Doc("What seats do in it: `automatic`, `cards`, `orders`, `floor` or `turns`.", "orders"),
        "seconds": Doc("How long it lasts by the clock; 0 is without a clock.", "120"),
        "do": Doc("What happens by itself: steps and effects. Outside `automatic` it happens at the end.", "[income, clocks]"),
        "orders": Doc("How many orders a seat may give.", "2"),
        "agreements": Doc("How many agreements a seat may sign.", "1"),
        "cards": Doc("How many cards land at most, besides those that were scheduled.", "3"),
        "cards_with_chained": Doc("How many land at most with those that were scheduled.", "4"),
        "draw": Doc("How many cards are drawn from decks.", "1"),
        "text": Doc("What players do now, in a sentence or two."),
    },
    model.ScorePart: {
        "label": Doc("What is judged.", "Harvest"),
        "value": Doc("The points: an expression. `me` is the seat.", '"60 * scale(harvest, 20, 70)"'),
        "max": Doc("The most points it can give.", "60"),
        "words": Doc("What it measures, in words for the player.", "Harvest from 20 up to 70."),
    },
    model.Scoring: {
        "mandate": Doc("The score at which a seat has met its mandate.", "60"),
        "ending_cap": Doc("The highest score when a catastrophe cuts the game short.", "35"),
        "seats": Doc("The parts of the score, by seat or kind."),
    },
    model.Ending: {
        "when": Doc("When it comes; left out, only an effect `end_game` brings it.", "escalation >= 10"),
        "title": Doc("The headline of the end.", "Rupture"),
        "text": _TEXT,
        "catastrophe": Doc("`false`: an end that nobody needs to regret. It caps no score.", "false"),
    },
    model.LedgerLine: {
        "label": Doc("What is counted.", "Families displaced"),
        "value": Doc("The number: an expression.", "displaced"),
    },
    model.Objective: {
        "title": Doc("What players should come to see, best as a question.", "What is a promise worth?"),
        "text": _TEXT,
        "parts": Doc("Its parts, by name. Cards name them as `objective.part`.", "{first_offer: Who moves first?}"),
    },
    model.Turns: {
        "count": Doc("How many turns there are.", "6"),
        "length": Doc("How long a turn is in the story.", "one week"),
        "starts": Doc("The day on which turn 1 begins.", "2031-03-01"),
        "labels": Doc("A name for each turn.", "[March, April, May]"),
    },
}

MEMBERS: Mapping[Enum, str] = {
    model.Stance.ESCALATE: "It raises the stakes.",
    model.Stance.HOLD: "It waits and keeps the doors open.",
    model.Stance.DEESCALATE: "It lowers the stakes.",
    model.TeamRule.MAJORITY: "More than half of the members who are present have to endorse it.",
    model.TeamRule.CAPTAIN: "The captain has to endorse it; what the captain suggests, one other member.",
    model.TeamRule.OBJECTION: "It is done unless somebody objects within the `delay`; then a majority decides.",
    model.Pool.TRIGGER: "It comes by itself, by its turns, condition and chance.",
    model.Pool.RANDOM: "As `trigger`, but drawn after those, while there is room on the desks.",
    model.Pool.CHAINED: "It comes only when an effect or a clock schedules it.",
    model.Pool.DECK: "It is drawn from a deck, each once.",
    model.Pool.SHELF: "The facilitator fires it.",
    model.Pool.CONTINGENCY: "It arms itself when its condition holds and waits for the facilitator.",
    model.InjectKind.CONTEXTUAL: "It sets the scene or moves play on.",
    model.InjectKind.EXPECTED: "It stands for something that players are expected to do.",
    model.InjectKind.CONTINGENCY: "It is there for when something expected does not come.",
    model.InjectKind.ADMINISTRATIVE: "It is about the exercise itself: a break, a word to everybody.",
    model.PhaseKind.AUTOMATIC: "Nobody does anything; its steps are carried out.",
    model.PhaseKind.CARDS: "Cards land, and those addressed answer in secret.",
    model.PhaseKind.ORDERS: "Seats talk, sign agreements and seal orders, which are carried out together.",
    model.PhaseKind.FLOOR: "Motions are voted. It is skipped when there are none.",
    model.PhaseKind.TURNS: "Seats give orders one after another, and each is carried out at once.",
}
