"""A page of ours from a template and its values."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import HTMLResponse

from db.users.sessions import Session
from monitor.clock import SHANGHAI
from monitor.paper_files.templates import render_template
from monitor.web.addresses import path


def page(name: str, session: Session | None, code: int = 200, /, **values: Any) -> HTMLResponse:
    """The page of a template (monitor/web/templates), for whoever has signed in (None: nobody). `code`: the
    answer's HTTP status."""
    viewer, token = (session.user.viewer, session.token) if session else (None, "")
    words = {"viewer": viewer, "token": token, "path": path, "with_query": with_query, "moment_of": moment_of}
    return HTMLResponse(render_template("monitor.web", f"{name}.html.j2", **words, **values), code)


def with_query(address: str, **more: str) -> str:
    """An address of ours with further words in its query; those that are there already are replaced."""
    parts = urlsplit(address)
    told = dict(parse_qsl(parts.query)) | more
    return parts.path + (f"?{urlencode(told)}" if told else "")


def moment_of(moment: datetime) -> str:
    """A moment as pages print it, in Asia/Shanghai."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
