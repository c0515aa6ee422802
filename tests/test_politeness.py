"""One request a delay, also where one spider hands over to the next."""

import itertools
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import gongkai
from tests.test_prove_articles import NOTICES, SITE, Quiet
from tests.test_shared_column import publish

# A busy machine notes a request too late; one that does not wait at all is milliseconds behind the one before.
DELAY, LATE = 0.4, 0.15
PAUSE = 2


class Watched(Quiet):
    """Notes when it was asked; the first time that `busy` is asked for, it wants to be left alone."""

    def __init__(self, *arguments: Any, asked: list[float], busy: dict[str, int], directory: str) -> None:
        self.asked, self.busy = asked, busy
        super().__init__(*arguments, directory=directory)

    def do_GET(self) -> None:  # noqa: N802
        self.asked.append(time.monotonic())
        if status := self.busy.pop(self.path, 0):
            self.send_response(status)
            self.send_header("Retry-After", str(PAUSE))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()


def gaps_of(folder: Path, delay: float, busy: dict[str, int] | None = None) -> list[float]:
    """The seconds between one request and the next in one crawl."""
    pages, asked = folder / "pages", list[float]()
    publish(pages, NOTICES)
    handler = partial(Watched, asked=asked, busy=busy or {}, directory=str(pages))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    site = folder / "mou.toml"
    text = SITE.format(home=f"http://127.0.0.1:{server.server_port}/").replace("0.01", str(delay))
    site.write_text(text, encoding="utf-8")
    assert gongkai(folder, "crawl", site, "--as-of", "2023-07-03").status == 0
    server.shutdown()
    return [after - before for before, after in itertools.pairwise(asked)]


def test_never_two_requests_within_a_delay(tmp_path: Path) -> None:
    gaps = gaps_of(tmp_path, DELAY)
    assert len(gaps) > 5
    assert min(gaps) > DELAY - LATE


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_a_pause_gets_it_whatever_waits(tmp_path: Path, status: int) -> None:
    gaps = gaps_of(tmp_path, 0.01, {"/ysgk/": status})
    assert max(gaps) > PAUSE * 0.9
    assert len([gap for gap in gaps if gap > PAUSE / 2]) == 1
    # After robots.txt the busy page is the first; nothing comes between it and the pause.
    assert gaps.index(max(gaps)) == 1
