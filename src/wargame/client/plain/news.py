"""What is new since it was told last, in lines: each thing once, the most important word first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, evolve, field

from wargame.client.classroom import Hall
from wargame.client.door import PUBLIC, WHITE_CELL, Body, Stage
from wargame.client.look import Look
from wargame.client.plain import words
from wargame.client.plain.spoken import spoken, time_words
from wargame.client.speech import phrase
from wargame.client.team import Team
from wargame.client.tui.panes.console.gate import armed, petitions
from wargame.client.tui.panes.news import headline, keyed

HOUSE = (None, WHITE_CELL)
AHEAD = (Stage.CONNECTING, Stage.LOBBY)


@define
class Known:
    """What has been told of, by kind: keys of stories, messages, cards, ..."""

    stage: Stage = Stage.CONNECTING
    whose: tuple[str, str] = ("", "")
    seen: tuple[int, str] = (0, "")
    status: str = ""
    paused: bool = False
    entries: dict[str, frozenset[str]] = field(factory=dict)


class Teller:
    """Remembers what was told, and tells the rest. `quiet` takes note without telling: for what is on the first page."""

    def __init__(self) -> None:
        self.known = Known()

    def waiting(self, look: Look, now: int) -> int:
        """How many lines there would be."""
        return len(self._news(look, now, evolve(self.known, entries=dict(self.known.entries))))

    def news(self, look: Look, now: int) -> list[str]:
        """What is new; it counts as told then."""
        return [one_line(line) for line in self._news(look, now, self.known)]

    def quiet(self, look: Look) -> None:
        """Takes all there is as told."""
        self._news(look, 0, self.known)

    def _news(self, look: Look, now: int, known: Known) -> list[str]:
        lines = _connection(look, known)
        if not look.data or not look.catalog:
            return lines
        whose = (look.glance.table, look.you)
        if known.whose != whose:
            if known.whose != ("", ""):
                why = look.glance.moved if look.plays else ""
                lines.append(phrase(words.MOVED, why=why, who=look.title(look.you)))
            known.whose, known.entries, known.seen = whose, {}, look.seen
            for what, entries in _entries(look).items():
                known.entries[what] = frozenset(entries)
            known.status, known.paused = look.status, look.paused
            return lines
        lines += _course(look, now, known)
        for what, entries in _entries(look).items():
            before = known.entries.get(what, frozenset())
            lines += [line for key, tell in entries.items() if key not in before and (line := tell())]
            if what in GOES:
                lines += [line for key in sorted(before - entries.keys()) if (line := GOES[what](look, key))]
            known.entries[what] = frozenset(entries)
        return lines


def _connection(look: Look, known: Known) -> list[str]:
    connection, before = look.glance.connection, known.stage
    known.stage = connection.stage
    if connection.stage is before:
        return []
    match connection.stage:
        case Stage.LOST:
            return [phrase(words.LOST, why=connection.reason)]
        case Stage.LIVE if before in (Stage.LOST, Stage.CLOSED):
            return [phrase(words.BACK)]
        case Stage.CLOSED:
            lines = [phrase(words.CLOSED, why=connection.reason)]
            return [*lines, phrase(words.RETRY)] if connection.again else lines
        case Stage.LOBBY:
            return lobby_lines(look)
        case Stage.CONNECTING if before is Stage.LOST:
            known.stage = Stage.LOST  # the wait for the next try is not told again
    return []


def lobby_lines(look: Look) -> list[str]:
    """Where one waits."""
    place = look.glance.place
    lines = [place.title] if place.title else []
    lines.append(phrase(words.LOBBY))
    if place.place:
        lines.append(phrase(words.QUEUE, place=place.place))
    return [*lines, place.note] if place.note else lines


def _course(look: Look, now: int, known: Known) -> list[str]:
    """Turn and phase, pauses, the end."""
    lines = []
    if look.seen != known.seen or look.status != known.status:
        if look.turn < known.seen[0]:
            lines.append(phrase(words.SET_BACK))
        known.seen = look.seen
        if look.status == "over":
            if known.status != "over":
                lines.append(phrase(words.OVER))
        else:
            left = look.left(now)
            told = phrase(words.PHASE, turn=look.turn_words, phase=look.phase.get("label", ""))
            time = f" {phrase(words.LEFT_TIME, time=time_words(left))}" if left and not look.paused else ""
            lines.append(told + time)
        known.status = look.status
    if look.paused != known.paused:
        known.paused = look.paused
        if look.status != "over":
            lines.append(phrase(words.PAUSED if look.paused else words.RESUMED))
    return lines


Tell = Callable[[], str]


def _entries(look: Look) -> Mapping[str, Mapping[str, Tell]]:
    """Everything that is told once, by kind and key, with how it is told (empty: not at all)."""
    found: dict[str, Mapping[str, Tell]] = {
        "cards": {f"{number}|{card.get('corrected')}": _card(look, number, card) for number, card in _cards(look)},
        "feed": {key: _story(look, story) for key, story in keyed(look.data.get("feed", ())).items()},
        "messages": _messages(look),
        "proposals": {
            f"{name}|{each.get('by')}": _proposal(look, str(name), each)
            for name, each in (look.data.get("proposals") or {}).items()
        },
        "team": _suggestions(look),
    }
    board = look.data.get("board") or {}
    found["board"] = {"open": lambda: phrase(words.BOARD_OPEN)} if board.get("open") and look.status != "over" else {}
    if look.controls:
        found |= _desk(look)
    return found


def _cards(look: Look) -> list[tuple[str, Body]]:
    return list((look.data.get("cards") or {}).items())


def _card(look: Look, number: str, card: Body) -> Tell:
    place = 1 + next(index for index, (each, _) in enumerate(_cards(look)) if each == number)
    title = str(card.get("title", ""))
    if card.get("corrected"):
        return lambda: phrase(words.CORRECTED, title=title, number=place)
    if number in look.unanswered:
        return lambda: phrase(words.NEW_CARD_ASKED, title=title, number=place)
    return lambda: phrase(words.NEW_CARD, title=title)


def _story(look: Look, story: Body) -> Tell:
    on_table = {card.get("id") for _, card in _cards(look)}
    if story.get("kind") == "phase" or (story.get("kind") == "card" and story.get("card") in on_table):
        return lambda: ""
    return lambda: "; ".join(spoken(headline(look, story)))


def message_line(look: Look, message: Body, template: str = words.SAID) -> str:
    """A message with who wrote it and who reads it."""
    sender, to = message.get("from"), message.get("to")
    if sender in HOUSE and to is None:
        return phrase(words.ANNOUNCED, text=message.get("text", ""))
    names = [phrase(words.YOU) if each == look.you else look.short(each) for each in to or ()]
    who = phrase(words.FACILITATOR) if sender in HOUSE else look.short(sender)
    who = phrase(words.YOU) if sender == look.you else who
    line = phrase(template, who=who, to=", ".join(names) or phrase(words.EVERYONE), text=message.get("text", ""))
    return one_line(line[:1].upper() + line[1:])


def _messages(look: Look) -> Mapping[str, Tell]:
    found: dict[str, Tell] = {}
    for message in look.data.get("messages", ()):
        base = f"{message.get('turn')}:{message.get('phase')}:{message.get('from')}:{message.get('to')}:{message.get('text')}"
        key, number = base, 1
        while key in found:
            number += 1
            key = f"{base}#{number}"
        mine = message.get("from") == look.you
        found[key] = (lambda: "") if mine else _said(look, message)
    return found


def _said(look: Look, message: Body) -> Tell:
    return lambda: message_line(look, message, words.MESSAGE)


def _proposal(look: Look, name: str, each: Body) -> Tell:
    if each.get("by") == look.you or look.controls:
        return lambda: ""
    return lambda: phrase(words.PROPOSED, name=look.name(name), who=look.title(each.get("by")))


def _suggestions(look: Look) -> Mapping[str, Tell]:
    team = Team.of(look)

    def tell(each: Body) -> Tell:
        mine = team.is_mine(each)
        state = f"{team.state(each)}."
        return lambda: "" if mine else phrase(words.SUGGESTED, who=each.get("by"), words=each.get("words"), state=state)

    return {str(each.get("number")): tell(each) for each in team.suggestions}


def _desk(look: Look) -> Mapping[str, Mapping[str, Tell]]:
    """What a facilitator is told of beside."""
    hall = Hall.of(look.glance)
    stops = [str(each.get("name") or hall.name(each.get("table"))) for each in hall.stopped]
    people = [each for each in hall.people if each.get("seat") not in (PUBLIC, WHITE_CELL) and not each.get("bot")]
    return {
        "door": {str(each["request"]): _named(words.DOOR, name=each["name"]) for each in hall.lobby},
        "armed": {str(each["entry"]): _named(words.ARMED, title=each["title"]) for each in armed(look)},
        "petitions": {
            str(each["number"]): _named(words.PETITION, who=look.title(each["seat"]), what=f"{str(each['what']).rstrip('.')}.")
            for each in petitions(look, "waiting")
        },
        "stop": {each: _named(words.STOPPED, where=each) for each in stops},
        "people": {
            f"{each['person']}|{each['name']}": _named(words.CAME, name=each["name"])
            for each in people
            if each.get("connected")
        },
    }


def _named(template: str, **values: object) -> Tell:
    return lambda: phrase(template, **values)


def _left(look: Look, key: str) -> str:
    return phrase(words.GONE, name=key.partition("|")[2])


GOES: Mapping[str, Callable[[Look, str], str]] = {"people": _left}


def waiting_words(count: int) -> str:
    """How much waits to be heard."""
    return phrase(words.WAITING_ONE) if count == 1 else phrase(words.WAITING_MANY, count=count)


def one_line(text: str) -> str:
    """A text without line breaks: nobody can make theirs look like a line of somebody else's."""
    return " ".join(text.split())
