"""`gongkai init`: a draft of a site file, found by walking the site."""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from crawler.discovery.discover import DiscoveryOptions, discover
from crawler.discovery.field_names import match_field
from crawler.discovery.proposal import Proposal
from crawler.discovery.site_draft import write_draft
from crawler.page.addresses import host_of
from crawler.page.links import HOST
from crawler.sites.hosts import is_loopback
from crawler.sites.load import parse_site
from crawler.sites.politeness import LONGEST, SHORTEST
from db.private_files import place
from monitor.cli.checked import folder, refuse_no_website
from monitor.cli.options import AsOf, Json, day
from monitor.progress import progress
from monitor.terminal import say, say_json
from rules.errors import GongkaiError, WrongInput, WrongSiteFile
from rules.vocabulary.file_names import FILE_NAME_RULE, is_file_name

Url = Annotated[str, typer.Argument(metavar="网址", help="网站首页的网址")]
Out = Annotated[Path, typer.Option("--out", metavar="文件", help="写入的站点文件，如 sites/beiguan.toml")]
Pages = Annotated[int, typer.Option("--pages", metavar="页数", min=1, help="最多访问多少个页面")]
Delay = Annotated[float, typer.Option("--delay", metavar="秒", min=0, help="两次请求之间的秒数")]
At = Annotated[str | None, typer.Option("--at", metavar="网址", help="在另一个地址（镜像）上读取该网站")]
Force = Annotated[bool, typer.Option("--force", help="覆盖已有的文件")]


def init(
    url: Url,
    out: Out,
    pages: Pages = 400,
    delay: Delay = 1.0,
    at: At = None,
    as_of: AsOf = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """从首页出发浏览网站，找出单位、栏目和信箱，写成站点文件草稿。"""
    home = _home(url)
    if at is not None:
        _home(at)
    _check_out(out, force=force)
    shortest = 0.0 if is_loopback(at or home) else SHORTEST
    if not shortest <= delay <= LONGEST:
        raise WrongInput(f"--delay 应在 {shortest:g} 到 {LONGEST} 秒之间，没有访问网站。")
    options = DiscoveryOptions(home, pages, delay, at, day(as_of))
    with progress() as begin:
        step = begin(f"浏览 {host_of(home)}（最多 {pages} 页）", pages)
        proposal = discover(options, lambda _survey: step())
    draft = write_draft(proposal)
    _check(draft, out)
    place(out, draft.encode())
    if as_json:
        say_json(facts_of(proposal, out))
    else:
        _print(proposal, out)
        if at is None and host_of(proposal.home) != host_of(home):
            say(
                f"网页上写明的首页是 {proposal.home}，已写入站点文件；所给的 {home} 是镜像的，采集时加 --at {home}，不是的请改 home。"
            )


def _home(url: str) -> str:
    """The home page's address, made whole. Raises WrongInput."""
    whole = url if "://" in url else f"http://{url}"
    refuse_no_website(whole, "网址", "https://www.example.gov.cn/")
    parts = urlsplit(whole)
    if not HOST.fullmatch(parts.netloc):
        raise WrongInput(
            f"网址“{url}”无法识别，请写成 https://www.example.gov.cn/ 的形式，没有执行任何操作。"
        )
    return whole if parts.path else f"{parts.scheme}://{parts.netloc}/"


def _check_out(out: Path, *, force: bool) -> None:
    if out.suffix != ".toml":
        raise WrongInput(f"站点文件“{out}”应以 .toml 结尾。")
    if not is_file_name(out.stem):
        raise WrongInput(f"站点文件“{out}”的名称不能用：{FILE_NAME_RULE}。")
    folder(out.parent)
    if out.is_dir() or (os.path.lexists(out) and not force):
        raise WrongInput(f"文件 {out} 已存在，没有覆盖；要重新生成请换一个文件名，或加 --force。")


def _check(draft: str, out: Path) -> None:
    """A draft that our own check refuses is our fault, not the user's."""
    try:
        parse_site(draft, out)
    except WrongSiteFile as error:
        raise GongkaiError(
            f"生成的草稿没有通过检查，没有写入，请把下面的信息报告给开发者。\n{error}"
        ) from error


def facts_of(proposal: Proposal, out: Path) -> dict[str, Any]:
    """What was found, for programs."""
    fields = Counter(column.path[0] for column in proposal.columns if column.tree)
    return {
        "out": str(out),
        "name": proposal.name,
        "home": proposal.home,
        "pages": proposal.pages,
        "waiting": proposal.waiting,
        "units": dict(Counter(unit.kind.value for unit in proposal.units)),
        "columns": len(proposal.columns),
        "fields": [
            {"field": field, "national": _national(field), "columns": number}
            for field, number in fields.items()
        ],
        "elsewhere": sum(column.url is None for column in proposal.columns),
        "outside": sum(column.outside for column in proposal.columns),
        "mailboxes": sum(box.enabled for box in proposal.mailboxes),
        "left_out": len(proposal.left_out),
        "unsure": proposal.unsure,
    }


def _national(field: str) -> str | None:
    match = match_field(field) if field else None
    return match.field.name if match and match.sure else None


def _print(proposal: Proposal, out: Path) -> None:
    facts = facts_of(proposal, out)
    kinds = "、".join(f"{kind} {number} 个" for kind, number in facts["units"].items()) or "没有找到"
    say(
        f"{proposal.name}：访问 {proposal.pages} 个页面，单位：{kinds}；栏目 {facts['columns']} 个，信箱 {facts['mailboxes']} 个。"
    )
    fields = "、".join(f"{each['field'] or '其他'} {each['columns']}" for each in facts["fields"])
    if fields:
        say(f"基层政务公开和重点领域：{fields}。")
    if proposal.waiting:
        say(f"还有 {proposal.waiting} 个链接没有访问，需要时加大 --pages。")
    if proposal.left_out:
        say(f"看过而没有写入的页面 {facts['left_out']} 个，连同原因列在草稿末尾。")
    say(f"草稿已写入 {out}，有 {proposal.unsure} 处标有“待核”，请核对后运行 gongkai site check {out}。")
