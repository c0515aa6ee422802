"""How far what is said of a site reaches: the day it is said for, and the last day on which anything of it was read."""

from dataclasses import dataclass
from datetime import date

from db.connect import Connection
from db.readings import last_readings
from rules.errors import WrongInput
from rules.vocabulary.places import Site


@dataclass(frozen=True, slots=True)
class Currency:
    """`as_of`: what is said holds for this day; `read_on`: the last day by then on which anything was read (None: crawled,
    and nothing was read)."""

    as_of: date
    read_on: date | None

    @property
    def sentence(self) -> str:
        """数据截至 2023-07-03，最近读取 2023-07-03。"""
        if self.read_on is None:
            return f"数据截至 {self.as_of:%Y-%m-%d}，采集过而没有读到任何内容。"
        reach = f"数据截至 {self.as_of:%Y-%m-%d}，最近读取 {self.read_on:%Y-%m-%d}。"
        days = (self.as_of - self.read_on).days
        if not days:
            return reach
        return f"{reach}此后 {days} 天没有读取，其间的变化没有看到，栏目多久未更新只算到最近读取之日，请先用 gongkai crawl 采集。"


def currency_of(connection: Connection, site: Site, as_of: date) -> Currency:
    """Raises WrongInput where the site was not crawled by that day: there is nothing to say of it."""
    last = last_readings(connection, site.key, as_of)
    if last.crawled_on is None:
        raise WrongInput(never_crawled(site, as_of))
    return Currency(as_of, last.read_on)


def never_crawled(site: Site, as_of: date) -> str:
    """What is to be done first."""
    return (
        f"{site.name}截至 {as_of:%Y-%m-%d} 还没有采集过，没有可说的内容，请先运行 gongkai crawl {site.key}。"
    )
