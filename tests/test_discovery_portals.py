"""Five made portals of different make, walked without a network: units, columns, owners, mailboxes, and what is left out."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from crawler.discovery.proposal import Proposal
from crawler.discovery.site_draft import write_draft
from crawler.sites.load import parse_site
from tests.discovery_walk import propose
from tests.portals import boxes, dispatch, mega, shared, tree
from tests.portals.markup import Portal
from tests.portals.relatives import RELATIVES, Relative, place_among_units
from tests.test_discovery_sites import shown

PORTALS = {
    module.__name__.rpartition(".")[2]: module.PORTAL for module in (boxes, dispatch, mega, shared, tree)
}


Drafted = tuple[Portal, Proposal]


@pytest.fixture(scope="module", params=PORTALS)
def drafted(request: pytest.FixtureRequest) -> Drafted:
    portal = PORTALS[cast(str, request.param)]
    return portal, propose(portal.pages)


def test_the_site_s_name_and_units_are_found(drafted: Drafted) -> None:
    portal, proposal = drafted
    assert proposal.name == portal.name
    assert {unit.name: unit.kind.value for unit in proposal.units} == portal.units


def test_columns_stand_in_their_place_with_their_owners(drafted: Drafted) -> None:
    portal, proposal = drafted
    found = {url: tuple(said) for url, said in shown(proposal).items()}
    assert found == dict(portal.columns)


def test_mailboxes_are_found_by_their_letters(drafted: Drafted) -> None:
    portal, proposal = drafted
    assert {(box.name, box.url) for box in proposal.mailboxes if box.enabled} == set(portal.mailboxes)


def test_what_is_left_out_or_guessed_is_told(drafted: Drafted) -> None:
    portal, proposal = drafted
    left = {page.url: page.why for page in proposal.left_out}
    assert [url for url in portal.left_out if not left.get(url)] == []
    doubts = {column.url: "".join(column.doubts) for column in proposal.columns}
    assert {url: words for url, words in portal.marked.items() if words not in doubts.get(url, "")} == {}


def test_only_ended_campaigns_are_written_as_such(drafted: Drafted) -> None:
    portal, proposal = drafted
    assert {column.url for column in proposal.columns if column.kind} == set(portal.ended)


def test_the_draft_is_a_site_file(drafted: Drafted) -> None:
    portal, proposal = drafted
    site = parse_site(write_draft(proposal), Path("draft.toml"))
    assert len(site.columns) == len(portal.columns)
    assert len(site.mailboxes) == len(portal.mailboxes)


@pytest.mark.parametrize("relative", RELATIVES, ids=lambda relative: relative.__name__)
def test_relatives(relative: Callable[[], Relative]) -> None:
    pages, columns = relative()
    assert {url: tuple(said) for url, said in shown(propose(pages)).items()} == columns


def test_what_stands_among_units_is_marked_and_boxes_of_one_name_bear_their_units() -> None:
    proposal = propose(place_among_units()[0])
    marked = {column.url: column.doubts for column in proposal.columns if column.doubts}
    said = ("“太湖办理点”与单位列在一起，可能也是单位，请核对责任单位",)
    assert marked == {"/p3/dt/": said, "/p3/jg/": said}
    names = {"昆东分中心主任信箱": "/p1/xx/", "昆西分中心主任信箱": "/p2/xx/", "主任信箱": "/p3/xx/"}
    assert {box.name: box.url for box in proposal.mailboxes} == names
