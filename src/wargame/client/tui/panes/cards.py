"""The crisis desk: what has happened, and what you answer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static, TextArea

from wargame.client.content import Reading, reading
from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.team import Team
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page, glyphs, owner, say, stance, told
from wargame.client.tui.panes.base import LEAVE, Pane, answered_lines, suggested
from wargame.client.tui.panes.news import story_page
from wargame.client.tui.widgets.brief import answer_words
from wargame.client.tui.widgets.digits import DigitLine
from wargame.client.tui.widgets.note import Note
from wargame.client.tui.widgets.picker import Picker, Row

BELIEF = later("How likely is it that the other side escalates next? 0 to 100")


class CardsPane(Pane):
    """The cards above; below the one under the cursor, its options, your reasons."""

    DEFAULT_CSS = """
    CardsPane #cards { height: auto; max-height: 4; border-bottom: solid $panel; }
    .-tall CardsPane #cards { max-height: 7; }
    CardsPane #card { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    CardsPane #card Picker { height: auto; margin-top: 1; }
    CardsPane #effects { height: auto; padding: 0 1; margin: 0 0 1 1; border-left: outer $panel; }
    CardsPane TextArea { height: 4; border: none; padding: 0 1; background: $panel; }
    CardsPane TextArea:focus { border: none; background: $boost; }
    CardsPane Input { height: 1; border: none; padding: 0 1; background: $panel; }
    CardsPane Input:focus { border: none; background: $boost; }
    CardsPane .label { color: $quiet; height: auto; }
    CardsPane #answering { height: auto; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("cards.answer", ("a",), "answer", "Answer with the option under the cursor (asks first)", "answer"),
        Command("cards.next", ("right", "l"), "next card", "The next card", "step(1)"),
        Command("cards.previous", ("left", "h"), "previous", "The card before", "step(-1)", footer=False),
        Command("cards.why", ("y",), "reasons", "Write your reasons", "aim_at('#rationale')"),
        Command(
            "cards.belief", ("p",), "likelihood", "Say how likely it is that the other side escalates", "aim_at('#belief')"
        ),
        Command("cards.original", ("z",), "own words", "A card as it is, though you are spared it", "original", footer=False),
        LEAVE,
    )  # fmt: skip
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Each card that you answer has options: ▲ escalate, ■ hold, ▼ de-escalate. Move over them to see what "
        "each does, as far as you can know, with its odds; a or Enter asks for the second yes. Your reasons are kept "
        "as you type. A card not answered in time takes its default."
    )
    MAIN = "#options"
    TEXT = "#card"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.card = ""
        self._key = ""
        self._previews: dict[str, Body] = {}
        self._originals: set[str] = set()  # cards that are read as they are, though one asked to be spared

    def compose(self) -> ComposeResult:
        """The list, the card."""
        with Vertical(id="desk"):
            yield Picker(id="cards")
            with VerticalScroll(id="card", can_focus=False):
                yield Note(id="card-text")
                with Vertical(id="answering"):
                    yield Picker(id="options")
                    yield Note(id="effects")
                    yield Static(phrase("Your reasons (y)"), classes="label", markup=False)
                    yield TextArea(id="rationale", show_line_numbers=False, soft_wrap=True, compact=True)
                    yield Static(phrase(BELIEF) + " (p)", classes="label", markup=False)
                    yield DigitLine(id="belief", max_length=3, select_on_focus=False)

    def aim(self) -> None:
        """The options where there is something to answer, else the list."""
        if self.is_mounted:
            answering = self.query_one("#answering")
            self.query_one("#options" if answering.display else "#cards").focus()

    def draw(self, look: Look) -> None:
        """Draws the list and the card."""
        cards = look.data.get("cards", {})
        unanswered, team = look.unanswered, Team.of(look)
        rows = []
        for number, card in cards.items():
            answer = answer_words(look, number)
            if number in unanswered:
                state = (f"{glyphs().arrow} ", "bold $warning")
            elif answer:
                state = (f"{glyphs().check} ", "$success")
            else:
                state = ("  ", "")
            open_ = team.about(f"card {number}")
            more = phrase("  {ring} suggested: {count}", ring=glyphs().ring, count=team.count(open_[0])) if open_ else ""
            rows.append(Row(number, say(state, self._read(look, card).title, (more, "$warning"))))
        rows += [Row(f"gone:{story['card']}", gone_words(story)) for story in taken_back(look)]
        if not rows:
            rows = [Row("none", say((phrase("No cards this turn."), "$quiet")))]
        start = unanswered[0] if unanswered else next(iter(cards), None)
        self.query_one("#cards", Picker).fill(rows, start)
        chosen = self.query_one("#cards", Picker).chosen or ""
        if chosen != self.card:
            self._open(chosen)
        self._draw_card(look)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another card or option is under the cursor."""
        event.stop()
        if event.option_list.id == "cards" and event.option_id != self.card:
            self._open(event.option_id or "")
            if self.look is not None:
                self._draw_card(self.look)
        elif event.option_list.id == "options":
            self._draw_effects()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a card goes to its options; on an option it answers."""
        event.stop()
        if event.option_list.id == "cards":
            if self.query_one("#answering").display:
                self.query_one("#options").focus()
        else:
            self.action_answer()

    def _draft(self, what: str) -> str:
        turn = self.look.turn if self.look is not None else 0
        return f"card.{turn}.{self.card}.{what}"

    def _open(self, number: str) -> None:
        """Brings up a card with the drafts for it."""
        self.card = number
        if "error" in self._previews.get(number, {}):
            del self._previews[number]
        self._key = self._draft("rationale")
        own = Team.of(self.look).own(f"card {number}") if self.look is not None else None
        response = (
            own["body"] if own is not None else (self.look.data.get("responses", {}) if self.look else {}).get(number) or {}
        )
        self.query_one("#rationale", TextArea).text = self.client.draft(self._key) or str(response.get("rationale") or "")
        belief = response.get("belief")
        self.query_one("#belief", Input).value = self.client.draft(self._draft("belief")) or (
            "" if belief is None else str(belief)
        )
        self.query_one("#options", Picker).fill([])
        self.query_one("#card").scroll_home(animate=False)

    def _draw_card(self, look: Look) -> None:
        card = look.data.get("cards", {}).get(self.card)
        answering = self.query_one("#answering")
        asked = any(str(each["card"]) == self.card for each in look.offers("respond"))
        options = (card.get("options") or []) if card is not None and asked else []
        focused = self.screen.focused
        if not options and focused is not None and answering in focused.ancestors:
            self.query_one("#cards").focus()  # before it is hidden: keys must not go to what cannot be seen
        answering.display = bool(options)
        gone = next((story for story in taken_back(look) if f"gone:{story['card']}" == self.card), None)
        if gone is not None:
            self.tell("#card-text", story_page(look, gone).content)
            return
        if card is None:
            words = phrase("Nothing has landed on your desk. Cards come in the card phase.")
            self.tell("#card-text", say((words, "$quiet")))
            return
        team = Team.of(look)
        page = Page().line(card_text(look, card, asked, self._read(look, card)))
        more = suggested(team, f"card {self.card}", record(look, self.card, Page()))
        self.tell("#card-text", (page.gap().line(more.content) if len(more) else page).content)
        offers = {
            str(offer["id"]): offer
            for each in look.offers("respond")
            if str(each["card"]) == self.card
            for offer in each.get("options", ())
        }
        answered = (look.data.get("responses", {}).get(self.card) or {}).get("option")
        rows = []
        for option in options:
            offer = offers.get(str(option["id"]))
            barred = offer is not None and not offer.get("ok", True)
            mark = glyphs().check if option["id"] == answered else " "
            note = phrase("  (default)") if option["id"] == card.get("default") else ""
            note += "".join(
                f"  {glyphs().ring} {', '.join(each['endorsed'])}"
                for each in team.about(f"card {self.card}")
                if each["body"].get("option") == option["id"]
            )
            label = (str(option["label"]), "dim" if barred else "bold")
            why = (f"\n    {offer.get('why')}", "italic $warning") if barred and offer else ""
            rows.append(
                Row(
                    str(option["id"]),
                    say((f"{mark} ", "$success"), stance(option.get("stance")), "  ", label, (note, "$quiet"), why),
                )
            )
        picker = self.query_one("#options", Picker)
        picker.fill(rows, str(answered) if answered else None)
        if options and self.card not in self._previews:
            self._previews[self.card] = {}
            self.work(self._ask(self.card))
        self._draw_effects()

    def _read(self, look: Look, card: Body) -> Reading:
        return reading(look, card, self.client.spared.tags, str(card.get("id")) in self._originals)

    def action_original(self) -> None:
        """Reads the card as it is, or spared again."""
        card = (self.look.data.get("cards", {}) if self.look else {}).get(self.card)
        if self.look is not None and card is not None:
            self._originals ^= {str(card.get("id"))}
            self.draw(self.look)

    async def _ask(self, number: str) -> None:
        self._previews[number] = await self.preview(card=number)
        if number == self.card:
            self._draw_effects()

    def _draw_effects(self) -> None:
        option = self.query_one("#options", Picker).chosen
        self.tell("#effects", self._effects(option) if option else Content(""))

    def _effects(self, option: str) -> Content:
        look, page = self.look, Page()
        card = (look.data.get("cards", {}) if look else {}).get(self.card) or {}
        entry: Body = next((each for each in card.get("options") or () if each["id"] == option), {})
        if entry.get("text"):
            page.line(str(entry["text"]))
        answer = self._previews.get(self.card) or {}
        if not answer:
            page.line((phrase("Asking what it would do …"), "$quiet"))
            return page.content
        page.line(answered_lines(answer if "error" in answer else answer.get("options", {}), option))
        return page.content

    # -- answering ----------------------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Another card."""
        picker = self.query_one("#cards", Picker)
        picker.action_cursor_down() if by > 0 else picker.action_cursor_up()

    def action_aim_at(self, selector: str) -> None:
        """Goes to a field."""
        if self.query_one("#answering").display:
            self.query_one(selector).focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keeps the reasons."""
        event.stop()
        if self._key and self._key == self._draft("rationale"):
            response = (self.look.data.get("responses", {}) if self.look else {}).get(self.card) or {}
            if event.text_area.text != str(response.get("rationale") or ""):
                self.client.keep(self._key, event.text_area.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keeps the likelihood."""
        event.stop()
        if event.value:
            self.client.keep(self._draft("belief"), event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the last field answers."""
        event.stop()
        self.action_answer()

    def action_answer(self) -> None:
        """Asks for the second yes, then answers."""
        if self.look is not None and self.query_one("#answering").display:
            self.work(self._answer(self.look))

    async def _answer(self, look: Look) -> None:
        option, number = self.query_one("#options", Picker).chosen, self.card
        card = look.data.get("cards", {}).get(number)
        if option is None or card is None:
            return
        offer = next((each for each in look.offers("respond") if str(each["card"]) == number), None)
        allowed = next((each for each in (offer or {}).get("options", ()) if each["id"] == option), None)
        if offer is None or (allowed is not None and not allowed.get("ok", True)):
            why = str(
                (allowed or {}).get("why")
                or (
                    phrase("You have sealed; press e to open your answers again.")
                    if look.sealed
                    else phrase("This card cannot be answered now.")
                )
            )
            self.notify(why, markup=False, severity="warning", timeout=4)
            return
        belief, wrong = read_belief(self.query_one("#belief", Input).value)
        if wrong:
            self.notify(wrong, markup=False, severity="warning", timeout=4)
            self.query_one("#belief").focus()
            return
        entry: Body = next(each for each in card["options"] if each["id"] == option)
        rationale = self.query_one("#rationale", TextArea).text.strip()
        keys = (self._draft("rationale"), self._draft("belief"))
        page = (
            Page()
            .line(stance(entry.get("stance")), "  ", (str(entry["label"]), "bold"))
            .gap()
            .line(self._effects(option))
            .gap()
        )
        page.line(
            (phrase("Reasons: "), "$quiet"), rationale or (phrase("none written (they count in the debrief)"), "$warning")
        )
        if belief is not None:
            page.line((phrase("Likelihood: "), "$quiet"), phrase("{belief} in 100", belief=belief))
        title, yes = self._read(look, card).title, Team.of(look).verb(phrase("answer with this"))
        if await self.app.push_screen_wait(Confirm(phrase("Answer “{title}”?", title=title), page.content, yes)) is None:
            return
        body = {"do": "respond", "card": offer["card"], "option": option, "rationale": rationale, "belief": belief}
        if await self.send(body, look.seen, phrase("Answered. You can change it until you seal.")):
            self.client.done(*keys)
            if self.query_one("#answering").display:
                self.query_one("#options").focus()
            if self.look is not None and self.look.unanswered:
                self.query_one("#cards", Picker).go(self.look.unanswered[0])


def card_text(look: Look, card: Body, asked: bool = True, read: Reading | None = None) -> Content:
    """A card as it reads: title, whom it addresses, text, and what is known of the answers to it.

    `asked`: whether the viewer can still answer it; `read`: its words for who wants to be spared some.
    """
    read = read or reading(look, card)
    page = Page().line((read.title, "bold $accent"))
    if card.get("corrected"):
        page.line((phrase("The facilitator has corrected this card: these words hold."), "bold $warning"))
    to = [seat for seat in card.get("to") or () if seat != look.you]
    parts: list[Content | str | tuple[str, str]] = []
    for seat in to:
        parts += [(", " if parts else "", ""), owner(look, seat)]
    if parts:
        page.line((phrase("Also asked: ") if look.you in (card.get("to") or ()) else phrase("Asked: "), "$quiet"), *parts)
    for name, label in (card.get("bound") or {}).items():
        page.line((f"{str(name).capitalize()}: ", "$quiet"), str(label))
    page.gap()
    if read.warning:
        key = phrase("  ({how}: its own words)", how=how("original")) if read.spared else ""
        page.line((f"{glyphs().lost} {read.warning}", "$warning"), (key, "bold $accent")).gap()
    page.line(read.text)
    answers = look.answers(card)
    if answers:
        page.heading(phrase("What was answered"))
        for story in answers:
            page.line(stance(story.get("stance")), "  ", (str(story.get("head", "")), "bold"))
            for line in story.get("lines") or ():
                page.line(told(str(line[-2]), str(line[-1]), 1))
    if not card.get("options"):
        page.gap().line((phrase("You do not answer this one."), "$quiet"))
    elif not asked and not answers:
        page.gap().line((phrase("It cannot be answered now."), "$quiet"))
    return page.content


def record(look: Look, number: str, page: Page) -> Page:
    """What the seat has answered, who decided it, why, and what it expects of the other side: one record."""
    response = look.data.get("responses", {}).get(number)
    if not response:
        return page
    label = answer_words(look, number)
    page.line((phrase("{check} Your seat's answer: ", check=glyphs().check), "$success"), (label, "bold"))
    page.line((phrase("Decided by: "), "$quiet"), decided_by(look, label))
    page.line((phrase("Reasons: "), "$quiet"), str(response.get("rationale") or phrase("none written")))
    belief = response.get("belief")
    page.line(
        (phrase("The other side escalates: "), "$quiet"),
        phrase("not said") if belief is None else phrase("{belief} in 100", belief=belief),
    )
    return page


def decided_by(look: Look, label: str) -> str:
    """Who of the seat decided on an answer: its one player, or the team, with those whom the story of the adoption names."""
    if not Team.of(look).members:
        return "you"
    for story in reversed(look.data.get("feed", ())):
        if story.get("kind") == "team" and story.get("turn") == look.turn and label in str(story.get("head", "")):
            return " ".join((phrase("your team."), *(str(line[-1]) for line in story.get("lines") or ())))
    return phrase("your seat")


def taken_back(look: Look) -> list[Body]:
    """The stories of cards that came this turn and do not lie on the table any more."""
    here = {card.get("id") for card in look.data.get("cards", {}).values()}
    told = {
        str(story["card"]): story
        for story in look.data.get("feed", ())
        if story.get("kind") == "card" and story.get("card") and story.get("turn") == look.turn
    }
    return [story for card, story in told.items() if card not in here]


def gone_words(story: Body) -> Content:
    """A card that was taken back, on one line."""
    return say((f"{glyphs().cross} ", "$quiet"), (str(story.get("head", "")), "dim"))


def read_belief(text: str) -> tuple[int | None, str]:
    """A likelihood as typed, and what is wrong with it."""
    words = text.strip().removesuffix("%").strip()
    if not words:
        return None, ""
    if words.isdecimal() and 0 <= int(words) <= 100:
        return int(words), ""
    return None, phrase("The likelihood is a whole number from 0 to 100, or nothing.")
