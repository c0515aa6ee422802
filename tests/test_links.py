"""Outbound links are tried as a stranger should: within robots.txt, a second apart, no further of a busy host, and no
private address at all."""

import itertools
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest

from crawler.fetching.destinations import Destinations, origins_of
from monitor.night import links
from monitor.night.links import Answer, confirmed, try_links
from tests.hostile_server import ATTACKS, Hostile, serving, whole

# Seconds between two requests, in place of the nightly delay: as a wait it is as good where the wait is the point.
DELAY, SHORT = 0.5, 0.02
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


@dataclass
class Strangers(Hostile):
    """Another office's site. `when` is when it was asked for what."""

    answers: dict[str, bytes] = field(default_factory=dict)
    when: list[tuple[float, str]] = field(default_factory=list)

    def answer(self, connection: socket.socket, path: str) -> None:
        self.when.append((time.monotonic(), path))
        if path in self.answers:
            connection.sendall(self.answers[path])
        else:
            super().answer(connection, path)


@pytest.fixture(autouse=True)
def delay(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert links.DELAY >= 1
    monkeypatch.setattr(links, "DELAY", getattr(request, "param", SHORT))


waiting = pytest.mark.parametrize("delay", [DELAY], indirect=True)


@pytest.fixture
def strangers() -> Iterator[tuple[Strangers, str]]:
    site = Strangers(answers={"/robots.txt": whole(ROBOTS), "/gone": whole(b"", "404 Not Found")})
    with serving(site) as port:
        yield site, f"http://127.0.0.1:{port}"


def opened(home: str, *paths: str, budget: float = 60) -> dict[str, bool]:
    tried = try_links([home + path for path in paths], Destinations(origins_of([home])), 0.0, budget)
    return {url.removeprefix(home): answer.alive for url, answer in tried}


@waiting
def test_robots_are_asked_first_and_obeyed_a_delay_apart(strangers: tuple[Strangers, str]) -> None:
    site, home = strangers
    assert opened(home, "/a", "/private/b", "/gone") == {"/a": True, "/gone": False}
    assert [path for _, path in site.when] == ["/robots.txt", "/a", "/gone"]
    gaps = [after - before for (before, _), (after, _) in itertools.pairwise(site.when)]
    assert min(gaps) > DELAY / 2


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_busy_host_is_left_alone(status: str, strangers: tuple[Strangers, str]) -> None:
    site, home = strangers
    site.answers["/busy"] = whole(b"", status, "Retry-After: 1")
    assert opened(home, "/busy", "/a", "/gone") == {"/busy": True}
    site.answers["/robots.txt"] = whole(b"", status)
    assert opened(home, "/a") == {}


@pytest.mark.parametrize("robots", [b"User-agent: *\nDisallow: /", b"User-agent: *\nCrawl-delay: 3600"])
def test_a_host_that_wants_no_programs_is_not_asked(robots: bytes, strangers: tuple[Strangers, str]) -> None:
    site, home = strangers
    site.answers["/robots.txt"] = whole(robots)
    assert opened(home, "/a", "/gone") == {}


@waiting
def test_each_redirect_waits_its_turn_and_is_asked_for_by_the_rules_of_where_it_leads(
    strangers: tuple[Strangers, str],
) -> None:
    """Links of other hosts may all lead to one: it is asked for no more, and no sooner, than by links of its own."""
    site, home = strangers
    elsewhere = Strangers()
    elsewhere.answers = {f"/{n}": whole(b"", "302 Found", f"Location: {home}/{n}") for n in "abc"}
    elsewhere.answers["/no"] = whole(b"", "302 Found", f"Location: {home}/private/")
    with serving(elsewhere) as port:
        other = f"http://127.0.0.1:{port}"
        own = Destinations(origins_of([home, other]))
        tried = dict(try_links([f"{other}/{path}" for path in ("a", "b", "no")], own, 0.0, 60))
    assert tried == {f"{other}/a": Answer.OPENS, f"{other}/b": Answer.OPENS}
    assert "/private/" not in [path for _, path in site.when]
    when = sorted(moment for moment, _ in site.when + elsewhere.when)
    assert min(after - before for before, after in itertools.pairwise(when)) > DELAY / 2


def test_a_circle_of_redirects_is_dead_and_its_robots_as_well_none(strangers: tuple[Strangers, str]) -> None:
    site, home = strangers
    site.answers["/round"] = whole(b"", "302 Found", "Location: round")
    site.answers["/robots.txt"] = whole(b"", "302 Found", "Location: robots.txt")
    assert opened(home, "/round") == {"/round": False}


@pytest.mark.parametrize("delay", [1.0], indirect=True)
def test_what_there_is_no_time_for_is_not_called_dead(strangers: tuple[Strangers, str]) -> None:
    _site, home = strangers
    assert opened(home, "/a", "/gone", "/b", budget=1.5) == {"/a": True}


def test_a_host_without_robots_is_asked_and_a_dead_one_is_dead(strangers: tuple[Strangers, str]) -> None:
    site, home = strangers
    site.answers["/robots.txt"] = whole(b"", "404 Not Found")
    assert opened(home, "/a") == {"/a": True}
    assert opened("http://127.0.0.1:9", "/a") == {"/a": False}


@pytest.mark.parametrize("attack", [a for a, (_, kinds) in ATTACKS.items() if "private_address" in kinds])
def test_a_link_that_leads_inside_is_neither_open_nor_dead(
    attack: str, strangers: tuple[Strangers, str]
) -> None:
    _site, home = strangers
    assert opened(home, f"/{attack.replace(' ', '%20')}") == {}


def test_private_addresses_are_not_asked(strangers: tuple[Strangers, str]) -> None:
    site, home = strangers
    inside = [f"http://localhost:{home.rpartition(':')[2]}/a", home.replace("127.0.0.1", "127.1") + "/b"]
    assert list(try_links(inside, Destinations(), 0.0)) == []
    assert not site.when


@pytest.mark.parametrize(
    ("root", "believed"),
    [(whole(b""), True), (whole(b"", "404 Not Found"), False), (whole(b"", "403 Forbidden"), False)],
)
def test_a_host_that_shows_nothing_is_not_believed(
    root: bytes, believed: bool, strangers: tuple[Strangers, str]
) -> None:
    site, home = strangers
    site.answers |= {"/": root, "/stop": whole(b"", "500 Internal Server Error")}
    ask = partial(try_links, destinations=Destinations(origins_of([home])), delay=0.0, budget=60)
    answers = dict(ask([f"{home}/gone", f"{home}/stop"]))
    assert dict(confirmed(ask, answers)) == {f"{home}/gone": believed, f"{home}/stop": False}
    before = len(site.when)
    shown = answers | {
        f"{home}/a": Answer.OPENS
    }  # another of its pages opened: its first page is not asked for
    assert dict(confirmed(ask, shown))[f"{home}/gone"]
    assert len(site.when) == before
