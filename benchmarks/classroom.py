"""A class of 40 and a school of 400 at their tables of eight, beside a bare broadcast of the same shape.

The bare server sends frames of the same bytes to the same eight; it decides nothing, keeps nothing and forgets nothing. Servers
and clients are a process each; times are those of the clients. During the course every class goes on to its next phase once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from time import perf_counter

from attrs import define, field
from websockets.asyncio.client import ClientConnection

from measure import percentile, process, table
from pupils import MARK, PAUSE, Pupil, open_socket
from wargame.wire import messages as wire

SHAPES = ((1, 5), (10, 5))  # classes, tables of each
TABLE = 8
COURSE = 20.0  # seconds that a class is watched
RUSH = 6.0  # seconds that every table has a command under way
UPDATE = 330  # bytes of a word to the table, about

HERTZ = os.sysconf("SC_CLK_TCK")


def memory(process_id: int) -> float:
    """KiB that a process holds."""
    lines = Path(f"/proc/{process_id}/status").read_text(encoding="ascii").splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


def processor(process_id: int) -> float:
    """Seconds of processor time that a process has had."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / HERTZ


@define
class Count:
    """What was sent and has not arrived everywhere; and how long it took what has."""

    waiting: dict[int, tuple[float, int]] = field(factory=dict)  # mark: since when, and how many have not got it
    sent: dict[str, float] = field(factory=dict)
    everywhere: list[float] = field(factory=list)  # ms to the last at the table
    answers: list[float] = field(factory=list)  # ms to the acknowledgement
    refused: int = 0
    rush: dict[str, asyncio.Event] = field(factory=dict)
    marks: int = 0

    def mark(self) -> int:
        """A new mark."""
        self.marks += 1
        return self.marks

    def sends(self, mark: int, to_all: bool) -> None:
        """Something is sent now."""
        now = perf_counter()
        self.sent[str(mark)] = now
        if to_all:
            self.waiting[mark] = now, TABLE

    def seen(self, mark: int, now: float) -> None:
        """Somebody has it."""
        if mark not in self.waiting:
            return
        since, missing = self.waiting.pop(mark)
        if missing > 1:
            self.waiting[mark] = since, missing - 1
        else:
            self.everywhere.append(1000 * (now - since))
            self.done(str(mark) + "!")

    def answered(self, number: str, now: float, acknowledged: bool) -> None:
        """The server has answered."""
        since = self.sent.pop(number, None)
        if since is None:
            return
        if acknowledged:
            self.answers.append(1000 * (now - since))
        else:
            self.refused += 1
            self.waiting.pop(int(number), None)
        self.done(number)

    def done(self, number: str) -> None:
        """Whoever waits for this goes on."""
        event = self.rush.pop(number, None)
        if event is not None:
            event.set()

    def clear(self) -> None:
        """A new measurement begins."""
        self.waiting.clear()
        self.sent.clear()
        self.everywhere, self.answers, self.refused = [], [], 0


@define
class Result:
    """What came out of one server."""

    everywhere: list[float]
    answers: list[float]
    refused: int
    rate: float  # acknowledged commands, or whole broadcasts, a second
    cost: float  # ms of the server's processor time each
    memory: float  # KiB a connection
    back: list[float]  # ms until each was in again, of all who came at once
    frames: str = ""


async def spread(people: int, act: Callable[[int], Awaitable[None]], luck: Random, seconds: float = COURSE) -> None:
    """Lets people act at random moments, each every `PAUSE` seconds or so. Who falls behind is not waited for."""
    start = perf_counter()
    moment = 0.0
    while (moment := moment + luck.expovariate(people / PAUSE)) < seconds:
        await asyncio.sleep(max(0.0, start + moment - perf_counter()))
        await act(luck.randrange(people))
    await asyncio.sleep(1)


async def at_once(come: Sequence[Callable[[], Awaitable[None]]]) -> list[float]:
    """Milliseconds until each is in, of all who come at the same moment."""
    start = perf_counter()

    async def one(each: Callable[[], Awaitable[None]]) -> float:
        await each()
        return 1000 * (perf_counter() - start)

    return list(await asyncio.gather(*map(one, come)))


async def ours(scenario: str, classes: int, tables: int) -> tuple[Result, int]:
    """Our server with everybody in; also the bytes of a welcome to who comes back."""
    with process("class_server.py", scenario, str(classes), str(tables)) as line:
        about = json.loads(line)
        count = Count()
        empty = memory(about["process"])

        def client(name: str, token: str | None = None, secret: str | None = None) -> Pupil:
            hello = wire.Hello(name=name, client="benchmark", token=token, secret=secret)
            return Pupil(about["port"], Random(name), hello, count.seen, count.answered)

        groups = [
            [client(f"Pupil {token[:6]}", token=token) for token in keys]
            for each in about["classes"]
            for keys in each["tables"]
        ]
        hosts = [client("Host", secret=each["secret"]) for each in about["classes"]]
        pupils = [pupil for group in groups for pupil in group]
        await asyncio.gather(*(host.come() for host in hosts))
        await asyncio.gather(*(pupil.come() for pupil in pupils))
        held = (memory(about["process"]) - empty) / len(pupils)
        await settled(hosts, 2)  # the set-up ends
        luck = Random(7)

        async def act(who: int) -> None:
            mark = count.mark()
            to_all, command = pupils[who].wish(mark)
            count.sends(mark, to_all)
            await pupils[who].send(command)

        for host in hosts:
            host.read()
            host.heard.clear()
        steps = [asyncio.create_task(later(luck.uniform(0.2, 0.8) * COURSE, host)) for host in hosts]
        await spread(len(pupils), act, luck)
        await asyncio.gather(*steps)
        everywhere, answers, refused = count.everywhere, count.answers, count.refused
        for host in hosts:
            host.read()
        told = sum(host.heard.get("Classroom", 0) for host in hosts) / len(hosts) / COURSE

        count.clear()
        before, start = processor(about["process"]), perf_counter()

        async def rush(group: Sequence[Pupil]) -> None:
            while perf_counter() - start < RUSH:
                mark = count.mark()
                pupil = luck.choice(group)
                to_all, command = pupil.wish(mark)
                event = count.rush[f"{mark}!" if to_all else str(mark)] = asyncio.Event()
                count.sends(mark, to_all)
                await pupil.send(command)
                try:
                    await asyncio.wait_for(event.wait(), 5)
                except TimeoutError:
                    count.refused += 1

        await asyncio.gather(*map(rush, groups))
        took = perf_counter() - start
        rate = len(count.answers) / took
        cost = 1000 * (processor(about["process"]) - before) / len(count.answers)

        await asyncio.gather(*(pupil.go() for pupil in pupils))
        await asyncio.sleep(1)
        back = await at_once([pupil.come for pupil in pupils])
        welcome = pupils[0].welcome
        for each in (*hosts, *pupils):
            await each.go()
    frames = f"{told / 1000:.1f} kB of class frames a second to each facilitator"
    return Result(everywhere, answers, refused, rate, cost, held, back, frames), welcome


