"""A server that is killed in the middle of things loses nothing it acknowledged and does nothing twice."""

import asyncio
import os
import random
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed

from wargame.wire import messages as wire

ROUNDS = 4
WAVE = 12  # commands on their way at once


class Process:
    """`wargame serve` in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, url: str, secret: str) -> None:
        self.process = process
        self.url = url
        self.secret = secret

    @classmethod
    async def start(cls, journal: Path, *more: str) -> "Process":
        arguments = ["-m", "wargame.cli.main", "serve", "--port", "0", "--journal", str(journal), "--untimed", *more]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=dict(os.environ)
        )
        assert process.stdout is not None
        url = secret = line = ""
        async with asyncio.timeout(60):
            while not url or "join code" not in line:
                line = (await process.stdout.readline()).decode()
                assert line, "the server says where it listens"
                url = url or "".join(re.findall(r"ws://\S+", line))
            secret = "".join(re.findall(r"secret (\S+)", line))
        return cls(process, url, secret)

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


async def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_done_twice(bench: Any, tmp_path: Path) -> None:
    luck = random.Random(7)
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in bench.tiny.items():
        (folder / name).write_text(text)
    server = await Process.start(tmp_path / "games.sqlite3", "--scenario", str(folder))
    secret = server.secret
    acknowledged: list[str] = []
    pending: list[wire.Command] = []
    number = 0
    for _ in range(ROUNDS):
        boss = await bench.join(server, "Boss", secret=secret)
        assert len(acknowledged) < 100, "the mirror keeps 120 messages"
        doomed = luck.randrange(1, WAVE)
        fresh = [
            wire.Command(id=f"c{number + each}", turn=0, phase="setup", body={"do": "announce", "text": f"c{number + each}"})
            for each in range(WAVE)
        ]
        number += WAVE
        pending += fresh
        heard = 0
        with suppress(ConnectionClosed):
            for command in pending:
                await boss.send(command)
            while heard < doomed:
                message = await boss.hear()
                if isinstance(message, wire.Ack):
                    heard += 1
                    acknowledged.append(message.id)
        await server.kill()
        # What was acknowledged but not read before the kill counts too.
        with suppress(ConnectionClosed):
            while True:
                message = await boss.hear()
                if isinstance(message, wire.Ack):
                    acknowledged.append(message.id)
        pending = [command for command in pending if command.id not in acknowledged]
        server = await Process.start(tmp_path / "games.sqlite3")
    boss = await bench.join(server, "Boss", secret=secret)
    said = [message["text"] for message in boss.mirror.data["messages"]]
    assert set(acknowledged) <= set(said)
    for command in pending:
        await boss.send(command)
        assert isinstance(await boss.answered(command.id), wire.Ack)
    said = [message["text"] for message in boss.mirror.data["messages"]]
    assert sorted(said) == sorted(f"c{each}" for each in range(number))
    await server.kill()


async def test_a_port_in_use_ends_the_command_with_a_sentence(bench: Any, tmp_path: Path) -> None:
    taken = await bench.server()
    arguments = ["-m", "wargame.cli.main", "serve", "--port", str(taken.port), "--journal", str(tmp_path / "games.sqlite3")]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert process.returncode == 2
    assert out == b""
    assert f"Port {taken.port} on 127.0.0.1 is in use" in err.decode().splitlines()[-1]
    assert "Traceback" not in err.decode()
