"""`gongkai alert`: the day's mails to the units, shown, or sent."""

import re
from datetime import date, datetime, time
from typing import Annotated

import typer

from crawler.sites.load import load_site
from db.connect import Engine, open_existing
from db.locks import hold
from db.mail.baseline import baseline_of
from db.mail.queue import deliveries_of, resolve
from db.readings import last_readings
from monitor.alerts.compose import compose
from monitor.alerts.gather import gather
from monitor.alerts.outbox import BUSY, send_alerts
from monitor.alerts.release import facts_of_held, held_back, hint_of_held, release_baseline, say_held
from monitor.alerts.render import facts_of_mail, facts_of_outbox, say_deliveries, say_mails
from monitor.cli.currency import currency_of
from monitor.cli.error_messages import OUR_FAILURE
from monitor.cli.options import AsOf, Json, SiteArgument, day, day_so_far
from monitor.clock import SHANGHAI, shanghai_now
from monitor.judge.context import Context, context_of
from monitor.terminal import say, say_error, say_json
from rules.alerting import quiet_hours
from rules.errors import WrongInput
from rules.vocabulary.places import Site

Send = Annotated[bool, typer.Option("--send", help="真正发送；不写则只显示将要发送的内容")]
Time = Annotated[
    str | None, typer.Option("--time", metavar="时刻", help="视为几点，如 09:00，与 --as-of 同用；默认现在")
]
Text = Annotated[bool, typer.Option("--text", help="同时显示每封邮件的正文")]
Listing = Annotated[bool, typer.Option("--list", help="列出发过和待发的邮件及其结果")]
Settle = Annotated[
    int | None, typer.Option("--settle", metavar="邮件编号", help="是否送达不明的邮件：对方已收到")
]
Resend = Annotated[
    int | None, typer.Option("--resend", metavar="邮件编号", help="是否送达不明的邮件：对方未收到，重发")
]

Baseline = Annotated[
    bool, typer.Option("--baseline", help="列出基线（第一夜的问题）中尚未放行的，只供政务公开办查看")
]
Release = Annotated[
    str | None,
    typer.Option(
        "--release", metavar="范围", help="放行基线中的问题，通知责任单位：all、单位（编号或名称）或问题编号"
    ),
]

# 9:00 and 9：00 are what people write.
_TIME = re.compile(r"(\d{1,2})[:：](\d\d)(?:[:：](\d\d))?", re.ASCII)


def alert(
    site: SiteArgument,
    send: Send = False,
    as_of: AsOf = None,
    at: Time = None,
    text: Text = False,
    listing: Listing = False,
    settle: Settle = None,
    resend: Resend = None,
    baseline: Baseline = False,
    release: Release = None,
    as_json: Json = False,
) -> None:
    """提醒邮件：每个单位每天至多一封，有新问题、到期提醒或恢复时才发。默认只显示，加 --send 才发送。"""
    place, moment = load_site(site), moment_of(as_of, at)
    context = context_of(place, moment.date())
    asking = not send and settle is None and resend is None and release is None
    if not asking:
        day_so_far(as_of)  # nothing is sent, released or settled under a day that has not come
    engine = open_existing(read_only=asking)
    reach = _reach(engine, place, moment.date()) if asking and not listing else ""
    if release is not None:
        say(release_baseline(engine, context, release, moment))
    if settle is not None or resend is not None:
        _resolve(engine, place, settle, resend, moment)
    if send:
        _send(engine, context, moment, as_json)
    elif listing:
        rows = deliveries_of(engine, place.key)
        say_json(facts_of_outbox(rows)) if as_json else say_deliveries(place, rows)
    elif baseline:
        _say_baseline(engine, context, as_json)
    elif asking:
        _show(engine, context, moment, text, as_json)
    if reach and not as_json:
        say(reach)


def _reach(engine: Engine, site: Site, today: date) -> str:
    """How far what is shown reaches. Raises WrongInput of a site without any night."""
    with engine.connect() as connection:
        crawled = last_readings(connection, site.key, today).crawled_on
        if crawled is None and baseline_of(connection, site.key).night:
            return ""
        return currency_of(connection, site, today).sentence


def moment_of(as_of: str | None, at: str | None) -> datetime:
    """The moment that is taken for now. Raises WrongInput."""
    now = shanghai_now()
    match = _TIME.fullmatch(at) if at else None
    try:
        clock = time(int(match[1]), int(match[2]), int(match[3] or 0)) if match else now.time()
    except ValueError:
        match = None
    if at and not match:
        raise WrongInput(f"时刻“{at}”无法识别，请写成 09:00 的形式。")
    return datetime.combine(day(as_of, now.date()), clock, SHANGHAI)


def _show(engine: Engine, context: Context, moment: datetime, text: bool, as_json: bool) -> None:
    site = context.site
    with engine.connect() as connection:
        mails = compose(gather(connection, context))
        kept = held_back(connection, context)
    if as_json:
        say_json([facts_of_mail(mail, site, moment.date()) for mail in mails])
        return
    say_mails(site, mails, moment.date(), text)
    if kept:
        say(hint_of_held(kept))
    why = quiet_hours(moment, context.calendar)
    say(f"以上只是预览，没有发送{f'；{why}，加 --send 也不会发送' if why else '，加 --send 发送'}。")


def _say_baseline(engine: Engine, context: Context, as_json: bool) -> None:
    with engine.connect() as connection:
        kept = held_back(connection, context)
    say_json(facts_of_held(kept)) if as_json else say_held(engine, context, kept)


def _resolve(engine: Engine, site: Site, settle: int | None, resend: int | None, moment: datetime) -> None:
    with hold(engine, f"alert-{site.key}", BUSY), engine.begin() as connection:
        for mail, arrived in ((settle, True), (resend, False)):
            if mail is None:
                continue
            if not resolve(connection, site.key, mail, arrived=arrived, moment=moment):
                raise WrongInput(
                    f"第 {mail} 号邮件不是“是否送达不明”的邮件，没有改动，请用 --list 查看编号。"
                )
            say(f"第 {mail} 号邮件已记为{'送达' if arrived else '待发，下次 --send 时重发'}。")


def _send(engine: Engine, context: Context, moment: datetime, as_json: bool) -> None:
    sent = send_alerts(engine, context, moment)
    if as_json:
        say_json(facts_of_outbox(sent.rows))
    else:
        say_deliveries(context.site, sent.rows)
        with engine.connect() as connection:
            kept = held_back(connection, context)
        if kept:
            say(hint_of_held(kept))
    if sent.silence:
        say_error(f"{sent.silence}，没有发送任何邮件，请在工作日上班时间运行。")
    for each in [*sent.refusals, *sent.doubts]:
        say_error(each)
    if sent.doubts:
        raise typer.Exit(OUR_FAILURE)
