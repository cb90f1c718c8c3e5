"""Chromium at the other end of WebDriver, spoken in plain HTTP: a page at a time, and what it does."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


class Browser:
    """One session of WebDriver: a page at a time."""

    def __init__(self, port: int, chromium: str, profile: str) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        options = {"binary": chromium, "args": [*FLAGS, f"--user-data-dir={profile}"]}
        wanted = {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        opened = self._post("/session", capabilities={"alwaysMatch": wanted})
        self._base += f"/session/{opened['sessionId']}"

    def close(self) -> None:
        """Ends the session, and the browser with it."""
        with self._direct.open(urllib.request.Request(self._base, method="DELETE"), timeout=60):
            pass

    def _post(self, path: str, **body: Any) -> Any:
        request = urllib.request.Request(
            self._base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with self._direct.open(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, page: Path) -> None:
        self._post("/url", url=page.as_uri())

    def asked(self, script: str, *arguments: Any) -> Any:
        """What a script finds on the page: it comes from outside, so that the page's policy allows it."""
        return self._post("/execute/sync", script=script, args=list(arguments))

    def told(self, command: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol."""
        return self._post("/goog/cdp/execute", cmd=command, params=parameters)

    def width(self, pixels: int, height: int = 900) -> None:
        self.told(
            "Emulation.setDeviceMetricsOverride",
            width=pixels,
            height=height,
            deviceScaleFactor=1,
            mobile=pixels < 500,
        )

    def media(self, kind: str, scheme: str = "light") -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.told("Emulation.setEmulatedMedia", media=kind, features=features)

    def complaints(self) -> list[str]:
        """What the console said since it was last asked."""
        return [entry["message"] for entry in self._post("/se/log", type="browser")]

    def requests(self) -> list[str]:
        """Every address that was asked for since this was last asked."""
        events = [
            json.loads(entry["message"])["message"] for entry in self._post("/se/log", type="performance")
        ]
        sent = [it["params"] for it in events if it["method"] == "Network.requestWillBeSent"]
        return [it["request"]["url"] for it in sent]

    def picture(self, file: Path) -> None:
        shot = self.told("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def paper(self) -> bytes:
        """The page as a PDF, as somebody who prints it gets it."""
        return base64.b64decode(self.told("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser with a profile of its own, both gone afterwards."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        raise SystemExit("the browser bar needs chromium and chromedriver (Debian: chromium chromium-driver)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        running = subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, text=True)
        try:
            assert running.stdout is not None
            started = (re.search(r"success.* on port (\d+)", line) for line in running.stdout)
            port = next(int(found[1]) for found in started if found)
            session = Browser(port, chromium, profile)
            try:
                yield session
            finally:
                session.close()
        finally:
            running.terminate()
            running.wait()
