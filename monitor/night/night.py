"""One night: every site crawled in a process of its own, then counted and judged; and what the night remembers: the
counts of its periods, how far each letter is, every finding's life one night on. Nothing else writes them: checking,
drafting, scoring and auditing only read."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from crawler.fetching.destinations import destinations_of
from crawler.sites.load import SITES, load_site
from crawler.sites.politeness import refuse_without_reason
from db.connect import Connection, DBAPIError, Engine
from db.counting.counts import write_counts
from db.error_words import in_chinese
from db.facts.letters import write_letter_progress
from db.facts.sites import night_case, night_coverage
from db.findings.lives import keep_findings, retire_findings
from db.mail.baseline import set_baseline
from db.recording.checks import links_to_try, save_tries
from db.recording.home_links import home_links_to_try, save_home_tries
from db.recording.register import register
from db.recording.retention import empty_journal, thin_letters
from monitor.bounded_process import run_until
from monitor.judge.context import Context, context_of
from monitor.judge.judging import Judgement, judge_period
from monitor.night.links import MOST, confirmed, try_links
from monitor.progress import Step, progress
from rules.book import BOOK, RULES
from rules.dates.periods import Period, quarter_before, quarter_of
from rules.engine.nights import NightVerdict, assess_night
from rules.errors import GongkaiError, WrongInput
from rules.vocabulary.places import Reference, Site
from rules.vocabulary.terms import Scope

# Seconds that a crawl has to end by itself once its time is over: requests on their way, a page being read, the last saves.
GRACE = 15 * 60.0


def periods_of(as_of: date) -> tuple[Period, Period]:
    """The periods that a night is about: the running quarter, and the last one that has ended."""
    running = quarter_of(as_of)
    return running, quarter_before(running)


def remember_night(connection: Connection, context: Context) -> Judgement:
    """Judges and remembers a night's periods, closes what nobody judges any more, and thins old letters. Returns the judgement of the
    quarter that has ended."""
    running, ended = periods_of(context.as_of)
    remember_period(connection, context, running)
    judgement = remember_period(connection, context, ended)
    retire_findings(connection, context.site.key, context.as_of, ("", running.key, ended.key))
    thin_letters(connection, context.site.key, context.site.keep_letters, context.as_of)
    return judgement


def remember_period(connection: Connection, context: Context, period: Period) -> Judgement:
    """Judges one period and writes its counts and how far the letters are; if the whole site was crawled that day, its
    findings live on by one night, and the first night that counts is the baseline of the alerts. Raises WrongInput on a
    wrong threshold in the site file."""
    register(connection, context.site)
    judgement = judge_period(connection, context, period)
    write_counts(connection, context.site.key, judgement.counts, period, context.as_of)
    write_letter_progress(connection, context.site.key, judgement.letters, context.as_of)
    if judgement.night:
        _advance(connection, judgement, judgement.night)
        if judgement.night.counts:
            set_baseline(connection, context.site.key, context.as_of)
    return judgement


def _advance(connection: Connection, judgement: Judgement, night: NightVerdict) -> None:
    """One night on for the findings of a period."""
    site, as_of = judgement.site, judgement.as_of
    coverage = night_coverage(connection, site, as_of).over(judgement.cases)
    found = {(ruling.finding.rule, ruling.finding.subject) for ruling in judgement.rulings}

    def good(rule_id: str, subject: str, about: Reference) -> bool:
        # What a rule found that has left the book since closes on a night that covers the site.
        scope = RULES[rule_id].scope if rule_id in RULES else Scope.SITE
        return night.counts and coverage.counts(scope, subject, about, found=(rule_id, subject) in found)

    hysteresis = {rule.id: rule.hysteresis for rule in BOOK}
    keep_findings(
        connection, site.key, judgement.rulings, as_of, ("", judgement.period.key), good, hysteresis
    )


@dataclass(frozen=True, slots=True)
class SiteNight:
    """How one site's night went. `findings`: how many stand, None where the night judged nothing; `trouble` is a Chinese
    sentence, "" if there was none. `under_wrong_day`: our clock was wrong, and nothing was remembered."""

    site: str
    name: str
    findings: int | None = None
    trouble: str = ""
    under_wrong_day: bool = False


def night_files(folder: Path, at: str | None = None) -> list[Path]:
    """The site files of a night. Raises WrongInput where there are none, or several and one mirror."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        there = f"目录 {folder} 中没有站点文件" if folder.is_dir() else f"没有 {folder} 这个目录"
        raise WrongInput(
            f"{there}，没有可采集的网站，请到站点文件所在的目录运行，或用 gongkai init 网址 --out sites/名称.toml 起草一个。"
        )
    if at and len(files) > 1:
        raise WrongInput(
            f"目录 {folder} 中有 {len(files)} 个站点文件，--at 只能用于一个，没有采集，请用 gongkai crawl 站点 --at 网址。"
        )
    return files


