"""Asking faster than is polite, or past robots.txt: only with a reason in the site file, which is printed on every run."""

from crawler.sites.hosts import hosts_of, is_loopback, proxy_for
from rules.errors import WrongSiteFile
from rules.vocabulary.places import Site

SHORTEST, LONGEST = 0.5, 600  # seconds between two requests


def liberties_of(site: Site) -> str:
    """What a site file takes of the servers' peace, a Chinese phrase with its keys; "" for nothing."""
    crawling = site.crawling
    robots = "" if crawling.obey_robots else "不遵守 robots.txt（obey_robots = false）"
    hasty = crawling.delay < SHORTEST
    delay = f"两次请求间隔不足 {SHORTEST:g} 秒（delay = {crawling.delay:g}）" if hasty else ""
    return "，".join(filter(None, (robots, delay)))


def remark_on(site: Site, at: str | None = None) -> str:
    """What is to be printed of a site file that takes liberties; "" of others, and of a site that is read on this very
    machine, which owes nobody a reason."""
    taken = liberties_of(site)
    if not taken or _all_here(site, at):
        return ""
    reason = f"理由：{site.crawling.why}" if site.crawling.why else "没有用 why 写明理由"
    refused = "，采集时将被拒绝" if _owes_a_reason(site, at) else ""
    return f"{site.name}：{taken}，{reason}{refused}。"


def _all_here(site: Site, at: str | None) -> bool:
    """Whether nobody is asked but this very machine: the mirror, or every host that the file names."""
    if at:
        return is_loopback(at)
    lists = [*(column.url for column in site.columns), *(box.url for box in site.mailboxes)]
    asked = [*(f"//{host}" for host in hosts_of(site)), *filter(None, lists)]
    return all(map(is_loopback, asked))


def refuse_without_reason(site: Site, at: str | None = None) -> None:
    """Raises WrongSiteFile where liberties are taken with another machine's peace and no reason is given."""
    if _owes_a_reason(site, at):
        raise WrongSiteFile(
            f"站点文件 {site.key} 的 [crawl] {liberties_of(site)}，而没有用 why 写明理由，没有开始采集，请写明或改回。"
        )


def _owes_a_reason(site: Site, at: str | None) -> bool:
    """Whether another machine's peace is at stake and no reason given. A proxy on this machine answers for what it passes
    on."""
    here = _all_here(site, at) or _through_local_proxy(at or site.home)
    return not here and bool(liberties_of(site)) and not site.crawling.why


def _through_local_proxy(url: str) -> bool:
    proxy = proxy_for(url)
    return proxy is not None and is_loopback(proxy if "//" in proxy else f"http://{proxy}")
