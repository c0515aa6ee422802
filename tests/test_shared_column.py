"""A shared list over many nights: whose a posting is stays known, and what is the office's own is no riddle."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.commandline import Said, gongkai
from tests.test_prove_articles import FRAME, NOTICES, SITE, Quiet, article, write

OFFICE = '[office]\nname = "县政府办公室"\n\n[[units]]'
LATER = ("关于做好国庆期间值班工作的通知", "2023-10-02", "县政府办公室")


def publish(folder: Path, notices: list[tuple[str, str, str]]) -> None:
    rows = ""
    for number, (title, day, source) in enumerate(notices):
        write(folder, f"/tzgg/content_{2001 + number}.html", article(title, day, source))
        rows = f'<li><a href="/tzgg/content_{2001 + number}.html">{title}</a><span>{day}</span></li>' + rows
    main = f"<ul class='list'>{rows}</ul><p>共1页 {len(notices)}条</p>"
    write(folder, "/tzgg/", FRAME.format(title="通知公告", main=main))


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """The folder of the pages, and that of the site file and the database."""
    pages, place = tmp_path / "pages", tmp_path / "place"
    place.mkdir()
    publish(pages, NOTICES[::-1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pages)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    site = SITE.format(home=f"http://127.0.0.1:{server.server_port}/").replace("[[units]]", OFFICE, 1)
    (place / "mou.toml").write_text(site, encoding="utf-8")
    yield pages, place
    server.shutdown()


def crawl(place: Path, day: str) -> Said:
    said = gongkai(place, "crawl", place / "mou.toml", "--as-of", day)
    assert said.status == 0, said.err
    return said


def notices_of(place: Path, period: str, day: str) -> dict[str, tuple[int, str]]:
    """Unit → count and exactness of the shared column."""
    rows = gongkai(place, "count", place / "mou.toml", period, "--as-of", day, "--json").json
    return {row["unit"]: (row["count"], row["exactness"]) for row in rows if row["level1"] == "通知公告"}


def test_an_owner_once_learnt_is_not_forgotten_when_later_nights_do_not_ask(
    portal: tuple[Path, Path],
) -> None:
    pages, place = portal
    crawl(place, "2023-07-03")
    before = notices_of(place, "2023Q2", "2023-07-03")
    assert before["县教育局"] == (2, "exact")
    publish(pages, [*NOTICES[::-1], LATER])
    crawl(place, "2023-10-05")
    after = notices_of(place, "2023Q2", "2023-10-05")
    assert {unit: number for unit, (number, _) in after.items()} == {
        unit: number for unit, (number, _) in before.items()
    }


def test_a_posting_of_the_office_itself_leaves_the_units_counts_exact(portal: tuple[Path, Path]) -> None:
    pages, place = portal
    publish(pages, [*NOTICES[::-1], LATER])
    crawl(place, "2023-10-05")
    counts = notices_of(place, "2023Q4", "2023-10-05")
    assert counts["县政府办公室"] == (1, "exact")
    assert counts["县教育局"] == (0, "exact")
    assert counts["未能识别来源"] == (0, "exact")
