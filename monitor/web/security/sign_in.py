"""Signing in and out."""

from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from db.users.changes import Change, log_change
from db.users.sessions import close_session, open_session
from db.users.users import any_user, user_named
from monitor.web.looks import page
from monitor.web.page_sources import PageSources
from monitor.web.security.forms import FORGED, from_our_page, own_path, refuse_forged
from monitor.web.security.guards import COOKIE, CurrentSession, CurrentSources, Refused, SignInFirst
from monitor.web.security.passwords import is_right

routes = APIRouter()
WRONG = "用户名或密码不对，请核对后重试。"
TOO_OFTEN = "密码错误次数过多，请 15 分钟后再试。"
NOBODY = "还没有用户，请在服务器上运行 gongkai user add 添加第一个用户。"
LONGEST_NAME = 80


def ask_to_sign_in(_: Request, error: SignInFirst) -> Response:
    """Sends whoever has not signed in to the form."""
    return RedirectResponse(f"/login?back={error.back}" if error.back else "/login", 303)


@routes.get("/login")
def form(sources: CurrentSources, back: str = "/") -> Response:
    with sources.read() as connection:
        said = "" if any_user(connection) else NOBODY
    return page("login", None, back=own_path(unquote(back)), said=said, name="")


@routes.post("/login")
def sign_in(
    request: Request,
    sources: CurrentSources,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    if not from_our_page(request):
        raise Refused(403, FORGED)
    name, address, moment = name.strip()[:LONGEST_NAME], _address(request), sources.clock()
    if sources.limits.refuse(name, address, moment):
        return page("login", None, 429, back=own_path(back), said=TOO_OFTEN, name=name)
    with sources.read() as connection:
        user = user_named(connection, name)
    known = user if user and not user.disabled else None
    if not is_right(password, known.password if known else None) or known is None:
        sources.limits.failed(name, address, moment)
        return page("login", None, 401, back=own_path(back), said=WRONG, name=name)
    sources.limits.signed_in(name)
    with sources.engine.begin() as connection:
        cookie = open_session(connection, known, moment)
        log_change(connection, Change(moment, known.viewer.name, "登录", ""))
    answer = RedirectResponse(own_path(back), 303)
    _set_cookie(answer, sources, cookie)
    return answer


@routes.post("/logout")
def sign_out(
    request: Request, sources: CurrentSources, session: CurrentSession, token: Annotated[str, Form()] = ""
) -> Response:
    refuse_forged(request, token, session.token)
    with sources.engine.begin() as connection:
        close_session(connection, request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def _set_cookie(answer: Response, sources: PageSources, cookie: str) -> None:
    # A session ends with the browser's, or earlier (db.users.sessions).
    answer.set_cookie(COOKIE, cookie, path="/", secure=not sources.plain_http, httponly=True, samesite="lax")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
