"""The application: its pages, what stands before them, and what is said when something goes wrong."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from db.connect import DBAPIError
from monitor.terminal import say_error
from monitor.web import (
    columns,
    county,
    downloads,
    findings,
    health,
    letters,
    postings,
    snapshots,
    units,
    waivers,
)
from monitor.web.looks import page
from monitor.web.page_sources import PageSources
from monitor.web.security import sign_in
from monitor.web.security.guards import NOT_THERE, Refused, SignInFirst
from monitor.web.security.headers import add_headers
from rules.errors import GongkaiError

# In this order.
ROOMS = (health, sign_in, county, units, columns, postings, findings, letters, snapshots, waivers)
BROKEN = "这个页面没有做成，数据没有改变，请稍后再试；如果一直这样，请把时间告诉运维。"
WRONG_REQUEST = "地址中的参数无法识别，没有执行任何操作，请从页面上的链接进入。"


def make_app(sources: PageSources) -> FastAPI:
    """The web application over the sources of its pages."""
    app = FastAPI(title="gongkai 政务公开监测", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.sources = sources
    app.middleware("http")(add_headers)
    app.mount("/static", StaticFiles(directory=Path(__file__).with_name("static")), "static")
    for room in ROOMS:
        app.include_router(room.routes)
    for error, answer in ANSWERS:
        app.add_exception_handler(error, answer)
    return app


def _refused(_: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, Refused) else 400
    return page("error", None, status, said=str(error))


def _not_found(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return page("error", None, status, said=NOT_THERE if status == 404 else WRONG_REQUEST)


def _wrong(_: Request, __: Exception) -> Response:
    return page("error", None, 422, said=WRONG_REQUEST)


def _broken(request: Request, error: Exception) -> Response:
    say_error(f"页面 {request.url.path} 没有做成：{error}")
    return page("error", None, 503, said=BROKEN)


def _sign_in(request: Request, error: Exception) -> Response:
    return sign_in.ask_to_sign_in(request, error if isinstance(error, SignInFirst) else SignInFirst(""))


ANSWERS = (
    (SignInFirst, _sign_in), (Refused, _refused), (HTTPException, _not_found), (RequestValidationError, _wrong),
    (downloads.UnknownForm, _wrong), (GongkaiError, _broken), (DBAPIError, _broken),
)  # fmt: skip
