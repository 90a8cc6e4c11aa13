"""The team of a seat as one of its members knows it: who is there, what is suggested, what still wants whom. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import later, phrase

RULES: Mapping[str, str] = {
    "captain": later("The captain decides, with one other member."),
    "majority": later("More than half of those present decide, two at least."),
    "objection": later("A suggestion stands unless somebody objects in time."),
}
LATER = later("You can change it until the phase ends.")
# What a member does without the team.
ALONE = frozenset({"say", "petition", "dissent", "note", "vote", "stop", "object", "withdraw"})


@frozen
class Team:
    """The people who share the viewer's seat. `me`: the viewer's own id among them. Empty where nobody shares it."""

    me: str = ""
    rule: str = ""
    captain: str = ""
    together: bool = False
    members: Sequence[Body] = ()
    suggestions: Sequence[Body] = ()
    offers: Sequence[Body] = ()

    @classmethod
    def of(cls, look: Look) -> Team:
        """The team in a look; an empty one for who facilitates or watches."""
        told = look.data.get("team") or {}
        if not look.plays or not told.get("members"):
            return cls()
        voices = [offer for offer in look.glance.offers if offer.get("do") in ("endorse", "object", "withdraw")]
        return cls(
            look.glance.person,
            str(told.get("rule", "")),
            str(told.get("captain", "")),
            bool(told.get("together")),
            told["members"],
            told.get("suggestions") or (),
            voices,
        )

    @property
    def present(self) -> list[Body]:
        """The members who are here."""
        return [member for member in self.members if member.get("present")]

    @property
    def rule_words(self) -> str:
        """How the team decides, in a sentence."""
        return phrase(RULES.get(self.rule, ""))

    @property
    def mine(self) -> Body:
        """The viewer's own entry among the members."""
        return next((member for member in self.members if member.get("person") == self.me), {})

    def name(self, person: object) -> str:
        """What a member is called."""
        return next((str(member["name"]) for member in self.members if member.get("person") == person), "")

    # -- suggestions --------------------------------------------------------------------------------------------------

    def suggestion(self, number: object) -> Body | None:
        """The suggestion of that number, if it still lies on the table."""
        return next((each for each in self.suggestions if str(each.get("number")) == str(number)), None)

    def about(self, subject: str) -> list[Body]:
        """What is suggested on a subject (`card 3`, `orders`), the most endorsed first."""
        found = [each for each in self.suggestions if each.get("about") == subject]
        return sorted(found, key=lambda each: -len(each.get("endorsed") or ()))

    def own(self, subject: str) -> Body | None:
        """The viewer's own suggestion on a subject."""
        return next((each for each in self.suggestions if each.get("about") == subject and self.is_mine(each)), None)

    def is_mine(self, suggestion: Body) -> bool:
        """Whether the viewer has made it."""
        return bool(self.me) and suggestion.get("person") == self.me

    def backs(self, suggestion: Body) -> bool:
        """Whether the viewer is for it."""
        return self.mine.get("name") in (suggestion.get("endorsed") or ())

    def may(self, do: str, suggestion: Body) -> bool:
        """Whether the viewer can `endorse`, `object` to or `withdraw` it."""
        return any(
            offer.get("do") == do and offer.get("number") == suggestion.get("number") and self.me in (offer.get("people") or ())
            for offer in self.offers
        )

    @property
    def wanting(self) -> list[Body]:
        """The suggestions of others on which the viewer has not said anything."""
        return [each for each in self.suggestions if self.may("endorse", each) and self.may("object", each)]

    def count(self, suggestion: Body) -> str:
        """`1 of 3`: how many are for it, of those present."""
        return phrase("{count} of {count2}", count=len(suggestion.get("endorsed") or ()), count2=len(self.present))

    def state(self, suggestion: Body, now: int | None = None) -> str:
        """`1 of 3; one more has to endorse it`, with the seconds left where it stands unless somebody objects."""
        words = f"{self.count(suggestion)}; {suggestion.get('needs', '')}".rstrip("; ")
        due = suggestion.get("due")
        if isinstance(due, int) and now is not None:
            words += phrase(", {due} s left", due=max(0, -(-(due - now) // 1000)))
        return words

    def enough(self, suggestion: Body) -> bool:
        """Whether the viewer's endorsement is the last that it needs."""
        names = {self.mine.get("name"), *(suggestion.get("endorsed") or ())}
        if self.rule == "captain":
            return self.name(self.captain) in names and len(names) >= 2
        here = sum(member.get("name") in names for member in self.present)
        return here >= 2 and 2 * here > len(self.present)

    def verb(self, alone: str, together: str = later("put it to your team")) -> str:
        """What a yes does: `alone` what it does for who has the seat alone."""
        return phrase(together) if self.together else alone


def told(before: Team, after: Team, done: str) -> str:
    """What to say once a command went through: `done`, or what became of it as a suggestion to the team.

    `before`, `after`: the team as it was when the command was sent, and as it is now.
    """
    if not before.together:
        return done
    known = {each.get("number"): each for each in before.suggestions}
    fresh = [each for each in after.suggestions if after.backs(each) and known.get(each.get("number")) != each]
    if fresh:
        made = fresh[-1]
        words = (
            phrase("Put to your team") if after.is_mine(made) else phrase("You are for what {by} suggested", by=made.get("by"))
        )
        return f"{words}: {after.state(made)}."
    if any(after.suggestion(number) is None for number in known):
        return ""  # agreed on: the story of it is told to everybody in the seat
    return phrase("It lies on your team's table already.") if after.together else done
