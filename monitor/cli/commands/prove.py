"""`gongkai prove`: every count of a period reproduced from the kept pages, offline."""

from typing import Annotated

import typer

from crawler.fetching.snapshots import SnapshotStore, evidence_folder
from crawler.sites.load import load_site
from db.connect import open_existing
from db.counting.counts import Count
from monitor.cli.checked import one_of
from monitor.cli.currency import currency_of
from monitor.cli.options import AsOf, Json, PeriodArgument, SiteArgument, day, period_by
from monitor.pages.proving import Proof, prove_period
from monitor.progress import progress
from monitor.status.unread import column_name
from monitor.terminal import say, say_error, say_json

FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on", metavar="unproved", help="有数字不能复现时退出码为 1", callback=one_of("unproved")
    ),
]


def prove(
    site: SiteArgument,
    period: PeriodArgument,
    as_of: AsOf = None,
    fail_on: FailOn = None,
    as_json: Json = False,
) -> None:
    """用保留的页面快照离线复核一个时段的全部数字，逐一列出不能复现的。"""
    place = load_site(site)
    today = day(as_of)
    when = period_by(period, today)
    engine = open_existing()
    with engine.connect() as connection, progress() as begin:
        currency = currency_of(connection, place, today)
        room = SnapshotStore(evidence_folder(engine))
        proofs = list(prove_period(connection, place, room, when, today, begin))
    failed = [proof for proof in proofs if not proof.proved]
    if as_json:
        told = {
            "proofs": [_facts(proof) for proof in proofs],
            "unproved": [_facts(proof) for proof in failed],
        }
        say_json({"proved": len(proofs) - len(failed)} | told)
    else:
        say(
            f"{place.name}：{len(proofs)} 个有数字的栏目，{len(proofs) - len(failed)} 个由快照复现，{len(failed)} 个不能。"
        )
        for proof in proofs:
            if proof.proved:
                say(f"  {column_name(proof.column)}：{'；'.join(map(_number, proof.counts))}")
        for proof in failed:
            say_error(f"  {column_name(proof.column)}（{proof.column.url}）：{'；'.join(proof.why)}")
        say(currency.sentence)
    if failed and fail_on == "unproved":
        raise typer.Exit(1)


def _number(count: Count) -> str:
    """12 条，精确：末页，共 12 条相符"""
    owner = f"{count.duty.label} " if count.column.shared else ""
    return f"{owner}{count.count} 条，{count.evidence.sentence or '至少'}"


def _facts(proof: Proof) -> dict[str, object]:
    counts = [count.row for count in proof.counts]
    return {
        "url": proof.column.url,
        "path": list(proof.column.path),
        "counts": counts,
        "why": list(proof.why),
    }
