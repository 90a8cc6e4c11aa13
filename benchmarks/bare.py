"""The yardstick of `fanout.py` and `classroom.py`: a server that sends every message it gets to all in a room, no more.

The path says the room, and how many bytes a newcomer is sent: `/ROOM/BYTES`. Prints its port and process id.
"""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed


async def main() -> None:
    """Serves until it is ended."""
    rooms: defaultdict[str, set[ServerConnection]] = defaultdict(set)

    async def handle(connection: ServerConnection) -> None:
        path = connection.request.path if connection.request is not None else "/"
        _, name, size, *_ = f"{path}//".split("/")
        room = rooms[name]
        if size:
            await connection.send(bytes(int(size)))
        room.add(connection)
        try:
            async for message in connection:
                broadcast(room, message)
        except ConnectionClosed:
            pass
        finally:
            room.discard(connection)

    async with serve(handle, "127.0.0.1", 0, compression=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], os.getpid(), flush=True)
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(main())
