"""A sitting at the line mode reads as the transcripts here: what is typed, and what is said, word for word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.client import sample, sample_class
from tests.client.plain.typist import sitting
from tests.client.scripted import ScriptedDoor

HERE = Path(__file__).parent / "transcripts"


def player() -> ScriptedDoor:
    door = ScriptedDoor("washington", sample.catalog(), sample.view(), sample.offers())
    door.answers = sample.answers
    return door


def orders() -> ScriptedDoor:
    door = ScriptedDoor("washington", sample.catalog(), sample.view(phase="rooms"), sample.offers("rooms"))
    door.answers = sample.answers
    return door


PLAYER = """where
situation
cards
read 1
answer 1 1
They are ours.
6o
60
yes
map
map 2
about escalation
news
news 1
turn 3
talk
say Good morning.
to mexico: one word.
to nobody at all
who
deals
briefing
score
motion
result
done
yes
rea
x

stop
yes
s
nowhere
help answer
quit

"""
ORDERS = """orders
odds 2
order 3
?1
2
Named at last.
yes
order 8
?1

drop
deals
sign 1
yes
propose

give 1
1
yes
"""
DESK = """desk
people
people 3
3
approve 1
1
seat 1
5

timeline
release 1
yes
release 2
hold 5
They are not ready.
retime 5
6
shift 5
1
yes
skip 5
Too much for today.
correct 3

They marched.
.
A slip of the pen.
yes
recall 3
3
By mistake.
shelf tariff
cue 1
fire 1
yes
rulings
rule 1
55
escalation -1


They talk.

yes
yes
defer 1
Later.
override escalation
5
They misread it.
yes
happen
The Pope calls.
nonsense
.
For calm.
2
escalation -1
.
yes
yes
view 1
meters
cover 1

nudge ana
Less is more.
record
rewind 2
We misread the card.
tables
tables 2
table 2
compare

write

codes
invite 4
announce Five minutes.
extend
1
pause
advance
yes
act 1

end
1
The bell rings.
stopped
note
"""
SITTINGS = {"player": (player, PLAYER), "orders": (orders, ORDERS), "facilitator": (sample_class.facilitator, DESK)}


@pytest.mark.parametrize("name", SITTINGS)
async def test_a_sitting_reads_as_it_did(name: str, tmp_path: Path) -> None:
    make, typed = SITTINGS[name]
    door = make()
    async with sitting(door, tmp_path) as sat:
        await sat.typist.type(*typed.splitlines())
        told = "\n".join(sat.typist.said) + "\n"
    told += "".join(f"SENT {body} as of {seen}\n" for body, seen in door.commands)
    told += "".join(f"MANAGED {body}\n" for body in door.managed)
    file = HERE / f"{name}.txt"
    if os.environ.get("WARGAME_REGOLDEN"):
        HERE.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")
