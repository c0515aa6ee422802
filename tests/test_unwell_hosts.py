"""Hosts that do not answer, or ask to be left alone: the night ends, and every column is told for what it is."""

import ipaddress
import os
import socketserver
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.fetching.patience import ALL_PAUSES, LONGEST_PAUSE, LONGEST_ROW, ROW, GivenUp, Patience
from tests.commandline import Said, start

COLUMNS = 40
DAY = "2023-05-16"
LIST = """<html><head><title>栏目{n}-某县人民政府</title></head><body><div>当前位置：<a href="/">首页</a> &gt; 栏目{n}</div>
<ul>{rows}</ul><div class="page">共6条 1/1页</div></body></html>"""


def site_of(folder: Path, home: str, columns: int = COLUMNS) -> Path:
    declared = "".join(
        f'  {{units = ["a"], path = ["", "栏目{n}"], url = "/c{n}/"}},\n' for n in range(columns)
    )
    file = folder / "mou.toml"
    file.write_text(
        f'name = "某县人民政府"\nhome = "{home}"\ncrawl = {{delay = 0.01, timeout = 5}}\n'
        f'units = [{{id = "a", name = "甲局", kind = "部门"}}]\ncolumns = [\n{declared}]\n',
        encoding="utf-8",
    )
    return file


def crawled(site: Path, as_of: str = DAY, **variables: str) -> Said:
    database = f"sqlite:///{site.parent / 'gongkai.db'}"
    command = ("crawl", site, "--as-of", as_of, "--json")
    return start(site.parent, {**os.environ, "GONGKAI_DATABASE_URL": database, **variables}, *command).end()


def causes(said: Said) -> Counter[str]:
    return Counter(column["cause"] for column in said.json["unread"])


@dataclass
class Portal:
    """`status_of`: what each column's page is answered with; `asked` counts the addresses."""

    status_of: Callable[[str], int]
    retry_after: str = ""
    asked: Counter[str] = field(default_factory=Counter)


@contextmanager
def serving(portal: Portal, certificate: Path | None = None) -> Iterator[int]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            portal.asked[self.path] += 1
            status = portal.status_of(self.path)
            rows = "".join(
                f'<li><a href="{self.path}{d}.html">关于第{d}批专项资金安排情况的公告</a><span>2023-05-{d}</span></li>'
                for d in range(10, 16)
            )
            body = LIST.format(n=self.path.strip("/c"), rows=rows).encode() if status == 200 else b""
            self.send_response(status)
            if status != 200 and portal.retry_after:
                self.send_header("Retry-After", portal.retry_after)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield int(server.server_address[1])
    server.shutdown()
    server.server_close()


def test_a_host_that_hangs_up_is_left_after_a_few_columns(tmp_path: Path) -> None:
    calls: list[int] = []

    class HangsUp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            calls.append(1)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), HangsUp) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        said = crawled(site_of(tmp_path, f"http://127.0.0.1:{server.server_address[1]}/"))
        server.shutdown()
    assert said.status == 3
    assert len(calls) < 2 * ROW + 5, len(calls)
    assert said.json["columns"] == {"unreachable": COLUMNS}
    assert set(causes(said)) <= {"reset", "network", "data_loss"}
    assert said.err.strip().splitlines()[-1].startswith("127.0.0.1:"), said.err
    assert "接连没有正常回应，当夜没有再访问，其余栏目按“无法访问”记录、不计零" in said.err


@pytest.mark.parametrize(
    ("status", "outcome"), [(503, "unreachable"), (429, "blocked"), (502, "unreachable")]
)
def test_a_portal_that_refuses_everything_is_left_after_a_few_columns(
    tmp_path: Path, status: int, outcome: str
) -> None:
    portal = Portal(lambda path: 404 if path == "/robots.txt" else status)
    with serving(portal) as port:
        said = crawled(site_of(tmp_path, f"http://127.0.0.1:{port}/"))
    assert said.status == 3
    assert portal.asked.total() < 3 * ROW + 5, portal.asked
    told = causes(said)
    assert set(told) == {f"http_{status}", "given_up"} and told.total() == COLUMNS
    assert said.json["columns"].get(outcome, 0) + said.json["columns"].get("unreachable", 0) >= COLUMNS


