"""Forms that change something: they carry their session's token, and come from our own pages."""

import secrets
from urllib.parse import urlsplit

from fastapi import Request

from monitor.web.security.guards import Refused

FORGED = "这个请求不是从本系统的页面发出的，或者页面已经过期，没有执行，请返回后重新提交。"


def from_our_page(request: Request) -> bool:
    """Whether a browser says that one of our pages sent this (Sec-Fetch-Site, else Origin)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def refuse_forged(request: Request, token: str, kept: str) -> None:
    """Raises Refused of a form that does not carry the session's token, or comes from elsewhere."""
    if not from_our_page(request) or not secrets.compare_digest(token.encode(), kept.encode()):
        raise Refused(403, FORGED)


def own_path(back: str) -> str:
    """Where to go after signing in: a path of ours, whatever was asked for."""
    parts = urlsplit(back)
    safe = (
        back.startswith("/") and not back.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    )
    return back if safe and back.isprintable() and "\\" not in back else "/"
