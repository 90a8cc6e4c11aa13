"""Acts a class out: students with real client sessions at the tables of a real `wargame host`.

`python tools/act_class.py --auto` plays a whole lesson with a facilitator by script; without `--auto` it prints how to open
the console and plays the students at a pace (`--speed`) that a person at the console can follow.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.acting.cast import World, cast, roster  # noqa: E402
from tools.acting.facilitator import Facilitator  # noqa: E402
from tools.acting.scenes import Scenes  # noqa: E402
from tools.acting.student import Student  # noqa: E402
from wargame.cli.opening import open_scenario  # noqa: E402
from wargame.client.address import Address  # noqa: E402
from wargame.client.door import Stage  # noqa: E402
from wargame_server.journal.chronicle import read_chronicles  # noqa: E402

HOST = [sys.executable, "-c", "from wargame.cli.main import main; main()", "host"]


@frozen
class Hosted:
    """What the host has printed."""

    code: str
    port: int
    secret: str

    @property
    def address(self) -> Address:
        """Where students go."""
        return Address("127.0.0.1", self.port, self.code)


@contextmanager
def hosted(scenario: str, tables: int, people: Path, journal: Path, log: Path) -> Iterator[Hosted]:
    """A server in a process of its own, as a teacher starts it."""
    command = [*HOST, scenario, "--tables", str(tables), "--roster", str(people), "--journal", str(journal)]
    command += ["--host", "127.0.0.1", "--port", "0", "--no-console", "--new"]
    with log.open("w") as errors:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            assert server.stdout is not None, "its output is a pipe"
            said = ""
            for line in server.stdout:
                said += line
                if line.startswith("Serving"):
                    break
            found = re.search(r"wargame join ([A-Z0-9]{4}-[A-Z0-9]{4})@", said), re.search(r"port (\d+)", said)
            secret = re.search(r"Facilitator secret[^:]*: (\S+)", said)
            if found[0] is None or found[1] is None or secret is None:
                raise RuntimeError(f"The host did not come up:\n{said}{log.read_text()}")
            yield Hosted(found[0][1], int(found[1][1]), secret[1])
        finally:
            server.terminate()
            server.wait()


async def act(asked: argparse.Namespace, folder: Path, journal: Path) -> list[str]:
    """The whole lesson; what went wrong."""
    _, program = open_scenario(asked.scenario)
    world = World(asked.speed, asked.seed)
    seats = [seat for seat in program.seats if not program.scenario.seats[seat].optional]
    parts = cast(seats, asked.tables, asked.students, program.scenario.turns.count, asked.seed)
    people = folder / "roster.csv"
    people.write_bytes(roster(parts))
    with hosted(asked.scenario, asked.tables, people, journal, folder / "server.log") as host:
        students = [Student(part, world, host.address, program, folder / f"student{part.number}") for part in parts]
        tasks = [asyncio.create_task(student.run()) for student in students]
        failed: list[str] = []

        def reviewed() -> bool:
            return all(student.noted or student.session.connection.stage is Stage.CLOSED for student in students)

        if asked.auto:
            facilitator = Facilitator(world, host.address, host.secret, parts)
            try:
                await facilitator.run(lambda each: Scenes(each).all(), reviewed)
            except (TimeoutError, AssertionError) as fault:
                failed.append(f"{type(fault).__name__}: {fault}")
            failed += facilitator.failed
            world.say(f"{len(facilitator.played)} scenes were played.")
        else:
            world.say(f"Students are coming to {host.address}.")
            world.say(f"Open the console: wargame join 127.0.0.1:{host.port} --secret {host.secret}")
            while not reviewed():
                await asyncio.sleep(1)
        for student in students:
            student.home = True
            student.poke()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    failed += [f"{part.name}: {fault!r}" for part, fault in zip(parts, ended, strict=True) if isinstance(fault, BaseException)]
    failed += lost(world, journal)
    for (do, code), count in sorted(world.tally.items()):
        reason = f"   {world.reasons[do, code]}" if code != "done" else ""
        world.say(f"{count:6} {do}: {code}{reason}")
    return failed


def lost(world: World, journal: Path) -> list[str]:
    """Where the journal does not hold, row for row, what was acknowledged to a student; a sentence each."""
    kept: Counter[str] = Counter()
    for chronicle in read_chronicles(journal):
        kept.update(entry.person for entry in chronicle.entries if entry.person and entry.seq > chronicle.copied)
    wrong = [
        f"{count} commands of {person} were acknowledged, {kept[person]} are in the journal"
        for person, count in world.done.items()
        if person and not count <= kept[person] <= count + world.unsure[person]
    ]
    if not wrong:
        world.say(
            f"All {sum(count for person, count in world.done.items() if person)} commands acknowledged are in the journal."
        )
    return wrong


def main() -> int:
    """Reads what is asked, acts, and tells where the journal is; 1 when something went wrong."""
    reader = argparse.ArgumentParser(description="Acts a class out at a real server.")
    reader.add_argument("--scenario", default="five_questions")
    reader.add_argument("--tables", type=int, default=5)
    reader.add_argument("--students", type=int, default=40)
    reader.add_argument("--speed", type=float, default=1.0, help="How many times faster than people (1).")
    reader.add_argument("--seed", default="class")
    reader.add_argument("--auto", action="store_true", help="The facilitator is acted out too.")
    reader.add_argument("--journal", type=Path, help="Where the games are kept (a temporary folder).")
    asked = reader.parse_args()
    journal = asked.journal or Path(tempfile.mkdtemp(prefix="class-")) / "class.sqlite3"
    with tempfile.TemporaryDirectory(prefix="class-") as folder:
        failed = asyncio.run(act(asked, Path(folder), journal))
    for each in failed:
        print(f"FAILED {each}")
    print(f"The journal is {journal}.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
