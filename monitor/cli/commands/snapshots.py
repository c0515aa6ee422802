"""`gongkai prove` and `gongkai prune`: kept pages reproduce the counts of a period, offline; old ones are cleared away."""

from datetime import timedelta
from typing import Annotated

import typer

from crawler.fetching.snapshots import SnapshotStore, evidence_folder
from crawler.sites.load import load_site
from db.connect import open_existing
from db.findings.snapshots import mark_pruned, prunable
from monitor.cli.options import AsOf, Json, PeriodArgument, SiteArgument, day
from monitor.pages.proving import Proof, prove_period
from monitor.terminal import say, say_error, say_json
from rules.dates.periods import parse_period

FailOn = Annotated[
    str | None, typer.Option("--fail-on", metavar="unproved", help="有数字不能复现时退出码为 1")
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
    engine = open_existing()
    with engine.connect() as connection:
        room = SnapshotStore(evidence_folder(engine))
        proofs = list(prove_period(connection, place, room, parse_period(period), today))
    failed = [proof for proof in proofs if not proof.proved]
    if as_json:
        say_json({"proved": len(proofs) - len(failed), "unproved": [_facts(proof) for proof in failed]})
    else:
        say(
            f"{place.name}：{len(proofs)} 个有数字的栏目，{len(proofs) - len(failed)} 个由快照复现，{len(failed)} 个不能。"
        )
        for proof in failed:
            say_error(f"  {'›'.join(proof.column.path)}（{proof.column.url}）：{'；'.join(proof.why)}")
    if failed and fail_on == "unproved":
        raise typer.Exit(1)


def _facts(proof: Proof) -> dict[str, object]:
    counts = [count.row for count in proof.counts]
    return {
        "url": proof.column.url,
        "path": list(proof.column.path),
        "counts": counts,
        "why": list(proof.why),
    }


Days = Annotated[int, typer.Option("--days", metavar="天数", min=1, help="保留最近多少天的快照")]


def prune(site: SiteArgument, days: Days = 400, as_of: AsOf = None, as_json: Json = False) -> None:
    """清理旧快照：未解决的问题、已发布的通报和最近一次读取所依据的快照一律保留。"""
    place = load_site(site)
    today = day(as_of)
    engine = open_existing(read_only=False)
    room = SnapshotStore(evidence_folder(engine))
    with engine.begin() as connection:
        old = prunable(connection, place.key, today - timedelta(days=days))
        mark_pruned(connection, [row.id for row in old], today)
    # The files go last: a crash leaves a file too many, never a record without its file.
    for row in old:
        room.remove(row.path)
    if as_json:
        say_json({"pruned": len(old)})
    else:
        say(f"{place.name}：清理了 {len(old)} 个 {days} 天以前、没有问题和通报依据的快照。")
