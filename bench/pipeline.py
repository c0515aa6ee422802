"""Processor time a list page: the whole pipeline beside a bare Scrapy fetch of the same pages, in one run.

    python bench/pipeline.py [--repeat 3]

Crawls of the demo county's lists, served on loopback: a bare Scrapy spider that fetches and drops, as Scrapy comes and
with the one setting of ours that makes it cheaper; the naive alternative (css selectors, one item and one commit a
row); our first night; our unchanged night, where the server answers 304 and where it sends the same body again.
Every crawl is a process of its own that reports its own processor time (user and system). Start-up is apart: each
crawl runs once over the county's lists and several times over them, and the difference is divided by the
difference in requests.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.answer import Answer
from demo.county import County
from demo.writing import opened

ROUND = re.compile(r"^/\d/")
CRAWLS = Path(__file__).with_name("pipeline_crawls.py")
# At most so many times a bare fetch: what a night of a whole county may cost on the smallest machine.
BUDGETS = {"first": 5.0, "not modified": 1.8, "same body": 1.8}
LABELS = {
    "bare": "Scrapy 只抓取",
    "lean": "Scrapy 只抓取，CONCURRENT_ITEMS = 1",
    "naive": "Scrapy + CSS，一行一条一提交",
    "first": "gongkai 第一夜",
    "not modified": "gongkai 未变，304",
    "same body": "gongkai 未变，200 同文",
}
# The county's lists once over to be started, and as often again to be measured: some 700 pages.
ROUNDS = 5


class Lists(ThreadingHTTPServer):
    """The list pages of the county, frozen. `validators`: whether answers bear an ETag and heed If-None-Match."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.validators = False
        self.asked: list[str] = []
        self.county = County(archive=replace(opened(), home=self.url))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def answer(self, target: str) -> Answer | None:
        """The page at /3/zwgk/…: the county's /zwgk/…, as a list of its third round."""
        return self.county.answer(ROUND.sub("/", target))

    def taken(self) -> list[str]:
        """What was asked since the last call, but for the two requests that every crawl makes."""
        asked, self.asked = self.asked, []
        return [self.url + target[1:] for target in asked if target not in ("/", "/robots.txt")]


class _Handler(BaseHTTPRequestHandler):
    server: Lists
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.answer(self.path)
        validators = self.server.validators
        if answer is None:
            self._say(404, b"", "text/plain")
        elif validators and self.headers.get("If-None-Match") == answer.etag:
            self._say(304, b"", "", answer.etag)
        else:
            self._say(200, answer.body, answer.content_type, answer.etag if validators else "")

    def _say(self, status: int, body: bytes, kind: str, etag: str = "") -> None:
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        if status != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """What was asked is in `asked`."""


def main() -> int:
    options = argparse.ArgumentParser(description="每个列表页全程所用的处理器时间，与只抓取相比")
    options.add_argument("--repeat", type=int, default=3, help="重复次数，取中位（默认 3）")
    options.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"全部栏目的遍数（2 至 9，默认 {ROUNDS}）"
    )
    chosen = options.parse_args()
    server = Lists()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    runs = [_measure(server, chosen.rounds) for _ in range(chosen.repeat)]
    costs = {name: statistics.median(run[name] for run in runs) for name in LABELS}
    # Of the medians: a single run's bare fetch is too short a time to divide by.
    ratios = {name: cost / costs["bare"] for name, cost in costs.items()}
    Console().print(_table(costs, ratios))
    return int(any(ratios[name] > most for name, most in BUDGETS.items()))


def _measure(server: Lists, rounds: int) -> dict[str, float]:
    """Seconds of processor time a page of each crawl, start-up taken off."""
    once, all_ = _nights(server, 1), _nights(server, rounds)
    return {name: (all_[name][0] - once[name][0]) / (all_[name][1] - once[name][1]) for name in LABELS}


def _nights(server: Lists, rounds: int) -> dict[str, tuple[float, int]]:
    """(seconds of processor time, pages asked) of every crawl over so many rounds of the columns."""
    spent: dict[str, tuple[float, int]] = {}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for validators, again in ((True, "not modified"), (False, "same body")):
            server.validators = validators
            order = {
                "home": server.url,
                "rounds": rounds,
                "database": str(scratch / f"{again}.db"),
                "evidence": str(scratch / again),
            }
            first = _child("ours", order)
            urls = server.taken()
            spent["first"] = (first, len(urls))
            spent[again] = (_child("ours", order), len(server.taken()))
        for crawl in ("bare", "lean", "naive"):
            spent[crawl] = (
                _child(crawl, {"urls": urls, "database": str(scratch / crawl)}),
                len(server.taken()),
            )
    return spent


def _child(crawl: str, order: dict[str, Any]) -> float:
    command = [sys.executable, str(CRAWLS), crawl]
    done = subprocess.run(command, input=json.dumps(order), capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    if done.returncode:
        raise SystemExit(f"{crawl}: {done.stderr[-2000:]}")
    return float(done.stdout.split()[-1])


def _table(costs: dict[str, float], ratios: dict[str, float]) -> Table:
    table = Table(title="每页处理器时间（起动不计）")
    for heading in ("方式", "毫秒", "与只抓取之比", "限"):
        table.add_column(heading, justify="left" if heading == "方式" else "right")
    for name, label in LABELS.items():
        most = f"{BUDGETS[name]:.1f}" if name in BUDGETS else ""
        table.add_row(label, f"{costs[name] * 1000:.2f}", f"{ratios[name]:.1f}", most)
    return table


if __name__ == "__main__":
    sys.exit(main())