@pytest.mark.parametrize(
    ("status", "retry_after"), [(503, ""), (503, "86400"), (503, "1"), (429, "Fri, 31 Dec 2049 00:00:00 GMT")]
)
def test_single_columns_that_refuse_leave_the_others_alone(
    tmp_path: Path, status: int, retry_after: str
) -> None:
    broken = {f"/c{n}/" for n in range(3, 3 + ROW + 1)} if retry_after != "1" else {"/c3/"}
    portal = Portal(lambda path: status if path in broken else 200, retry_after)
    with serving(portal) as port:
        said = crawled(site_of(tmp_path, f"http://127.0.0.1:{port}/", 12))
    assert said.status == 0, said.err
    assert said.json["columns"]["read"] == 12 - len(broken)
    assert causes(said) == {f"http_{status}": len(broken)}


def test_most_columns_broken_behind_a_sound_root_end_the_night_too(tmp_path: Path) -> None:
    portal = Portal(lambda path: 200 if path in ("/", "/robots.txt") else 504)
    with serving(portal) as port:
        said = crawled(site_of(tmp_path, f"http://127.0.0.1:{port}/"))
    assert said.status == 3
    assert causes(said)["given_up"] == COLUMNS - causes(said)["http_504"] > 0
    assert portal.asked.total() < 3 * LONGEST_ROW


def test_pauses_have_an_end() -> None:
    patience = Patience()
    assert not patience.pause("a", LONGEST_PAUSE + 1)
    assert [patience.pause("a", LONGEST_PAUSE) for _ in range(3)] == [True, True, False]
    assert patience.pauses_left == ALL_PAUSES - 2 * LONGEST_PAUSE
    assert LONGEST_PAUSE - 5 < patience.pause_left("a") <= LONGEST_PAUSE
    assert patience.pause_left("b") == 0


def test_one_answer_ends_a_row_and_hosts_are_apart() -> None:
    patience = Patience()
    for n in range(ROW):
        patience.failed("a", f"/{n}", "timeout")
        patience.failed("b", "/same", "timeout")
    assert patience.doubts("a") and not patience.doubts("b")
    patience.answered("a")
    assert not patience.doubts("a")
    patience.failed("a", "/x", "dns")
    patience.give_up("a")
    with pytest.raises(GivenUp) as refused:
        patience.refuse("a")
    assert refused.value.kind == "dns"
    patience.refuse("b")


def test_second_tries_at_a_night_s_end_are_no_row() -> None:
    patience = Patience()
    for n in range(2 * LONGEST_ROW):  # every third column is broken, the others answer
        patience.failed("a", f"/{n}", "timeout")
        patience.answered("a")
    for n in range(2 * LONGEST_ROW):  # asked once more, one after the other
        patience.failed("a", f"/{n}", "timeout")
        assert not patience.doubts("a")
    patience.refuse("a")


def certificate(folder: Path, name: str, *, host: str = "127.0.0.1", expired: bool = False) -> Path:
    """A self-signed certificate with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    alternative = x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + timedelta(days=-1 if expired else 9))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, *form))
    return file


@pytest.mark.parametrize(
    ("case", "trusted", "host", "expired"),
    [
        ("unknown issuer", False, "127.0.0.1", False),
        ("another host's", True, "www.other.example", False),
        ("expired", True, "127.0.0.1", True),
        ("sound", True, "127.0.0.1", False),
    ],
)
def test_a_certificate_that_does_not_verify_is_no_reading(
    tmp_path: Path, case: str, trusted: bool, host: str, expired: bool
) -> None:
    pem = certificate(tmp_path, "county", host=host, expired=expired)
    with serving(Portal(lambda _path: 200), pem) as port:
        site = site_of(tmp_path, f"https://127.0.0.1:{port}/", 2)
        said = crawled(site, **({"SSL_CERT_FILE": str(pem)} if trusted else {}))
    if case == "sound":
        assert said.json["columns"] == {"read": 2}
    else:
        assert causes(said) == {"tls": 2}, said.err
        assert said.json["columns"] == {"unreachable": 2}
