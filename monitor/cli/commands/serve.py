"""`gongkai serve`: every night at its time, and the pages that show what it found."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from socket import AF_INET, AF_INET6, create_server, socket
from typing import Annotated, Any

import typer

from crawler.sites.load import SITES
from db.connect import Engine, open_database, open_existing
from db.locks import hold
from monitor.alerts.settings import smtp_settings
from monitor.cli.checked import folder
from monitor.cli.commands.night import alert_sites, probe_sites, service_night
from monitor.cli.options import AsOf, day
from monitor.clock import SHANGHAI, Clock, shanghai_now
from monitor.terminal import say
from rules.errors import WrongInput

Folder = Annotated[Path, typer.Option("--sites", metavar="目录", help="站点文件所在目录")]
Alerts = Annotated[
    bool, typer.Option("--alerts", help="工作日 9 时至 16 时每小时发送应发的提醒邮件；不写则不发")
]
Host = Annotated[str, typer.Option("--host", metavar="地址", help="网页在哪个地址上提供；默认只在本机")]
Port = Annotated[
    int, typer.Option("--port", metavar="端口", min=0, max=65535, help="网页的端口；0 为不提供网页")
]
PlainHttp = Annotated[
    bool,
    typer.Option("--plain-http", help="网页前面没有 HTTPS：登录凭据会明文经过网络，只可用于可信的内网"),
]
Papers = Annotated[
    Path,
    typer.Option(
        "--papers", metavar="目录", help="季度、月份结束后起草的通报和得分表存放在哪里", callback=folder
    ),
]
LookOnly = Annotated[
    bool, typer.Option("--look-only", help="只提供网页，不运行夜间任务；--as-of 只能与它同用")
]


def serve(
    sites: Folder = SITES,
    alerts: Alerts = False,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    plain_http: PlainHttp = False,
    papers: Papers = Path("papers"),
    look_only: LookOnly = False,
    as_of: AsOf = None,
) -> None:
    """常驻服务：每天 02:00（北京时间）运行夜间任务，错过的一夜补一次；并提供网页。"""
    if as_of and not look_only:
        raise WrongInput("--as-of 只能与 --look-only 同用：夜间任务总是今天的，没有启动。")
    if look_only and not port:
        raise WrongInput("--look-only 只提供网页，不能与 --port 0 同用，没有启动。")
    if alerts:
        smtp_settings()
    engine = open_database()
    clock = clock_at(day(as_of)) if as_of else shanghai_now
    pages = Pages(listening(host, port), web_server(engine, sites, clock, plain_http)) if port else None
    if look_only and pages:
        pages.show(plain_http)
        return
    with hold(engine, "serve", "已有一个 gongkai serve 在使用这个数据库，本次没有启动，请先停止它。"):
        scheduler = scheduler_of(engine, sites, papers, alerts, blocking=pages is None)
        mailing = "，工作日 9 时起发送提醒邮件" if alerts else "，不发提醒邮件（加 --alerts 才发）"
        say(f"服务已启动，每天 02:00（北京时间）运行夜间任务{mailing}，按 Ctrl-C 停止。")
        try:
            scheduler.start()
            if pages:
                pages.show(plain_http)
                scheduler.shutdown(wait=False)
        except (KeyboardInterrupt, SystemExit):
            pass
        say("服务已停止。")


@dataclass(frozen=True, slots=True)
class Pages:
    """A web server (uvicorn's) and the socket that it is to answer on."""

    socket: socket
    server: Any

    def show(self, plain_http: bool) -> None:
        """Answers until the process is told to stop."""
        host, port = self.socket.getsockname()[:2]
        say(f"网页：http://{host}:{port}/")
        if plain_http:
            say("注意：--plain-http，登录凭据会明文经过网络。")
        self.server.run([self.socket])


def listening(host: str, port: int) -> socket:
    """A socket on an address. Raises WrongInput where it cannot be had."""
    try:
        return create_server((host, port), family=AF_INET6 if ":" in host else AF_INET)
    except OSError:
        raise WrongInput(
            f"地址 {host}:{port} 不能使用（可能已被占用，或不是本机的），没有启动，请换一个 --host 或 --port。"
        ) from None


def clock_at(today: date) -> Clock:
    """A clock that stands at noon of a day: to look at what is past."""
    noon = datetime.combine(today, time(12), SHANGHAI)
    return lambda: noon


def scheduler_of(engine: Engine, sites: Path, papers: Path, alerts: bool, *, blocking: bool) -> Any:
    """The scheduler with a night's jobs entered, not yet started."""
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.schedulers.blocking import BlockingScheduler

    from monitor.night.schedule import Nightwatch

    scheduler = (BlockingScheduler if blocking else BackgroundScheduler)(timezone=SHANGHAI)
    Nightwatch(
        engine, lambda night: service_night(engine, night, sites, papers), shanghai_now,
        lambda: probe_sites(engine, sites),
        (lambda: alert_sites(engine, sites, shanghai_now())) if alerts else None,
    ).schedule(scheduler)  # fmt: skip
    return scheduler


def web_server(engine: Engine, sites: Path, clock: Clock, plain_http: bool) -> Any:
    """The web server of a database, not yet started."""
    import uvicorn  # only where there are pages: a night needs none

    from monitor.web.app import make_app
    from monitor.web.page_sources import PageSources

    reading = open_existing(engine.url.render_as_string(hide_password=False))
    app = make_app(PageSources(engine, reading, sites, clock, plain_http))
    # A proxy on this machine says who asks and whether by HTTPS; nobody else is believed.
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False,
        proxy_headers=True, forwarded_allow_ips="127.0.0.1", timeout_graceful_shutdown=5,
    )  # fmt: skip
    return uvicorn.Server(config)
