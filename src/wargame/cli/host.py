"""`wargame host`: a class of tables on the local network, and the facilitator's console."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from wargame.cli.journals import journal_for
from wargame.cli.person import person_options, plain_option

if TYPE_CHECKING:
    from wargame.rules.program import Program
    from wargame.web.server import WebServer
    from wargame_server.app import Server
    from wargame_server.handles import ClassHandle
    from wargame_server.settings import Expected

PORT = 8765
SPARE_PORTS = 10  # tried after it when another server has it
RIGHTS = ("control", "adjudicator", "evaluator", "observer")  # as in `wargame.wire.rights`, which would cost the help its speed
MOST_TABLES = 60


@frozen
class Asked:
    """What the command line asks of a class."""

    scenario: Path | Mapping[str, str]
    program: Program
    journal: Path
    host: str
    port: int | None
    tables: int
    people: bytes | None
    anew: bool
    timed: bool
    open: bool
    rights: Sequence[str]


@frozen
class Hosted:
    """A class that is served: `secret` is the facilitator's; `invited` secrets by right; `again`: it was begun earlier."""

    server: Server
    handle: ClassHandle
    secret: str
    invited: Sequence[tuple[str, str]]
    again: bool


class TakenError(Exception):
    """A class that is to go on while another server has the usual port; the text is for people."""


@click.command()
@click.argument("scenario")
@click.option("--tables", default=1, show_default=True, type=click.IntRange(1, MOST_TABLES), help="Tables in the class.")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of who comes: name, seat, table, captain.",
)
@click.option("--new", "anew", is_flag=True, help="Begin a new class, although one is not finished.")
@click.option("--invite", "rights", multiple=True, type=click.Choice(RIGHTS), help="Make a secret for a helper; repeatable.")
@click.option("--announce", is_flag=True, help="Let `wargame join` on this network find the table (needs wargame[lan]).")
@click.option("--host", default="0.0.0.0", show_default=True, help="Address to listen on; 127.0.0.1 for this machine only.")
@click.option("--port", type=click.IntRange(0, 65535), help=f"Port to listen on; {PORT} or the next free one if not given.")
@click.option("--journal", type=click.Path(dir_okay=False, path_type=Path), help="File that keeps the game (made if missing).")
@click.option("--untimed", is_flag=True, help="Phases do not end by the clock.")
@click.option("--open", "admit", is_flag=True, help="The code seats people at once, without your approval.")
@click.option("--language", help="Language of the scenario's texts; its first if not given.")
@click.option("--minutes", type=click.IntRange(5, 24 * 60), help="Cut it to a lesson of so many minutes, as `fit` does.")
@click.option(
    "--fit",
    "fit_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Play it by a plan of `wargame fit`.",
)
@click.option("--web", "with_page", is_flag=True, help="Serve the page for players in a browser too (see `wargame web`).")
@click.option("--no-console", is_flag=True, help="Do not open the console here; serve until interrupted.")
@plain_option
@person_options
def host(
    scenario: str,
    tables: int,
    roster: Path | None,
    anew: bool,
    rights: tuple[str, ...],
    announce: bool,
    host: str,
    port: int | None,
    journal: Path | None,
    untimed: bool,
    admit: bool,
    language: str | None,
    minutes: int | None,
    fit_file: Path | None,
    with_page: bool,
    no_console: bool,
    plain: bool,
) -> None:
    """Open SCENARIO for a class on the local network, say how to join, and open the facilitator's console.

    A class of this scenario that is not finished goes on where it was, with its code and everybody's seats; --new begins
    another. People whose names are on the --roster come to their seats without your approval.
    """
    from wargame.cli.background import Background
    from wargame.cli.lan import NotThereError, announced
    from wargame.cli.opening import open_scenario
    from wargame.web.nursery import NoForkError
    from wargame_server.journal.contract import JournalError
    from wargame_server.listener import AddressInUseError
    from wargame_server.rosters import RosterError

    path, program = open_scenario(scenario, language, _fit(scenario, minutes, fit_file, language))
    place = journal if journal is not None else journal_for(program.scenario.id)
    place.parent.mkdir(parents=True, exist_ok=True)
    people = roster.read_bytes() if roster is not None else None
    asked = Asked(path, program, place, host, port, tables, people, anew, not untimed, admit, rights)
    with_console = not no_console and (plain or (sys.stdin.isatty() and sys.stdout.isatty()))
    try:
        with Background(lambda: _open(asked)) as hosted, ExitStack() as stack:
            page = stack.enter_context(Background(lambda: _page(hosted))).port if with_page else None
            where = _tell(hosted, str(program.scenario.title), place, page, private=not with_console, plain=plain)
            if announce:
                try:
                    stack.enter_context(announced(str(program.scenario.title), hosted.handle.code, where, hosted.server.port))
                except NotThereError as fault:
                    click.echo(f"Not announced: {fault}", err=True)
            if with_console and not _console(hosted, where[0], page, plain):
                return
            _wait(hosted, asked=no_console or with_console)
    except RosterError as fault:
        raise click.ClickException(f"{roster} cannot be used:\n{fault}") from fault
    except (AddressInUseError, JournalError, NoForkError, TakenError) as fault:
        raise click.UsageError(str(fault)) from fault


