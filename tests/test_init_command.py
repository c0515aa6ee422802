"""`gongkai init` as a user runs it: on the demo county, on a real county's mirror, and when it cannot work."""

import csv
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.sites.load import load_site
from demo.county import County
from demo.server import serve
from monitor.cli.commands.init import init
from rules.errors import WrongInput
from rules.vocabulary.places import Column, Site
from tests.commandline import ROOT, environment, gongkai
from tests.portals import boxes

PAGES = Path(__file__).parent / "pages" / "discovery"
BY_ADDRESS = dict[str, Column]


@contextmanager
def serving(handler: Callable[..., Any]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Folder(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""


class Asking(Folder):
    """Files called list.asp@id=21 for /list.asp?id=21."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.replace("?", "@"))

    def guess_type(self, _path: Any) -> str:
        return "text/html"


class Refusing(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(403)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write("<title>403</title>拒绝访问".encode())

    def log_message(self, *args: Any) -> None:
        """Nothing."""


def by_address(site: Site) -> BY_ADDRESS:
    found = {}
    for column in site.columns:
        if column.url:
            parts = urlsplit(column.url)
            found[parts.path + (f"?{parts.query}" if parts.query else "")] = column
    return found


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site, Any]:
    """The demo county's truth, the draft of it, and what the command said."""
    folder = tmp_path_factory.mktemp("county")
    with serve(County(day=date(2023, 7, 3))) as server:
        said = gongkai(folder, "init", server.url, "--out", "sites/beiguan.toml", "--delay", 0, "--json")
    assert said.status == 0, said.err
    return load_site(ROOT / "demo" / "site.toml"), load_site(folder / "sites" / "beiguan.toml"), said


def test_the_demo_county_s_columns_are_found_in_their_fields(county: tuple[Site, Site, Any]) -> None:
    truth, draft, _said = county
    wanted, found = by_address(truth), by_address(draft)
    right = [url for url, column in wanted.items() if url in found and found[url].field == column.field]
    assert len(wanted) > 200
    assert len(right) >= 0.99 * len(wanted), sorted(set(wanted) - set(right))
    assert len(set(found) - set(wanted)) <= 0.02 * len(wanted), sorted(set(found) - set(wanted))


def test_the_demo_county_s_columns_are_owed_by_the_right_units(county: tuple[Site, Site, Any]) -> None:
    truth, draft, _said = county
    found = by_address(draft)
    owners = {url: owed(truth, column) for url, column in by_address(truth).items()}
    right = [url for url, names in owners.items() if url in found and owed(draft, found[url]) == names]
    assert len(right) >= 0.97 * len(owners)


def owed(site: Site, column: Column) -> set[str]:
    return {site.unit(key).name for duty in column.duties for key in duty.units if key != "portal"}


def test_the_demo_county_s_units_are_found_with_their_kinds(county: tuple[Site, Site, Any]) -> None:
    truth, draft, _said = county
    wanted = {unit.name: (unit.key, unit.kind, unit.emails) for unit in truth.units[1:]}
    assert {unit.name: (unit.key, unit.kind, unit.emails) for unit in draft.units[1:]} == wanted


def test_the_demo_county_s_home_mailbox_and_columns_elsewhere(county: tuple[Site, Site, Any]) -> None:
    truth, draft, _said = county
    assert (draft.name, draft.home) == (truth.name, truth.home)
    assert [(box.name, box.url) for box in draft.mailboxes] == [
        (box.name, box.url) for box in truth.mailboxes
    ]
    elsewhere = {column.path for column in truth.columns if column.elsewhere}
    assert len(elsewhere) == 12
    assert {column.path for column in draft.columns if column.elsewhere} == elsewhere


def test_the_command_says_what_it_found(county: tuple[Site, Site, Any]) -> None:
    _truth, draft, said = county
    facts = said.json
    assert facts["columns"] == len(draft.columns)
    assert facts["units"] == {"街道": 9, "乡镇": 1, "部门": 26}
    fields = {each["field"]: (each["national"], each["columns"]) for each in facts["fields"]}
    assert fields["医疗卫生领域"] == ("卫生健康", 10)
    assert fields["统计领域"] == (None, 4)
    assert facts["waiting"] == 0


@pytest.fixture(scope="module")
def zhecheng(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The draft of a real county, its mirror served here and its home page given."""
    real = ROOT.parent / "shared" / "real" / "zhecheng"
    if not real.is_dir():
        pytest.skip("没有 ../shared/real：真实县区的镜像不在，跳过")
    folder = tmp_path_factory.mktemp("zhecheng")
    with serving(partial(Folder, directory=str(real))) as url:
        said = gongkai(folder, "init", f"{url}/", "--out", "zhecheng.toml", "--delay", 0)
        assert said.status == 0, said.err
        assert (
            "网页上写明的首页是 http://www.zhecheng.gov.cn/" in said.out
            and f"采集时加 --at {url}/" in said.out
        )
    assert gongkai(folder, "site", "check", "zhecheng.toml").status == 0
    return load_site(folder / "zhecheng.toml")


def test_a_real_county_s_units_pages_are_found(zhecheng: Site, shared: Path) -> None:
    with (shared / "real" / "zhecheng_units.csv").open(encoding="utf-8") as file:
        wanted = {f"/{row['page']}": row["unit"] for row in csv.DictReader(file)}
    found = by_address(zhecheng)
    right = [url for url, name in wanted.items() if url in found and owed(zhecheng, found[url]) == {name}]
    assert len(wanted) == 68
    assert len(right) >= 66, sorted(set(wanted) - set(right))


def test_a_real_county_s_key_fields_are_found(zhecheng: Site) -> None:
    found = {url: column for url, column in by_address(zhecheng).items() if url.startswith("/xxgk/zdly/")}
    assert len(found) >= 18
    assert found["/xxgk/zdly/aqsc/index.html"].path == ("安全生产",)
    assert not any(column.outside for column in found.values())


def test_a_mirror_is_written_with_its_live_address(zhecheng: Site) -> None:
    assert zhecheng.home == "http://www.zhecheng.gov.cn/"
    assert zhecheng.name == "柘城县人民政府"


def test_a_live_site_is_read_at_its_mirror(tmp_path: Path) -> None:
    with serving(partial(Folder, directory=str(PAGES / "by_unit"))) as url:
        home = "https://www.dongling.example/"
        said = gongkai(tmp_path, "init", home, "--at", url, "--out", "d.toml", "--delay", 0, "--json")
    assert said.status == 0, said.err
    site = load_site(tmp_path / "d.toml")
    assert site.home == home
    assert len(site.columns) == 12


@pytest.mark.parametrize(
    ("folder", "units", "columns"), [("icon_grid", 7, 15), ("frames_gbk", 7, 15), ("standard_table", 6, 15)]
)
def test_portals_of_other_make_give_drafts_that_check(
    tmp_path: Path, folder: str, units: int, columns: int
) -> None:
    with serving(partial(Asking, directory=str(PAGES / folder))) as url:
        said = gongkai(tmp_path, "init", f"{url}/", "--out", "x.toml", "--delay", 0)
    assert said.status == 0, said.err
    assert gongkai(tmp_path, "site", "check", "x.toml").status == 0
    site = load_site(tmp_path / "x.toml")
    assert (len(site.units) - 1, len(site.columns), len(site.mailboxes)) == (units, columns, 1)


def test_a_made_portal_is_read_over_the_network_with_no_more_requests_than_pages(tmp_path: Path) -> None:
    asked: list[str] = []

    class Made(Folder):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = boxes.PORTAL.pages.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write((body or "").encode())

    with serving(Made) as url:
        said = gongkai(tmp_path, "init", f"{url}/", "--out", "x.toml", "--delay", 0, "--json")
    assert said.status == 0, said.err
    assert len(asked) == len(set(asked)) <= said.json["pages"] + 1
    assert gongkai(tmp_path, "site", "check", "x.toml").status == 0
    assert said.json["columns"] == len(boxes.PORTAL.columns)
    assert said.json["left_out"] >= len(boxes.PORTAL.left_out)


def test_no_more_pages_are_asked_for_than_allowed(tmp_path: Path) -> None:
    with serve(County(day=date(2023, 7, 3))) as server:
        said = gongkai(tmp_path, "init", server.url, "--out", "b.toml", "--delay", 0, "--pages", 12)
        pages = [path for _method, path, _status in server.requests if path != "/robots.txt"]
    assert said.status == 0, said.err
    assert len(pages) == 12
    assert "个链接没有访问" in said.out
    assert len(load_site(tmp_path / "b.toml").columns) > 100


def test_robots_are_obeyed(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    (folder / "index.html").write_text("<title>某县人民政府</title>")
    with serving(partial(Folder, directory=str(folder))) as url:
        said = gongkai(tmp_path, "init", url, "--out", "x.toml", "--delay", 0)
    assert said.status == 3
    assert "robots.txt" in said.err


def test_a_file_is_not_overwritten_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("mine")
    said = gongkai(tmp_path, "init", "http://127.0.0.1:9/", "--out", "x.toml")
    assert said.status == 2
    assert "已存在" in said.err
    assert (tmp_path / "x.toml").read_text() == "mine"
    with serving(partial(Folder, directory=str(PAGES / "script_tree"))) as url:
        said = gongkai(tmp_path, "init", url, "--out", "x.toml", "--delay", 0, "--force")
    assert said.status == 0
    assert load_site(tmp_path / "x.toml").name == "望山县人民政府"


@pytest.mark.parametrize("url", ["ftp://x.gov.cn/", "http://", "not a url", "http://[::1", "http://x:port/"])
def test_a_wrong_address_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongInput, match="网址"):
        init(url, tmp_path / "x.toml")
    with pytest.raises(WrongInput, match="网址"):
        init("http://x.gov.cn/", tmp_path / "x.toml", at=url)
    assert not (tmp_path / "x.toml").exists()


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match=r"\.toml"):
        init("http://127.0.0.1:9/", tmp_path / "x.txt")


def test_a_home_page_that_cannot_be_read_is_our_failure_with_its_cause(tmp_path: Path) -> None:
    with serving(Refusing) as url:
        said = gongkai(tmp_path, "init", url, "--out", "x.toml", "--delay", 0)
    assert said.status == 3
    assert "网站返回403拒绝访问" in said.err
    said = gongkai(tmp_path, "init", url, "--out", "x.toml", "--delay", 0)
    assert said.status == 3
    assert "服务器拒绝连接" in said.err
    assert not (tmp_path / "x.toml").exists()


def test_a_walk_that_is_stopped_writes_nothing(tmp_path: Path) -> None:
    with serve(County(day=date(2023, 7, 3))) as server:
        command = [sys.executable, "-m", "monitor", "init", server.url, "--out", "x.toml", "--delay", "0.2"]
        walk = subprocess.Popen(command, cwd=tmp_path, env=environment(tmp_path), stderr=subprocess.PIPE)
        while len(server.requests) < 5:
            assert walk.poll() is None
            time.sleep(0.05)
        walk.send_signal(signal.SIGINT)
        _out, err = walk.communicate(timeout=60)
        asked = len(server.requests)
    assert walk.returncode == 3
    assert "浏览被中途停止" in err.decode()
    assert not (tmp_path / "x.toml").exists()
    assert asked < 40


def test_requests_keep_their_distance(tmp_path: Path) -> None:
    moments: list[float] = []

    class Timed(Folder):
        def do_GET(self) -> None:
            moments.append(time.monotonic())
            super().do_GET()

    with serving(partial(Timed, directory=str(PAGES / "by_unit"))) as url:
        said = gongkai(tmp_path, "init", url, "--out", "x.toml", "--delay", 0.3, "--pages", 4)
    assert said.status == 0, said.err
    # robots.txt and the first page are asked for at once; pages after it wait.
    assert all(later - earlier > 0.25 for earlier, later in pairwise(moments[1:]))
