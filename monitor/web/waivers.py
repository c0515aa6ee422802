"""Setting a finding aside from its page: the office says why, who approved it and until when, and it stands in the site file."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from db.users.changes import Change, log_change
from monitor.judge.context import context_of
from monitor.waivers.effect import freed
from monitor.waivers.site_file import named, put_waiver, refuse_waiver
from monitor.web.addresses import path
from monitor.web.looks import page
from monitor.web.security.forms import refuse_forged
from monitor.web.security.guards import NOT_THERE, Asked, CurrentRequest, Refused
from monitor.web.units import unit_in
from rules.book import RULES
from rules.errors import GongkaiError
from rules.vocabulary.places import Site, Waiver
from rules.vocabulary.roles import Role

routes = APIRouter()
LONGEST = 200  # characters of a reason, of a name
BETWEEN = "/"


def _waiver(site: Site, rule: str, unit: str, column: str, why: str, who: str, until: str) -> Waiver:
    """What a form says. Raises Refused."""
    if rule not in RULES:
        raise Refused(404, NOT_THERE)
    if unit:
        unit_in(site, unit)
    parts = next((each.path for each in site.columns if BETWEEN.join(each.path) == column), ())
    if column and not parts:
        raise Refused(404, NOT_THERE)
    if not unit and not parts:
        raise Refused(422, "这个问题不属于某个单位或栏目，不能在这里豁免，请修改站点文件。")
    try:
        last = date.fromisoformat(until)
    except ValueError:
        raise Refused(422, "豁免到哪一天没有写对，应如 2026-09-01，没有改动站点文件。") from None
    return Waiver(rule, why.strip()[:LONGEST], last, unit, parts, who.strip()[:LONGEST])


@routes.get("/s/{site_key}/waive")
def form(asked: CurrentRequest, site_key: str, rule: str, unit: str = "", column: str = "") -> Response:
    asked.require(Role.OFFICE)
    site = asked.whole_site(site_key)
    if rule not in RULES or (unit and not unit_in(site, unit)):
        raise Refused(404, NOT_THERE)
    owner = unit_in(site, unit) if unit else None
    return page(
        "waive", asked.session, site=site, rule=RULES[rule], unit=owner, column=column, title="豁免", today=asked.sources.today
    )  # fmt: skip


@routes.post("/s/{site_key}/waive")
def save(
    request: Request,
    asked: CurrentRequest,
    site_key: str,
    rule: Annotated[str, Form()],
    until: Annotated[str, Form()],
    why: Annotated[str, Form()] = "",
    who: Annotated[str, Form()] = "",
    unit: Annotated[str, Form()] = "",
    column: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
) -> Response:
    """Writes the waiver, notes who did, and shows the findings."""
    refuse_forged(request, token, asked.session.token)
    asked.require(Role.OFFICE)
    with asked.sources.writing:  # one after the other: each reads the file that it changes
        site = asked.whole_site(site_key)
        new = _waiver(site, rule, unit, column, why, who, until)
        _put(asked, site, new)
    asked.sources.forget()
    return RedirectResponse(path(site.key, "findings", rule=rule, unit=unit), 303)


def _put(asked: Asked, site: Site, new: Waiver) -> None:
    sources = asked.sources
    try:
        refuse_waiver(new, sources.today)
        with sources.read() as connection:
            number = len(list(freed(connection, context_of(site, sources.today), new)))
        put_waiver(sources.folder / f"{site.key}.toml", site, new)
    except GongkaiError as error:
        raise Refused(422, str(error)) from None
    said = f"{named(site, new)}；搁置 {number} 个问题"
    with sources.engine.begin() as connection:
        log_change(connection, Change(sources.clock(), asked.viewer.name, "豁免", said))
