"""The tables of a game, and what every column of them holds: what `docs/export.md` lists."""

from __future__ import annotations

from attrs import evolve

from wargame.analysis.export.tables import Shape

ROW = "number of the row in the journal"
TURN = "turn, 0 before the first"
PHASE = "id of the phase; `setup` before turn 1"
SEAT = "id of the seat; empty where it is nobody's"
PERSON = "id of the person; empty for the program itself"
NAME = "the person's name as the table showed it, or a number with `--anonymous`"

EVENTS = Shape(
    "events",
    "One row for everything that happened, in order, also what was taken back by going back.",
    {
        "row": ROW,
        "event": "place of the event within the row, from 1",
        "time": "when, on the clock of the machine that held the table (ISO 8601, UTC)",
        "counts": "`false` for what was taken back by going back to an earlier phase",
        "turn": TURN,
        "phase": PHASE,
        "person": PERSON,
        "name": NAME,
        "by": "who gave the command: a seat, `white_cell` (the facilitators and the program); empty where a note is anonymous",
        "seat": "id of the seat that the event is about; empty where it is about none",
        "what": "kind of event, as in `wargame.engine.events`",
        "about": "id of the card, order, agreement, motion, track or choice that it is about",
        "outcome": "what came of it: the option, `done`, `refunded`, `passed`, `failed`, `in force`, ...",
        "stance": "`escalate`, `hold` or `deescalate`, for answers and orders",
        "words": "the event as the facilitator heard it; empty where there was nothing to tell",
        "changes": "what it changed, as `slot: old > new`, several with `; ` between them",
    },
)

DECISIONS = Shape(
    "decisions",
    "One row for every answer to a card, as it took effect.",
    {
        "row": ROW,
        "turn": TURN,
        "phase": PHASE,
        "card": "id of the card",
        "title": "the card's title as it was read",
        "objective": "the learning objective of the card, as a path",
        "seat": SEAT,
        "person": "id of the person whose draft stood; empty where nobody answered",
        "name": NAME,
        "agreed": "in a team: how it came to the answer",
        "option": "id of the answer",
        "label": "the answer as it was read",
        "stance": "`escalate`, `hold` or `deescalate`",
        "rationale": "the reason in the seat's own words",
        "belief": "how likely the seat took it that the other side escalates, in per cent; empty where it did not say",
        "in_time": "`false` where nobody answered and the default stood",
        "seconds": "from the card on the table to the answer that stood, pauses left out; empty where it cannot be told",
        "drafts": "how often the answer was written before it stood",
    },
)

ORDERS = Shape(
    "orders",
    "One row for every order when its turn came to be carried out.",
    {
        "row": ROW,
        "turn": TURN,
        "phase": PHASE,
        "seat": SEAT,
        "person": "id of the person whose draft stood",
        "name": NAME,
        "action": "id of the order",
        "label": "the order as it was read, with its targets",
        "targets": "ids of what it was aimed at, with blanks between them",
        "stance": "`escalate`, `hold` or `deescalate`",
        "status": "`done`, `refunded` (no longer possible, the cost given back) or `unpaid`",
        "reason": "why it was not carried out",
        "rationale": "the reason in the seat's own words",
        "covert": "whether not everybody may know of it",
    },
)

MESSAGES = Shape(
    "messages",
    "One row for every message.",
    {
        "row": ROW,
        "time": EVENTS.columns["time"],
        "turn": TURN,
        "phase": PHASE,
        "seat": "id of the seat that said it; empty for the facilitator",
        "person": PERSON,
        "name": NAME,
        "to": "ids of the seats it went to, with blanks between them; `all` for everybody",
        "words": "how many words it has",
        "text": "the message",
    },
)

SLOTS = Shape(
    "slots",
    "One row for every number of the board and every turn: how it stood when the turn was over (turn 0: at the start).",
    {
        "row": ROW,
        "turn": "turn that was over",
        "slot": "its name in the scenario's language",
        "label": "its name for people",
        "family": "`track`, `flag`, `clock`, `resource`, `area`, `piece`, `agreement`, `choice` or `agenda`",
        "owner": "id of the seat or faction it belongs to, if any",
        "area": "id of the area it stands in, if any",
        "value": "the number",
        "band": "the named part of its range that it lay in, if it has any",
    },
)

