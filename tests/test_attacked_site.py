"""Two nights of a county every third of whose answers attacks: they end in time, what attacks is an outcome with a cause and
never a number, and every other column is counted exactly, whatever odd headers it comes with."""

import socket
import time
from dataclasses import dataclass, field
from email.utils import formatdate
from itertools import cycle
from pathlib import Path

from tests.commandline import gongkai
from tests.hostile_server import ATTACKS, ODD_ANSWERS, ODD_HEADERS, Hostile, serving, whole
from tests.test_hostile_crawl import column, county
from tests.test_unwell_hosts import crawled

ANSWERS = ATTACKS | ODD_ANSWERS


@dataclass
class Attacked(Hostile):
    """The columns /c0/, /c1/ … come with odd headers in turn; robots.txt is of half a million rules."""

    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, connection: socket.socket, path: str) -> None:
        attack = path.strip("/").replace("%20", " ").partition("?")[0]
        self.asked[path.partition("?")[0]] += 1
        if attack in ANSWERS:
            ANSWERS[attack][0](connection)
        elif path == "/robots.txt":
            connection.sendall(whole(b"User-agent: *\n" + b"Disallow: /*private*x\n" * 500_000))
        else:
            body = column(path)
            said = [f"Date: {formatdate(usegmt=True)}", self.headers.get(path, "X: y")]
            connection.sendall(whole(body, "200 OK", *said) if body else whole(b"", "404 Not Found"))


def test_two_nights_of_a_county_that_attacks(tmp_path: Path) -> None:
    attacks = {f"/{attack.replace(' ', '%20')}": causes for attack, (_, causes) in ANSWERS.items()}
    addresses = [each for n, path in enumerate(attacks) for each in (f"/c{2 * n}/", f"/c{2 * n + 1}/", path)]
    right = [address for address in addresses if address not in attacks]
    server = Attacked(headers=dict(zip(right, cycle(ODD_HEADERS), strict=False)))
    started = time.monotonic()
    with serving(server) as port:
        site = county(tmp_path, f"http://127.0.0.1:{port}/", addresses)
        nights = [crawled(site, as_of=day) for day in ("2023-05-16", "2023-05-17")]
    for night in nights:
        assert "unread" in night.json, night.err
        told = {each["column"]: each["cause"] for each in night.json["unread"]}
        wrong = {path: told.get(path) for path in attacks if told.get(path) not in attacks[path]}
        assert not wrong
        assert sum(night.json["columns"].get(seen, 0) for seen in ("read", "unchanged")) == len(right)
        assert "Traceback" not in night.err
    assert time.monotonic() - started < 200
    rows = gongkai(tmp_path, "count", site, "2023Q2", "--as-of", "2023-05-17", "--json").json
    counts = {addresses[int(row["level1"][2:])]: (row["count"], row["exactness"]) for row in rows}
    assert {counts[address] for address in right} == {(6, "exact")}
    assert not [address for address in attacks if counts[address][0] is not None]