def run_nightly(
    engine: Engine, as_of: date, folder: Path = SITES, grace: float = GRACE, at: str | None = None
) -> Iterator[SiteNight]:
    """Every site file of the folder, one after the other; one site's trouble never stops the others, nor does a crawl
    that does not come back: it is ended `grace` seconds after its own time. `at`: the mirror of the folder's one site."""
    for file in night_files(folder, at):
        yield _site_night(engine, file, as_of, grace, at)


def _site_night(engine: Engine, file: Path, as_of: date, grace: float, at: str | None) -> SiteNight:
    try:
        site = load_site(file)
        refuse_without_reason(site, at)
    except GongkaiError as error:
        return SiteNight(file.stem, file.stem, trouble=str(error))
    status = _crawl(engine, file, site, as_of, grace, at)
    try:
        if void := _wrong_day(engine, site, as_of):
            return SiteNight(site.key, site.name, trouble=void, under_wrong_day=True)
        if not at:  # a mirror's links lead to the live hosts, which nobody asked to be read
            _try_links(engine, site, as_of)
        with progress() as begin, engine.begin() as connection:
            step = begin(f"{site.name}：统计和判断", 1)
            judgement = remember_night(connection, context_of(site, as_of))
            step()
        empty_journal(engine)
    except GongkaiError as error:
        return SiteNight(site.key, site.name, trouble=str(error))
    except DBAPIError as error:
        why = f"数据库操作失败（{in_chinese(error)}），当夜没有统计，已读到的内容保留，请检查磁盘与数据库后重新运行。"
        return SiteNight(site.key, site.name, trouble=why)
    counts = judgement.night is None or judgement.night.counts
    standing = sum(ruling.reported for ruling in judgement.rulings) if counts else None
    return SiteNight(site.key, site.name, standing, _trouble(site, status, judgement))


def _wrong_day(engine: Engine, site: Site, as_of: date) -> str:
    """What is said of a night whose crawl found our clock wrong, "" of any other: its day is wrong, and whatever were
    remembered under it would stand in the way of the right one."""
    with engine.connect() as connection:
        night = night_case(connection, site, as_of)
    return assess_night(night, site.expect).sentence if night and night.clock_off else ""


def _try_links(engine: Engine, site: Site, as_of: date) -> None:
    """Asks for links of postings, and for a few of the home page's."""
    with engine.connect() as connection:
        urls = links_to_try(connection, site.key, as_of, MOST)
        read = [site.home, *(c.url for c in site.columns if c.url), *(box.url for box in site.mailboxes)]
        at_home = home_links_to_try(connection, site.key, read, as_of, site.crawling.home_links)
    ask = partial(try_links, destinations=destinations_of(site), delay=site.crawling.delay)
    with progress() as begin:
        step = begin(f"{site.name}：链接", len(urls) + len(at_home)) if urls or at_home else None
        answers = dict(ask(_counted([*urls, *at_home], step)))
        missing = list(confirmed(ask, {url: answers[url] for url in at_home if url in answers}))
    with engine.begin() as connection:
        save_tries(connection, site.key, as_of, [(url, answers[url].alive) for url in urls if url in answers])
        save_home_tries(connection, site.key, as_of, missing)


def _counted(urls: Iterable[str], step: Step | None) -> Iterator[str]:
    for url in urls:
        yield url
        if step:
            step()


def _trouble(site: Site, status: int | None, judgement: Judgement) -> str:
    """What the operator must know of the night; nobody else is told."""
    if status is None:
        return (
            f"采集超过 {site.crawling.max_hours:g} 小时仍没有结束，已被中止，已读到的内容保留，未读到的不计零，"
            "请查看运行日志中最后访问的地址，或在站点文件 [crawl] 中调整 max_hours。"
        )
    if judgement.night and judgement.night.sentence:
        return judgement.night.sentence
    if status:
        how = f"被信号 {-status} 终止" if status < 0 else f"退出码 {status}"
        return f"采集没有正常结束（{how}），按已读到的内容统计，未读到的不计零。"
    return ""


def _crawl(engine: Engine, file: Path, site: Site, as_of: date, grace: float, at: str | None) -> int | None:
    """A crawl is a process: Twisted's reactor runs once, and a crash stays with one site. It ends by itself after the
    site's `max_hours`; one that hangs is ended `grace` seconds later. Returns its exit status, None if it was ended."""
    command = [sys.executable, "-m", "monitor", "crawl", str(file), "--as-of", as_of.isoformat()]
    command += ["--at", at] if at else []
    url = engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, "GONGKAI_DATABASE_URL": url}
    return run_until(command, environment, site.crawling.max_hours * 3600 + grace)
