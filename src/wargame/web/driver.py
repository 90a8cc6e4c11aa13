"""The driver of a client whose terminal is a page in a browser: keys and sizes in, pictures out, and nothing else."""

from __future__ import annotations

from typing import Any

from textual import messages
from textual.drivers.web_driver import WebDriver

KNOWN = ("resize", "focus", "blur", "quit", "exit")


class PageDriver(WebDriver):
    """Textual's driver for browsers without files and links; a page that comes back gets the whole picture again."""

    def run_input_thread(self) -> None:
        """Reads until told to stop. Where the other end has gone there is nobody to draw for: the client ends."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Takes in what the server of the page says."""
        if packet_type == "again":
            self._app.call_later(self._again)
        elif packet_type in KNOWN:
            super().on_meta(packet_type, payload)

    def _again(self) -> None:
        """For a page that shows nothing yet: the modes of its terminal, then the whole screen."""
        self.write("\x1b[?1049h\x1b[2J")
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self.write("\x1b[?25l")
        self._app.screen.refresh(layout=True)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Opens nothing: an address somebody wrote must not lead a player away."""

    def deliver_binary(self, binary: Any, **_: Any) -> None:
        """Hands out nothing: the files here are not the player's."""
        binary.close()