def _fit(scenario: str, minutes: int | None, file: Path | None, language: str | None) -> str:
    """What is changed in the scenario so that it fits the lesson: from a file, or worked out now and told."""
    from wargame.cli.pacing import fit_to, read_fit_file, told

    if minutes is not None and file is not None:
        raise click.UsageError("--minutes makes a plan and --fit takes one: give one of them.")
    if file is not None:
        return read_fit_file(file)
    if minutes is None:
        return ""
    click.echo("Rehearsing to find what fits; this takes up to half a minute.")
    plan = fit_to(scenario, minutes, pace="usual", language=language)
    for line in told(plan):
        click.echo(line)
    click.echo("")
    return str(plan.fit)


@asynccontextmanager
async def _open(asked: Asked) -> AsyncIterator[Hosted]:
    server = await _started(asked)
    try:
        unfinished = [each for each in await server.kept() if each.is_of(asked.program.scenario.id) and not each.over]
        handle = None
        if unfinished and not asked.anew:
            if asked.port is None and server.port != PORT:
                raise TakenError(
                    f"A class of this scenario is not finished, and another server has port {PORT}: perhaps it hosts that "
                    "class. Stop it first; or say --new for another class, or --port for another port."
                )
            handle = await server.resume(unfinished[-1])
        again = handle is not None
        if server.lost and not asked.anew and not again:
            raise TakenError(
                "The journal holds games that cannot be brought back: "
                + " ".join(f"{game}: {why}" for game, why in server.lost.items())
                + " Nothing was changed. Say --new to begin another class beside them, or --journal for another file."
            )
        expected = _expected(asked, handle)
        if handle is None:
            handle = await server.create_class(asked.scenario, tables=asked.tables, timed=asked.timed, open=asked.open)
        classroom = handle.classroom
        # Where a table is lost, an empty one in its place would look like it.
        while len(classroom.tables) < asked.tables and not (again and server.lost):
            await classroom.open_table(classroom)
        if expected is not None:
            await handle.expect(expected)
        secret = handle.secret or await handle.invite("control")
        invited = [(right, await handle.invite(right)) for right in asked.rights]
        server.door.ready = True
        yield Hosted(server, handle, secret, invited, again)
    finally:
        await server.stop()


async def _started(asked: Asked) -> Server:
    """A server that brings nothing back by itself: a class of last week must not play on without anybody."""
    from wargame_server.app import Server
    from wargame_server.listener import AddressInUseError

    ports = [asked.port] if asked.port is not None else [*range(PORT, PORT + SPARE_PORTS), 0]
    for each in ports[:-1]:
        server = Server(asked.journal, host=asked.host, port=each, resume=False)
        try:
            await server.start()
            return server
        except AddressInUseError:
            continue
    server = Server(asked.journal, host=asked.host, port=ports[-1], resume=False)
    await server.start()
    return server


