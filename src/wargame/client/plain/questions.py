"""The dialogs of the screens as questions on lines: the same words, the same answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from wargame.client.content import offered
from wargame.client.plain import words
from wargame.client.plain.spoken import spoken
from wargame.client.speech import phrase
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import Field, Form
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.dialogs.spare import Spare
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.widgets.picker import Row
from wargame.wire.plain import clean

if TYPE_CHECKING:
    from wargame.client.plain.client import PlainClient

YES = frozenset({"yes", "y"})
END = "."  # a line that ends several lines
KEEP = "="  # takes what is kept
EMPTY = "-"  # empties a field
LONG = 3  # rows of a field on the screens from which on it takes several lines here


def read_out(client: PlainClient, screen: Screen[Any]) -> None:
    """Says a page."""
    assert isinstance(screen, Notice), type(screen)
    client.say(f"{screen.heading}:")
    client.say(screen.text)


async def put(client: PlainClient, screen: Screen[Any]) -> object:
    """Asks what a dialog asks; its answer, None for going back."""
    match screen:
        case Choose():
            return await _choose(client, screen)
        case Confirm():
            return await _confirm(client, screen)
        case Write():
            return await _write(client, screen)
        case Form():
            return await _form(client, screen)
        case Spare():
            return await _spare(client, screen)
    read_out(client, screen)
    return None


# -- yes or no --------------------------------------------------------------------------------------------------------


async def sure(client: PlainClient, yes: str) -> bool:
    """Asks for the second yes; anything else is a no."""
    client.tell(words.YES_NO, yes=yes)
    answer = await client.line()
    if answer is not None and answer.strip().casefold() in YES:
        return True
    client.tell(words.WENT_BACK)
    return False


async def _confirm(client: PlainClient, dialog: Confirm) -> str | None:
    client.say(dialog.heading)
    client.say(dialog.text)
    why = ""
    if dialog.why:
        why = await _field(client, Field("why", dialog.why, dialog.draft), dialog.kept) or ""
    return why if await sure(client, dialog.yes) else None


# -- one of several ---------------------------------------------------------------------------------------------------


async def _choose(client: PlainClient, dialog: Choose) -> str | None:
    rows = [row for row in dialog.rows if not row.heading]
    if client.ahead:
        found = _ahead(client, dialog, rows, client.ahead.pop(0))
        if found is not None:
            return found
    intro = spoken(dialog.intro) if dialog.intro is not None else []
    if intro[:1] != [dialog.heading]:
        client.say(dialog.heading)
    client.say("\n".join(intro))
    client.numbered(dialog.rows)
    client.tell(words.NUMBER if dialog.about is not None else words.NUMBER_SHORT, verb=dialog.verb)
    if dialog.search:
        client.tell(words.NARROW)
    while (answer := await client.line()) is not None and answer.strip():
        text = answer.strip()
        if text.startswith("?"):
            await _about(client, dialog, rows, text[1:].strip())
            continue
        found = _picked(client, dialog, rows, text)
        if found is not None:
            return found
    client.tell(words.WENT_BACK)
    return None


async def _about(client: PlainClient, dialog: Choose, rows: list[Row], text: str) -> None:
    row = _numbered(client, rows, text)
    if row is not None and row.id in dialog.barred:
        client.tell(words.NOT_NOW, why=dialog.barred[row.id])
    elif row is not None and dialog.about is not None:
        client.say(await dialog.about(row.id))


def _ahead(client: PlainClient, dialog: Choose, rows: list[Row], text: str) -> str | None:
    """The row that was named with the command; None, without a word, where that is none or not one."""
    numbered = [rows[int(text) - 1]] if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= len(rows) else []
    found = numbered or ([] if text.isdecimal() else matching(rows, text))
    return _picked(client, dialog, rows, str(rows.index(found[0]) + 1)) if len(found) == 1 else None


def _picked(client: PlainClient, dialog: Choose, rows: list[Row], text: str) -> str | None:
    """The row that a number or words stand for; says why there is none."""
    if text.isdecimal():
        row = _numbered(client, rows, text)
    else:
        found = matching(rows, text)
        row = found[0] if len(found) == 1 else None
        if row is None:
            some = [f"{rows.index(each) + 1}. {'; '.join(spoken(each.content))}" for each in found]
            client.say("\n".join(some)) if some else client.tell(words.NONE_FOUND)
    if row is not None and row.id in dialog.barred:
        client.tell(words.NOT_NOW, why=dialog.barred[row.id])
        return None
    return row.id if row is not None else None


def _numbered(client: PlainClient, rows: list[Row], text: str) -> Row | None:
    if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= len(rows):
        return rows[int(text) - 1]
    client.tell(words.NO_SUCH_NUMBER, most=len(rows))
    return None


def matching(rows: list[Row], text: str) -> list[Row]:
    """The rows that hold all these words; those that are nothing else, where there are such."""
    wanted = text.casefold().split()
    plain = [(row, row.content.plain.casefold().strip()) for row in rows]
    exact = [row for row, line in plain if line == text.casefold()] or [
        row for row in rows if row.id.casefold() == text.casefold()
    ]
    return exact or [row for row, line in plain if all(word in line for word in wanted)]


# -- texts ------------------------------------------------------------------------------------------------------------


def _cut(client: PlainClient, text: str, most: int) -> str:
    text = clean(text, newlines=True)
    if len(text) > most:
        client.tell(words.TOO_LONG, most=most)
    return text[:most]


async def _write(client: PlainClient, dialog: Write) -> str | None:
    client.say(dialog.heading)
    client.say(dialog.intro)
    if dialog.draft:
        client.tell(words.KEPT_TEXT, text=dialog.draft)
    client.tell(words.WRITE_KEPT if dialog.draft else words.WRITE_LINE)
    while (answer := await client.line()) is not None and answer.strip():
        text = dialog.draft if answer.strip() == KEEP and dialog.draft else _cut(client, answer, dialog.most)
        if dialog.kept is not None:
            dialog.kept(text)
        wrong = dialog.wrong(text) if dialog.wrong is not None else ""
        if not wrong:
            return text
        client.say(wrong)
    client.tell(words.WENT_BACK)
    return None


async def _field(client: PlainClient, field: Field, kept: Callable[[str], None] | None = None) -> str | None:
    """One field; None where there are no more lines."""
    client.say(label_of(field))
    if field.choices:
        return await _one_of(client, field, kept)
    if field.value:
        client.tell(words.FIELD_STANDS, text=field.value)
    client.tell(words.FIELD_LINE if field.value else words.FIELD_EMPTY)
    while True:
        if field.lines > LONG:
            client.tell(words.FIELD_LINES)
            answer = await lines(client)
        else:
            answer = await client.line()
        if answer is None:
            return None
        bare = answer.strip()
        text = field.value if not bare else "" if bare == EMPTY else _cut(client, answer, field.most).strip()
        if kept is not None:
            kept(text)
        wrong = field.wrong(text)
        if not wrong:
            return text
        client.say(wrong)


def label_of(field: Field) -> str:
    """The label of a field, ending so that a value can follow."""
    label = field.label.strip(".: …")
    return label if label.endswith("?") else f"{label}:"


async def _one_of(client: PlainClient, field: Field, kept: Callable[[str], None] | None) -> str | None:
    client.numbered([phrase(label) for _, label in field.choices])
    client.tell(words.FIELD_LINE if field.value else words.FIELD_EMPTY)
    while True:
        answer = await client.line()
        if answer is None:
            return None
        text = answer.strip()
        if not text:
            return field.value
        if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= len(field.choices):
            value = field.choices[int(text) - 1][0]
            if kept is not None:
                kept(value)
            return value
        client.tell(words.NO_SUCH_NUMBER, most=len(field.choices))


async def lines(client: PlainClient) -> str | None:
    """Several lines, up to one that holds only a dot; an empty first line is nothing, no more lines None."""
    found: list[str] = []
    while (line := await client.line()) is not None:
        if line.strip() == END:
            return "\n".join(found)
        if not found and not line.strip():
            return ""
        found.append(line)
    return None


async def _form(client: PlainClient, dialog: Form) -> Mapping[str, str] | None:
    client.say(dialog.heading)
    if dialog.intro is not None:
        client.say(dialog.intro)
    written: dict[str, str] = {}
    for field in dialog.fields:
        text = await _field(client, field, _keeper(dialog, field))
        if text is None:
            return None
        written[field.id] = text
    while True:
        if dialog.live is not None:
            client.say(await dialog.live(written))
        client.numbered([f"{label_of(field)} {written[field.id] or '-'}" for field in dialog.fields])
        client.tell(words.FORM_END, yes=dialog.yes)
        answer = await client.line()
        text = (answer or "").strip().casefold()
        if text in YES:
            return written
        if not text:
            client.tell(words.WENT_BACK)
            return None
        if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= len(dialog.fields):
            field = dialog.fields[int(text) - 1]
            again = Field(field.id, field.label, written[field.id], field.lines, field.most, field.wrong, field.choices)
            told = await _field(client, again, _keeper(dialog, field))
            if told is None:
                return None
            written[field.id] = told
        else:
            client.tell(words.NO_SUCH_NUMBER, most=len(dialog.fields))


def _keeper(dialog: Form, field: Field) -> Callable[[str], None] | None:
    kept = dialog.kept
    return (lambda text: kept(field.id, text)) if kept is not None else None


async def _spare(client: PlainClient, dialog: Spare) -> frozenset[str] | None:
    client.say(dialog.heading)
    client.say(str(dialog.look.catalog.get("scenario", {}).get("content_note") or ""))
    tags = offered(dialog.look)
    if not tags:
        client.tell(words.CONTENT_NONE)
        return None
    client.tell(words.SPARE_ABOUT)
    mark = phrase(words.SPARE_MARK)
    rows = [f"{each['label']}: {each.get('text') or each.get('warning') or ''}" for each in tags]
    client.numbered([row + (mark if str(each["id"]) in dialog.tags else "") for row, each in zip(rows, tags, strict=True)])
    client.tell(words.SPARE)
    answer = await client.line()
    text = (answer or "").replace(",", " ").split()
    if not text:
        return None
    chosen = [int(each) for each in text if each.isdecimal() and len(each) < 4 and 1 <= int(each) <= len(tags)]
    if text != ["none"] and len(chosen) != len(text):
        client.tell(words.NO_SUCH_NUMBER, most=len(tags))
        return None
    client.tell(words.SPARED)
    return frozenset(str(tags[number - 1]["id"]) for number in chosen)
