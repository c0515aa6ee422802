"""The client outside the spiders against servers that attack: every request ends in time with the name of what happened,
and nothing private is ever asked."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator, Sequence

import pytest

from crawler.fetching.client import Client
from crawler.fetching.destinations import Destinations, FetchFailed, NotAllowed, origins_of, typed
from crawler.fetching.inflating import inflated
from crawler.page.values import PageRequest
from crawler.settings import LONGEST_WAITED, waited_settings
from tests.hostile_server import ATTACKS, PAGE, Hostile, serving, whole

SECONDS = 1.5
MOST = 4_000_000


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(Hostile()) as port:
        yield port


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_ends_in_time_and_by_its_name(attack: str, port: int) -> None:
    url = f"http://127.0.0.1:{port}/{attack.replace(' ', '%20')}"
    started = time.monotonic()
    with Client(typed(url), seconds=SECONDS, most_bytes=MOST) as client, pytest.raises(FetchFailed) as failed:
        client.fetch(PageRequest(url))
    assert failed.value.kind in ATTACKS[attack][1]
    assert time.monotonic() - started < SECONDS + 5
    assert str(failed.value).count("。") == 1


def test_nobody_waits_long_for_a_server_that_trickles_nor_is_left_without_advice() -> None:
    assert LONGEST_WAITED <= 20
    assert not [one for one in waited_settings(20)["RETRY_EXCEPTIONS"] if "Timeout" in str(one)]
    assert "另存为文件" in str(FetchFailed("http://www.mou.example/", "timeout"))


def test_a_name_that_changes_its_answer_is_connected_to_where_it_was_checked() -> None:
    """The second answer would be another machine: nobody listens there, and nobody is asked."""
    asked: list[str] = []

    def rebinding(host: str) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    hostile = Hostile()
    with serving(hostile) as port:
        own = Destinations(origins_of([f"www.county.example:{port}"]))
        with Client(own, resolve=rebinding) as client:
            pages = [client.fetch(PageRequest(f"http://www.county.example:{port}/{n}")) for n in range(3)]
    assert [page.body for page in pages] == [PAGE] * 3
    assert asked == ["www.county.example"]


def test_a_link_whose_name_stands_at_this_machine_is_not_asked() -> None:
    hostile = Hostile()
    with serving(hostile) as port, Client(Destinations(), resolve=lambda _host: ["127.0.0.1"]) as client:
        for host in ("www.other.example", "127.0.0.1", "2130706433", "[::ffff:127.0.0.1]"):
            with pytest.raises(NotAllowed):
                client.fetch(PageRequest(f"http://{host}:{port}/"))
    assert not hostile.asked


def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    with serving(Hostile()) as port:
        own = Destinations(origins_of([f"www.county.example:{port}"]))
        with Client(own, resolve=lambda _host: ["127.0.0.2", "127.0.0.1"]) as client:
            assert client.fetch(PageRequest(f"http://www.county.example:{port}/")).body == PAGE


def test_the_body_is_left_where_only_the_status_is_asked(port: int) -> None:
    url = f"http://127.0.0.1:{port}/an%20endless%20body"
    with Client(typed(url), seconds=SECONDS) as client:
        assert client.head_of(url).status == 200


@pytest.mark.parametrize(
    ("coding", "kept"),
    [("gzip", ""), ("x-gzip", ""), ("deflate", ""), ("identity", ""), ("br", "br"), ("gzip, br", "gzip, br")],
)
def test_what_is_packed_is_unpacked_or_said_to_be_packed(coding: str, kept: str) -> None:
    bodies = {"gzip": gzip.compress(PAGE), "x-gzip": gzip.compress(PAGE), "deflate": zlib.compress(PAGE)}
    body, left = inflated(bodies.get(coding, PAGE), coding, MOST)
    assert (body, left) == (PAGE, kept)


def test_members_follow_each_other_and_rubbish_behind_them_is_left() -> None:
    body = gzip.compress(b"a" * 100_000) + gzip.compress(b"b") + b"rubbish"
    assert inflated(body, "gzip", MOST)[0] == b"a" * 100_000 + b"b"
    assert inflated(gzip.compress(PAGE)[:-12], "gzip", MOST)[0]


def test_an_answer_of_several_hops_is_the_last_ones() -> None:
    hops = {f"/{n}": whole(b"", "302 Found", f"Location: /{n + 1}") for n in range(4)}

    class Hopping(Hostile):
        def answer(self, connection: socket.socket, path: str) -> None:
            connection.sendall(hops.get(path, whole()))

    with serving(Hopping()) as port:
        url = f"http://127.0.0.1:{port}/0"
        with Client(typed(url)) as client:
            page = client.fetch(PageRequest(url))
            unfollowed = client.fetch(PageRequest(url), follow=False)
    assert (page.url, page.asked, page.status) == (url[:-1] + "4", url, 200)
    assert unfollowed.status == 302
