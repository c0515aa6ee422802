"""From what a file says to a Site: names resolved, `each` spread over its units, nothing counted twice."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from crawler.sites.schema import ColumnDeclaration, SiteDeclaration
from rules.vocabulary.places import Column, Crawling, Duty, Endpoint, Expect, Mailbox, Site, Unit, Waiver
from rules.vocabulary.terms import UnitKind

PORTAL = "portal"
Faults = list[tuple[tuple[str | int, ...], str]]


def resolve_site(key: str, declared: SiteDeclaration, faults: Faults) -> Site:
    """The Site that a declaration means; what contradicts itself is added to `faults` as (key, reason)."""
    office = declared.office.name or declared.name
    units = (
        Unit(PORTAL, office, UnitKind.PORTAL, (), declared.office.email),
        *(Unit(u.id, u.name, u.kind, u.aliases, u.email) for u in declared.units),
    )
    index = _index(units, declared, faults)
    faults += _unknown_platforms(declared)
    columns = tuple(_columns(declared, units, index, faults))
    return Site(
        key=key,
        name=declared.name,
        home=declared.home,
        units=units,
        columns=columns,
        mailboxes=tuple(_mailboxes(declared, faults)),
        waivers=tuple(_waivers(declared, index, faults)),
        crawling=Crawling(**declared.crawl.model_dump()),
        expect=Expect(declared.expect.read, declared.expect.postings),
        thresholds=declared.rules,
        mobiles=declared.office.mobiles,
    )


def _unknown_platforms(declared: SiteDeclaration) -> Iterator[tuple[tuple[str | int, ...], str]]:
    written: list[tuple[tuple[str | int, ...], str | None]] = [(("platform",), declared.platform)]
    written += [
        (("columns", number, "platform"), one.platform) for number, one in enumerate(declared.columns)
    ]
    named = [(key, name) for key, name in written if name]
    if not named:
        return
    # Only where a platform is named: the readers that come with the platforms take longer to import than a site file
    # takes to read.
    from crawler.platforms import PLATFORMS

    known = [one.name for one in PLATFORMS]
    for key, name in named:
        if name not in known:
            yield key, f"没有名为“{name}”的平台，可用：{'、'.join(known)}"


def _index(units: tuple[Unit, ...], declared: SiteDeclaration, faults: Faults) -> dict[str, str]:
    """Id, name and alias → unit key; a name that two units claim is a fault."""
    index: dict[str, str] = {}
    if PORTAL in {unit.id for unit in declared.units}:
        faults.append((("units",), f"id“{PORTAL}”留给门户自身，请换一个"))
    for number, unit in enumerate(units):
        for name in (unit.key, *unit.names):
            if index.setdefault(name, unit.key) != unit.key:
                faults.append((("units", max(number - 1, 0), "id"), f"“{name}”与单位 {index[name]} 重复"))
    ids = [unit.id for unit in declared.units]
    for number, unit_id in enumerate(ids):
        if unit_id in ids[:number]:
            faults.append((("units", number, "id"), f"单位 id“{unit_id}”重复"))
    return index


def _columns(
    declared: SiteDeclaration, units: tuple[Unit, ...], index: dict[str, str], faults: Faults
) -> Iterator[Column]:
    taken: dict[str, int] = {}
    for number, column in enumerate(declared.columns):
        for settled in _spread(declared, column, number, units, index, faults):
            if settled.key in taken:
                reason = (
                    f"“{settled.key}”与第 {taken[settled.key] + 1} 个栏目重复；多单位共担的栏目请合写 units"
                )
                faults.append((("columns", number, "id" if column.id else "url"), reason))
            taken.setdefault(settled.key, number)
            yield settled


def _spread(
    declared: SiteDeclaration,
    column: ColumnDeclaration,
    number: int,
    units: tuple[Unit, ...],
    index: dict[str, str],
    faults: Faults,
) -> Iterator[Column]:
    owners = _owners(column, number, units, index, faults)
    if column.shared:
        yield _column(declared, column, (*_sharers(owners, units), Duty((), "未能识别来源")), column.url)
    elif column.each:
        for duty in owners:
            unit = duty.units[0]
            key = f"{column.id}:{unit}" if column.id else None
            url = column.url.replace("{unit}", unit) if column.url else None
            yield _column(declared, column, (duty,), url, key)
    else:
        duty = Duty(tuple(o.units[0] for o in owners), "、".join(o.label for o in owners))
        yield _column(declared, column, (duty if owners else Duty((PORTAL,), units[0].name),), column.url)


def _sharers(owners: tuple[Duty, ...], units: tuple[Unit, ...]) -> tuple[Duty, ...]:
    """Whose a posting of a shared list may be: the units named, else all; and the office, which posts in any list."""
    everyone = owners or tuple(Duty((u.key,), u.name) for u in units[1:])
    office = Duty((PORTAL,), units[0].name)
    return everyone if any(PORTAL in duty.units for duty in everyone) else (*everyone, office)


def _owners(
    column: ColumnDeclaration, number: int, units: tuple[Unit, ...], index: dict[str, str], faults: Faults
) -> tuple[Duty, ...]:
    """One duty an owner, printed as the file writes its name (a name or alias; the unit's name for an id)."""
    if column.each:
        found = tuple(Duty((u.key,), u.name) for u in units if u.kind in column.each)
        if not found:
            faults.append((("columns", number, "each"), f"没有类别为“{'、'.join(column.each)}”的单位"))
        return found
    names = {unit.key: unit.name for unit in units}
    owners = []
    for written in column.units or ():
        if written not in index:
            faults.append((("columns", number, "units"), f"没有 id、名称或别名为“{written}”的单位"))
            continue
        key = index[written]
        owners.append(Duty((key,), names[key] if written == key else written))
    return tuple(owners)


def _column(
    declared: SiteDeclaration,
    column: ColumnDeclaration,
    duties: tuple[Duty, ...],
    url: str | None,
    key: str | None = None,
) -> Column:
    field, level1, level2 = (*column.path, "", "")[:3]
    address = urljoin(declared.home, url) if url else None
    owner = duties[0].key
    api = column.api
    endpoint = Endpoint(**{**api.model_dump(), "url": urljoin(declared.home, api.url)}) if api else None
    return Column(
        key=key
        or column.id
        or (_local(declared.home, address) if address else f"{owner}:{'/'.join(column.path)}"),
        field=field,
        level1=level1,
        level2=level2,
        duties=duties,
        url=address,
        elsewhere=column.elsewhere,
        shared=column.shared,
        outside=column.outside,
        cycle=column.cycle,
        endpoint=endpoint,
        browser=column.browser,
        kind=column.kind,
        platform=column.platform or declared.platform,
    )


def _local(home: str, address: str) -> str:
    """The address as a key: without scheme, and without host where it is the site's own."""
    parts, own = urlsplit(address), urlsplit(home)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return path if parts.netloc == own.netloc else parts.netloc + path


def _mailboxes(declared: SiteDeclaration, faults: Faults) -> Iterator[Mailbox]:
    taken: set[str] = set()
    for number, box in enumerate(declared.mailboxes):
        address = urljoin(declared.home, box.url)
        key = box.id or _local(declared.home, address)
        if key in taken:
            faults.append((("mailboxes", number, "url"), f"信箱“{key}”重复"))
        taken.add(key)
        yield Mailbox(key, box.name, address, box.reply_within)


def _waivers(declared: SiteDeclaration, index: dict[str, str], faults: Faults) -> Iterator[Waiver]:
    for number, waiver in enumerate(declared.waivers):
        if waiver.unit and waiver.unit not in index:
            faults.append((("waivers", number, "unit"), f"没有 id、名称或别名为“{waiver.unit}”的单位"))
        yield Waiver(
            waiver.rule, waiver.why, waiver.until, index.get(waiver.unit or "", ""), waiver.path, waiver.who
        )
