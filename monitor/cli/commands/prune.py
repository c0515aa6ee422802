"""`gongkai prune`: drops kept pages that nothing leans on any more, and the texts of old letters."""

from datetime import timedelta
from typing import Annotated

import typer

from crawler.fetching.snapshots import SnapshotStore, evidence_folder
from crawler.sites.load import load_site
from db.connect import open_existing
from db.findings.snapshots import mark_pruned, prunable
from db.recording.retention import empty_journal, thin_letters
from monitor.cli.options import AsOf, Json, SiteArgument, day_so_far
from monitor.terminal import say, say_json

Days = Annotated[int, typer.Option("--days", metavar="天数", min=1, help="保留最近多少天的快照")]


def prune(site: SiteArgument, days: Days = 400, as_of: AsOf = None, as_json: Json = False) -> None:
    """清理旧快照和过了保存期限的来信内容：未解决的问题、已发布的通报和最近一次读取所依据的快照一律保留。"""
    place = load_site(site)
    today = day_so_far(as_of)
    engine = open_existing(read_only=False)
    room = SnapshotStore(evidence_folder(engine))
    with engine.begin() as connection:
        old = prunable(connection, place.key, today - timedelta(days=days))
        mark_pruned(connection, [row.id for row in old], today)
        thinned = thin_letters(connection, place.key, place.keep_letters, today)
    empty_journal(engine)
    # The files go last: a crash leaves a file too many, never a record without its file.
    for row in old:
        room.remove(row.path)
    if as_json:
        say_json({"pruned": len(old), "thinned_letters": thinned})
    else:
        say(f"{place.name}：清理了 {len(old)} 个 {days} 天以前、没有问题和通报依据的快照。")
        say(
            f"清除了 {thinned} 封 {place.keep_letters} 个月以前来信的标题和内容，日期、单位、状态和计数保留。"
        )
