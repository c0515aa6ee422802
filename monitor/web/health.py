"""Whether the service lives, and its figures for a monitoring system; both without signing in, and naming nobody."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse

from db.connect import DBAPIError
from db.locks import last_finished
from monitor.night.schedule import last_due
from monitor.web.page_sources import PageSources
from monitor.web.security.guards import CurrentSources

routes = APIRouter()


def _nights_behind(sources: PageSources) -> int | None:
    """How many nights the last finished one lies back; None where none was finished."""
    with sources.read() as connection:
        done = last_finished(connection)
    return (last_due(sources.now) - done).days if done else None


@routes.get("/healthz")
def healthz(sources: CurrentSources) -> JSONResponse:
    """200 while the database answers; whether the nights run is a figure, no state of this process."""
    try:
        behind = _nights_behind(sources)
    except DBAPIError:
        return JSONResponse({"status": "数据库没有回应"}, 503)
    return JSONResponse({"status": "ok", "nights_behind": behind})


@routes.get("/metrics")
def metrics(sources: CurrentSources) -> PlainTextResponse:
    """Prometheus' text form."""
    behind = _nights_behind(sources)
    lines = [
        "# HELP gongkai_nights_behind Nights since the last finished one (-1: none was).",
        "# TYPE gongkai_nights_behind gauge",
        f"gongkai_nights_behind {-1 if behind is None else behind}",
        "# HELP gongkai_sites Site files that can be read.",
        "# TYPE gongkai_sites gauge",
        f"gongkai_sites {len(sources.sites())}",
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