def _expected(asked: Asked, handle: ClassHandle | None) -> Sequence[Expected] | None:
    """The people on the list, if there is one. Raises RosterError, before anything is opened."""
    from wargame_server.rosters import read_roster

    names = [table.table.settings.name for table in handle.tables] if handle is not None else []
    names += [f"Table {number}" for number in range(len(names) + 1, asked.tables + 1)]
    return read_roster(asked.people, asked.program, names) if asked.people is not None else None


def _page(hosted: Hosted) -> AbstractAsyncContextManager[WebServer]:
    """The page for players in a browser, for as long as the class is served."""
    from wargame.cli.web import page_for
    from wargame.client.address import Address

    host = hosted.server.host
    return page_for(Address("127.0.0.1" if host in ("0.0.0.0", "::") else host, hosted.server.port, hosted.handle.code), host)


def _tell(hosted: Hosted, title: str, journal: Path, page: int | None, *, private: bool, plain: bool) -> list[str]:
    """Writes all there is to know; the addresses. Not `private`: this screen may be on the wall, and your console opens by
    itself, so your own secret is not on it."""
    from wargame.cli.invitation import addresses_of, invitation

    addresses = addresses_of(hosted.server.host)
    count = len(hosted.handle.tables)
    tables = "one table" if count == 1 else f"{count} tables"
    if hosted.again:
        click.echo(f"{title}: the class that was not finished goes on ({tables}). To begin another, use --new.")
    else:
        click.echo(f"{title}: {tables}.")
    for line in invitation(addresses, hosted.server.port, hosted.handle.code, page, plain=plain):
        click.echo(line)
    if private:
        click.echo(f"Facilitator secret (yours alone): {hosted.secret}")
        _tell_invited(hosted)
    for game, why in hosted.server.lost.items():
        click.echo(f"ONE GAME COULD NOT BE BROUGHT BACK, {game}: {why} The others go on.", err=True)
    click.echo(f"The game is kept in {journal}.")
    return addresses


def _tell_invited(hosted: Hosted) -> None:
    for right, secret in hosted.invited:
        click.echo(f"Secret for {_article(right)}: {secret}")


def _article(right: str) -> str:
    return f"{'an' if right[0] in 'aeo' else 'a'} {right}" if right != "control" else "another facilitator"


def _console(hosted: Hosted, address: str, page: int | None, plain: bool) -> bool:
    """The facilitator's console, until it is left; whether to serve on. `address`: where others reach this machine; `page`:
    the port of the page for players in a browser."""
    if not plain:
        if hosted.invited:
            click.pause("Press any key for your helpers' secrets; nobody else should see this screen then.")
            _tell_invited(hosted)
        click.pause("Press any key to open your console.")
    from wargame.cli.invitation import page_links
    from wargame.cli.watch import watching
    from wargame.client.address import Address
    from wargame.client.run import run_client

    code = hosted.handle.code
    link = page_links([address], page, code)[0] if page is not None else None
    beside = watching(Address(address, hosted.server.port, code), (), link)
    target = f"127.0.0.1:{hosted.server.port}"
    run_client(target, secret=hosted.secret, name="Facilitator", remember=False, watching=beside, plain=plain)
    if not sys.stdin.isatty():
        return False  # the lines of a script are over
    return not click.confirm("Stop serving? Everybody is disconnected; the game is kept and can go on later.", default=True)


def _wait(hosted: Hosted, *, asked: bool) -> None:
    """Serves until interrupted, having said how to come to the console."""
    import signal
    from threading import Event

    if not asked:
        click.echo("There is no terminal here for the console.")
    click.echo(f"Open the console in a terminal: wargame join 127.0.0.1:{hosted.server.port} --secret SECRET")
    click.echo("Serving; interrupt to stop.")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)  # else the system ends it without a goodbye
    try:
        Event().wait()
    except KeyboardInterrupt:
        click.echo("Stopped; the game is kept.")