async def later(seconds: float, host: Pupil) -> None:
    """After a while the class of a facilitator goes on to the next phase."""
    await asyncio.sleep(seconds)
    await settled([host], 1)


async def settled(hosts: Sequence[Pupil], steps: int) -> None:
    """Ends phases of whole classes."""
    for number in range(steps):
        for host in hosts:
            await host.send(wire.Manage(id=f"on-{number}-{perf_counter()}", body={"what": "all", "body": {"do": "advance"}}))
        await asyncio.sleep(1)


async def bare(tables: int, welcome: int) -> Result:
    """The yardstick: the same frames to the same people."""
    with process("bare.py") as line:
        port, process_id = map(int, line.split())
        count = Count()
        empty = memory(process_id)
        async with AsyncExitStack() as stack:
            people = tables * TABLE
            sockets: dict[int, ClientConnection] = {}
            tasks: dict[int, asyncio.Task[None]] = {}

            async def listen(socket: ClientConnection) -> None:
                async for frame in socket:
                    assert isinstance(frame, bytes), "frames are binary"
                    for mark in MARK.findall(frame[-2000:]):
                        count.seen(int(mark), perf_counter())

            async def come(who: int) -> None:
                sockets[who] = await open_socket(port, f"{who // TABLE}/{welcome}")
                await sockets[who].recv()
                tasks[who] = asyncio.create_task(listen(sockets[who]))

            await asyncio.gather(*map(come, range(people)))
            held = (memory(process_id) - empty) / people
            luck = Random(7)

            async def act(who: int) -> int:
                mark = count.mark()
                count.sends(mark, True)
                await sockets[who].send(f"#{mark}#".encode().ljust(UPDATE))
                return mark

            async def lone(who: int) -> None:
                await act(who)

            await spread(people, lone, luck)
            everywhere = count.everywhere
            count.clear()
            before, start = processor(process_id), perf_counter()

            async def rush(group: int) -> None:
                while perf_counter() - start < RUSH:
                    event = asyncio.Event()
                    count.rush[f"{count.marks + 1}!"] = event
                    await act(group * TABLE + luck.randrange(TABLE))
                    await event.wait()

            await asyncio.gather(*map(rush, range(tables)))
            rate = len(count.everywhere) / (perf_counter() - start)
            cost = 1000 * (processor(process_id) - before) / len(count.everywhere)
            for who in range(people):
                sockets[who].transport.abort()
                tasks[who].cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
            await asyncio.sleep(1)

            def comes(who: int) -> Callable[[], Awaitable[None]]:
                return lambda: come(who)

            back = await at_once([comes(who) for who in range(people)])
            for task in tasks.values():
                task.cancel()
            await stack.aclose()
    return Result(everywhere, everywhere, 0, rate, cost, held, back)


async def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="five_questions")
    scenario = parser.parse_args().scenario
    for classes, tables in SHAPES:
        people = classes * tables * TABLE
        mine, welcome = await ours(scenario, classes, tables)
        theirs = await bare(classes * tables, welcome)
        figures: list[tuple[str, float, float]] = [
            ("a word to the last of its table, p50 (ms)", percentile(mine.everywhere, 0.5), percentile(theirs.everywhere, 0.5)),
            ("p99", percentile(mine.everywhere, 0.99), percentile(theirs.everywhere, 0.99)),
            ("any command to its answer, p50 (ms)", percentile(mine.answers, 0.5), percentile(theirs.answers, 0.5)),
            ("p99", percentile(mine.answers, 0.99), percentile(theirs.answers, 0.99)),
            ("all back at once, p50 (ms)", percentile(mine.back, 0.5), percentile(theirs.back, 0.5)),
            ("the last", max(mine.back), max(theirs.back)),
            ("memory a connection (KiB)", mine.memory, theirs.memory),
            ("commands a second, one under way a table", mine.rate, theirs.rate),
            ("processor time of the server each (ms)", mine.cost, theirs.cost),
        ]
        head = [f"{people} people at {classes * tables} tables", "ours", "bare", "times"]
        rows = [[what, f"{one:.2f}", f"{other:.2f}", f"{one / other if other else 0:.1f}"] for what, one, other in figures]
        print(table(head, rows))
        print(f"{len(mine.everywhere)} words, {len(mine.answers)} commands, {mine.refused} refused; {mine.frames}.")
        print(f"Who comes back is sent {welcome:,} bytes.\n")


if __name__ == "__main__":
    asyncio.run(main())
