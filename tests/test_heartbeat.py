"""The address that is asked for after each night: asked once, never printed, and no night's trouble when it fails."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from monitor.night.heartbeat import beat


@pytest.fixture
def monitoring() -> Iterator[tuple[str, list[str]]]:
    """A monitoring system: its address, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(500 if "broken" in self.path else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_it_beats_once_and_says_nothing(
    monitoring: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address, asked = monitoring
    monkeypatch.setenv("GONGKAI_HEARTBEAT_URL", f"{address}/ping/secret-key")
    beat()
    assert asked == ["/ping/secret-key"] and capsys.readouterr().err == ""
    monkeypatch.delenv("GONGKAI_HEARTBEAT_URL")
    beat()
    assert len(asked) == 1


@pytest.mark.parametrize("place", ["/broken/secret-key", None, "ftp://secret-key", "secret-key"])
def test_its_failure_is_said_without_the_address(
    monitoring: tuple[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    place: str | None,
) -> None:
    there = place and (monitoring[0] + place if place.startswith("/") else place)
    monkeypatch.setenv("GONGKAI_HEARTBEAT_URL", there or "http://127.0.0.1:9/secret-key")
    beat()
    said = capsys.readouterr().err
    assert "GONGKAI_HEARTBEAT_URL" in said and "夜间任务不受影响" in said and "secret-key" not in said
