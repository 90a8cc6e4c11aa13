"""A text editor as far as a language server can tell: it opens a file and asks about places in it (LSP over stdio)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

Place = tuple[int, int]  # line and column from 0, as the protocol counts


class Editor:
    """Runs a language server in a folder. Use it as a context manager."""

    def __init__(self, command: list[str], folder: Path, settings: Mapping[str, object]) -> None:
        self.folder = folder
        self.settings = settings
        self.last = 0
        self.versions: dict[str, int] = {}
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def __enter__(self) -> Editor:
        able = {"workspace": {"configuration": True}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        self.ask("initialize", {"processId": None, "rootUri": self.folder.as_uri(), "capabilities": able})
        self.tell("initialized", {})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.server.kill()
        self.server.communicate()

    # The protocol

    @property
    def stdin(self) -> BinaryIO:
        """Where messages go."""
        assert self.server.stdin is not None
        return self.server.stdin  # type: ignore[return-value]

    def send(self, message: Mapping[str, object]) -> None:
        """Sends one message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message; what the server asks for or announces is dealt with on the way."""
        assert self.server.stdout is not None
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            result = None if items is None else [self.settings.get(item.get("section", "")) for item in items]
            self.send({"id": message["id"], "result": result})
        return message

    def ask(self, method: str, params: Mapping[str, object]) -> Any:
        """The answer to a request."""
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.last and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def tell(self, method: str, params: Mapping[str, object]) -> None:
        """A message without an answer."""
        self.send({"method": method, "params": params})

    # Editing

    def problems(self, name: str, text: str) -> list[tuple[Place, str]]:
        """What the server finds in a file with this text: where each begins, and what it says."""
        uri = (self.folder / name).as_uri()
        self.diagnostics.pop(uri, None)
        self.versions[uri] = self.versions.get(uri, 0) + 1
        if self.versions[uri] == 1:
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
            self.tell("textDocument/didOpen", {"textDocument": document})
        else:
            document = {"uri": uri, "version": self.versions[uri]}
            self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        while uri not in self.diagnostics:
            self.receive()
        return [
            ((found["range"]["start"]["line"], found["range"]["start"]["character"]), found["message"])
            for found in self.diagnostics[uri]
        ]

    def completions(self, name: str, place: Place) -> dict[str, str]:
        """What is offered at a place: label and explanation."""
        found = self.ask("textDocument/completion", self._at(name, place))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: _words(item.get("documentation")) for item in items}

    def hover(self, name: str, place: Place) -> str:
        """What is explained at a place."""
        found = self.ask("textDocument/hover", self._at(name, place))
        return "" if found is None else _words(found["contents"])

    def _at(self, name: str, place: Place) -> dict[str, object]:
        uri = (self.folder / name).as_uri()
        return {"textDocument": {"uri": uri}, "position": {"line": place[0], "character": place[1]}}


def _words(content: Any) -> str:
    return str(content.get("value", "")) if isinstance(content, dict) else str(content or "")
