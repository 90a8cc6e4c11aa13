"""A real browser for pages: headless Chromium, driven through chromedriver. Used as a context manager.

Tests that need one have a fixture of module scope around `chromium()`; where there is no Chromium they are skipped.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import frozen
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


# The least contrast of any text that is shown with its ground, and of the marks of charts with the page; worst first.
CONTRASTS = """
const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
const rgba = (colour) => {
  canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const light = ([r, g, b]) => {
  const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
};
const ratio = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
const ground = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor);
    if (colour[3] > 250) return colour;
  }
  return rgba("white");
};
const found = {text: [], line: []};
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walk.nextNode());) {
  const holder = node.parentElement;
  if (!node.data.trim() || !holder.getClientRects().length || holder.closest("script, title")) continue;
  const style = getComputedStyle(holder);
  const colour = holder.namespaceURI.endsWith("svg") ? style.fill : style.color;
  found.text.push([ratio(rgba(colour), ground(holder)), node.data.trim().slice(0, 40)]);
}
for (const mark of document.querySelectorAll("svg .line, svg .dot, svg .f1:not(.thin), svg .f3:not(.open), svg .f4")) {
  const style = getComputedStyle(mark);
  const colour = mark.matches(".line, .hollow") ? style.stroke : style.fill;
  found.line.push([ratio(rgba(colour), ground(mark)), mark.getAttribute("class")]);
}
for (const each of Object.values(found)) each.sort((a, b) => a[0] - b[0]);
return {text: found.text.slice(0, 3), line: found.line.slice(0, 3), texts: found.text.length, lines: found.line.length};
"""
# What reaches out of the window, but for what scrolls by itself.
OUTSIDE = """
return [...document.querySelectorAll("body *")]
  .filter((each) => !each.closest(".scroll, svg, details:not([open]) > :not(summary)"))
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => each.outerHTML.slice(0, 80));
"""
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; });"


@frozen
class Browser:
    """A browser with one page at a time, and what it was asked to fetch."""

    driver: Chrome

    def open(self, path: Path | str, *, width: int = 1280, dark: bool = False, script: bool = True) -> None:
        """Opens a file as a double click does, or an address, `width` pixels wide; forgets what was logged before."""
        self._do("Emulation.setScriptExecutionDisabled", value=not script)
        self._do("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self._do(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        )
        self.driver.get("about:blank")
        self._log("performance")
        self._log("browser")
        self.driver.get(path if isinstance(path, str) else path.as_uri())

    def press(self, *keys: str) -> None:
        """Types, wherever the cursor is."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def until(self, script: str) -> Any:
        """What a function body returns, once it is something."""
        from selenium.webdriver.support.wait import WebDriverWait

        return WebDriverWait(self.driver, 20, 0.05).until(lambda _: self.run(script))

    def run(self, script: str) -> Any:
        """What a function body returns in the page."""
        return self.driver.execute_script(script)

    def requests(self) -> list[str]:
        """The addresses the page asked for since it was opened, its own first."""
        messages = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        return [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """What the console says."""
        return [entry["message"] for entry in self._log("browser")]

    def picture(self, path: Path) -> None:
        """Writes the whole page as a PNG."""
        shot = self._do("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, path: Path) -> None:
        """Writes the page as it prints."""
        shown = self._do("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        path.write_bytes(base64.b64decode(shown["data"]))

    def _log(self, kind: str) -> list[dict[str, Any]]:
        return list(self.driver.get_log(kind))  # type: ignore[no-untyped-call]

    def _do(self, command: str, **arguments: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, arguments)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with an empty profile; skips the test where none is installed."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("This test opens a page in chromium through chromedriver (Debian's chromium and chromium-driver).")
    with TemporaryDirectory(prefix="wargame-browser-", ignore_cleanup_errors=True) as profile:
        options = ChromeOptions()
        options.binary_location = program
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        found = Chrome(options=options, service=ChromeService(executable_path=driver))
        try:
            yield Browser(found)
        finally:
            found.quit()