ROLLS = Shape(
    "rolls",
    "One row for every roll of the dice. `wargame report` holds a button that checks them all.",
    {
        "row": ROW,
        "turn": TURN,
        "label": "who or what was rolled for",
        "purpose": "what the roll is a function of, beside the seed",
        "sides": "the roll is from 1 to this",
        "need": "it succeeds at or under this; 0 where it picks one of several",
        "result": "the roll",
        "success": "whether it succeeded; empty where it picks",
    },
)

AGREEMENTS = Shape(
    "agreements",
    "One row for everything that became of an agreement.",
    {
        "row": ROW,
        "turn": TURN,
        "phase": PHASE,
        "agreement": "id of the agreement",
        "label": "its name for people",
        "what": "`proposed`, `signed`, `declined`, `in force`, `held` (its terms for the turn), `leaked`, `left` or `lapsed`",
        "seat": SEAT,
        "person": PERSON,
        "name": NAME,
        "side_terms": "what the parties wrote beside it",
        "secret": "whether only the parties knew of it",
    },
)

NOTES = Shape(
    "notes",
    "One row for every note on the hot-wash board, with the votes it has at the end.",
    {
        "note": "its number",
        "turn": TURN,
        "phase": PHASE,
        "seat": f"{SEAT}; empty where the note is anonymous",
        "person": "id of the person; empty where the note is anonymous",
        "name": NAME,
        "fact": "what happened",
        "so_what": "why it matters",
        "change": "what to do otherwise",
        "objective": "the learning objective it was written under, as a path",
        "private": "whether only the facilitators saw it",
        "votes": "how many voted for it",
    },
)

PETITIONS = Shape(
    "petitions",
    "One row for every free proposal, as it stood at the end.",
    {
        "petition": "its number",
        "turn": TURN,
        "phase": PHASE,
        "seat": SEAT,
        "person": PERSON,
        "name": NAME,
        "what": "what the seat wanted to do",
        "because": "its reasons, with `; ` between them",
        "against": "what speaks against it, in its own words",
        "status": "`waiting`, `held`, `ruled` or `turned_down`",
        "odds": "per cent that the facilitator set",
        "roll": "the roll, 1 to 100",
        "success": "whether it succeeded",
        "ruling": "the ruling as players read it",
        "estimates": "how many estimates were made beforehand",
        "estimated": "their mean, in per cent",
        "dissents": "lines against the ruling, as `seat: words`, with `; ` between them",
    },
)

PEOPLE = Shape(
    "people",
    "One row for everybody who took part.",
    {
        "person": "id of the person",
        "name": NAME,
        "seat": "the seat they had last: a seat id, `public` or `white_cell`",
        "bot": "the level of a computer player; empty for people",
        "rows": "commands of theirs that were carried out",
        "turns": "turns (the set-up is one) in which they did anything",
        "answers": "answers to cards that they wrote and that stood",
        "orders": "orders that they wrote and that came up",
        "reasons": "of these answers and orders, those with a reason",
        "messages": "messages they sent",
        "words": "words in their messages and reasons",
        "agreements": "agreements they proposed or signed",
        "suggestions": "what they suggested to their team",
        "endorsements": "suggestions of others that they endorsed or objected to",
        "petitions": "free proposals",
        "notes": "notes on the board that are not anonymous",
    },
)

_TOLD = (EVENTS, DECISIONS, ORDERS, MESSAGES, SLOTS, ROLLS, AGREEMENTS, NOTES, PETITIONS, PEOPLE)
# Whose row it is comes first, so that the tables of a class can stand in one file.
OF = {"game": "id of the game", "table": "name of the table"}
SHAPES = tuple(evolve(shape, columns={**OF, **shape.columns}) for shape in _TOLD)
