"""`gongkai count`: postings of every duty in a period."""

from crawler.sites.load import load_site
from db.connect import open_existing
from db.counting.counts import Count, counts_as_of
from monitor.cli.currency import currency_of
from monitor.cli.options import AsOf, Json, PeriodArgument, SiteArgument, day, period_by
from monitor.terminal import say, say_json, say_table
from monitor.wording import shown, status_label, total_of


def count(site: SiteArgument, period: PeriodArgument, as_of: AsOf = None, as_json: Json = False) -> None:
    """统计一个时段内各单位各栏目发布的信息数。"""
    place = load_site(site)
    today = day(as_of)
    when = period_by(period, today)
    with open_existing().connect() as connection:
        currency = currency_of(connection, place, today)
        counts = counts_as_of(connection, place, when, today)
    if as_json:
        say_json([each.row for each in counts])
        return
    heads = ("责任单位", "栏目", "信息数", "结果")
    say_table(heads, [_cells(each) for each in counts], f"{place.name} {when.title}")
    say(f"合计 {total_of(counts)} 条。{currency.sentence}")


def _cells(count: Count) -> tuple[str, str, str, str]:
    return count.duty.label, "›".join(count.column.path), str(shown(count)), status_label(count.status)
