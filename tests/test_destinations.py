"""Where a request may go: the table of addresses, as text and as their names resolve; and names that change their answer."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from crawler.fetching.destinations import Destinations, FetchFailed, NotAllowed, origins_of
from crawler.fetching.resolving import CheckedHosts

TABLE = tomllib.loads(
    Path(__file__).with_name("hostile_pages").joinpath("destinations.toml").read_text("utf-8")
)
CASES = [
    (case, url, verdict)
    for verdict in ("asked", "private_address", "bad_address")
    for case, url in TABLE[verdict].items()
]


def name_server(host: str) -> Sequence[str]:
    """The name server of the table, which knows literal addresses as every other does."""
    literal = host.replace(".", "").isdigit() or ":" in host
    return [host] if literal else TABLE["names"].get(host, [TABLE["public"]])


@pytest.mark.parametrize(("case", "url", "verdict"), CASES, ids=[case for case, _, _ in CASES])
def test_where_an_address_may_lead(case: str, url: str, verdict: str) -> None:
    hosts = CheckedHosts(Destinations(origins_of(TABLE["site"])), name_server)
    try:
        assert hosts.addresses(*hosts.destinations.check_url(url))
        told = "asked"
    except NotAllowed as refused:
        told = refused.kind
    assert told == verdict


def test_an_address_in_brackets_and_more_leads_nowhere() -> None:
    """Python's own versions differ in what is wrong with it."""
    destinations = Destinations(origins_of(TABLE["site"]))
    with pytest.raises(NotAllowed):
        destinations.check_url("http://[::1].other.example/")


def test_a_name_is_resolved_once_and_stands_where_it_was_checked() -> None:
    answers = iter([["203.0.114.9"], ["127.0.0.1"]])
    hosts = CheckedHosts(Destinations(), lambda _host: next(answers))
    assert [hosts.addresses("rebind.example", 80) for _ in range(3)] == [("203.0.114.9",)] * 3
    # Another port is another origin: it is asked for anew, and judged anew.
    with pytest.raises(NotAllowed):
        hosts.addresses("rebind.example", 8080)


def test_a_name_without_an_answer_is_no_refusal() -> None:
    def nobody(host: str) -> Sequence[str]:
        raise OSError(host)

    with pytest.raises(FetchFailed) as failed:
        CheckedHosts(Destinations(), nobody).addresses("gone.example", 80)
    assert failed.value.kind == "dns"
    assert "域名无法解析" in str(failed.value)


def test_the_proxy_of_the_environment_may_stand_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.intranet:3128")
    hosts = CheckedHosts(Destinations(), lambda _host: ["10.0.0.5"])
    assert hosts.addresses("proxy.intranet", 3128) == ("10.0.0.5",)
    with pytest.raises(NotAllowed):
        hosts.addresses("other.intranet", 3128)
