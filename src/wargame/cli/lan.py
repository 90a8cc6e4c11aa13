"""Tables on the local network: announced and found by multicast DNS, where `zeroconf` is installed (`wargame[lan]`).

Never the only way to a table: many school networks let no multicast through.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from attrs import frozen

SERVICE = "_wargame._tcp.local."
LISTEN = 1.5  # seconds
MOST_FOUND = 20
TITLE_LENGTH = 60


@frozen
class Found:
    """A table somebody announces: what is played there, and the link to join it."""

    title: str
    link: str


class NotThereError(RuntimeError):
    """`zeroconf` is not installed, or the network does not let it; the text is for people."""


@contextmanager
def announced(title: str, code: str, addresses: Sequence[str], port: int) -> Iterator[None]:
    """Announces a table while the block runs. Raises NotThereError."""
    zeroconf = _zeroconf()
    info = zeroconf.ServiceInfo(
        SERVICE,
        f"{code}.{SERVICE}",
        parsed_addresses=list(addresses),
        port=port,
        properties={"title": title[:TITLE_LENGTH], "code": code},
    )
    try:
        network = zeroconf.Zeroconf(interfaces=list(addresses))
    except OSError as fault:
        raise NotThereError(f"The table cannot be announced on this network ({fault.strerror or fault}).") from fault
    try:
        network.register_service(info)
        yield
    except zeroconf.Error as fault:
        raise NotThereError("The table cannot be announced on this network.") from fault
    finally:
        network.close()


def found(seconds: float = LISTEN) -> list[Found]:
    """The tables that are announced around here; none where `zeroconf` is not installed or nothing answers in time."""
    try:
        zeroconf = _zeroconf()
        network = zeroconf.Zeroconf()
    except (NotThereError, OSError):
        return []
    names: list[str] = []

    def heard(**news: Any) -> None:
        if news["state_change"] is zeroconf.ServiceStateChange.Added and len(names) < MOST_FOUND:
            names.append(news["name"])

    try:
        zeroconf.ServiceBrowser(network, SERVICE, handlers=[heard])
        time.sleep(seconds)
        infos = [network.get_service_info(SERVICE, name, timeout=500) for name in list(names)]
    finally:
        network.close()
    return sorted((each for info in infos if info is not None for each in _read(info)), key=lambda each: each.link)


def _read(info: Any) -> Iterator[Found]:
    """What somebody on the network says of a table, taken for what it is: a stranger's text."""
    from wargame.client.address import AddressError, parse_address
    from wargame.wire.plain import clean_name

    told = {key: (value or b"").decode("utf-8", errors="replace") for key, value in info.properties.items()}
    texts = {key.decode("utf-8", errors="replace"): value for key, value in told.items()}
    for address in info.parsed_addresses()[:1]:
        host = f"[{address}]" if ip_address(address).version == 6 else address
        try:
            link = str(parse_address(f"{texts.get('code', '')}@{host}:{info.port}"))
        except AddressError:
            continue
        yield Found(clean_name(texts.get("title", ""))[:TITLE_LENGTH] or "A table", link)


def _zeroconf() -> Any:
    try:
        import zeroconf
    except ImportError as fault:
        raise NotThereError("To announce the table, install what that needs: pip install 'wargame[lan]'.") from fault
    return zeroconf
