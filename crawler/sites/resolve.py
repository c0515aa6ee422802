"""From what a file says to a Site: names resolved, `each` spread over its units, nothing counted twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from crawler.sites.schema import ColumnDeclaration, SiteDeclaration
from rules.vocabulary.places import (
    Column,
    Crawling,
    Duty,
    Endpoint,
    Expect,
    Mailbox,
    Papers,
    Site,
    Unit,
    Waiver,
)
from rules.vocabulary.terms import UnitKind

PORTAL = "portal"
# Working days, where the site file says nothing: what most places set for their mailboxes; and for reports of faults of the
# website (找错), as 辽宁省政府网站管理办法 has it.
ANSWERED_WITHIN, CORRECTED_WITHIN = 5, 3
Faults = list[tuple[tuple[str | int, ...], str]]


def resolve_site(key: str, declared: SiteDeclaration, faults: Faults) -> Site:
    """The Site that a declaration means; what contradicts itself is added to `faults` as (key, reason)."""
    office = declared.office.name or declared.name
    units = (
        Unit(PORTAL, office, UnitKind.PORTAL, (), declared.office.email),
        *(Unit(u.id, u.name, u.kind, u.aliases, u.email) for u in declared.units),
    )
    resolver = _Resolver(declared, units, faults)
    resolver.index_names()
    resolver.check_platforms()
    return Site(
        key=key,
        name=declared.name,
        home=declared.home,
        units=units,
        columns=tuple(resolver.columns()),
        mailboxes=tuple(resolver.mailboxes()),
        waivers=tuple(resolver.waivers()),
        crawling=Crawling(**declared.crawl.model_dump()),
        expect=Expect(declared.expect.read, declared.expect.postings),
        thresholds=declared.rules,
        mobiles=declared.office.mobiles,
        also_masked=declared.privacy.also,
        keep_letters=declared.privacy.keep_letters,
        papers=Papers(**declared.papers.model_dump()),
    )


@dataclass(slots=True)
class _Resolver:
    """One declaration being resolved. `index`: id, name and alias → unit key."""

    declared: SiteDeclaration
    units: tuple[Unit, ...]
    faults: Faults
    index: dict[str, str] = field(default_factory=dict)

    def index_names(self) -> None:
        """A name that two units claim is a fault."""
        if PORTAL in {unit.id for unit in self.declared.units}:
            self._refuse(f"id“{PORTAL}”留给门户自身，请换一个", "units")
        for number, unit in enumerate(self.units):
            for name in (unit.key, *unit.names):
                if self.index.setdefault(name, unit.key) != unit.key:
                    self._refuse(f"“{name}”与单位 {self.index[name]} 重复", "units", max(number - 1, 0), "id")
        ids = [unit.id for unit in self.declared.units]
        for number, unit_id in enumerate(ids):
            if unit_id in ids[:number]:
                self._refuse(f"单位 id“{unit_id}”重复", "units", number, "id")

    def check_platforms(self) -> None:
        """A platform that nobody knows is a fault."""
        written = [
            (("columns", number, "platform"), c.platform) for number, c in enumerate(self.declared.columns)
        ]
        named = [(key, name) for key, name in [(("platform",), self.declared.platform), *written] if name]
        if not named:
            return
        # Only where a platform is named: the readers that come with the platforms take longer to import than a site
        # file takes to read.
        from crawler.platforms import PLATFORMS

        known = [one.name for one in PLATFORMS]
        for key, name in named:
            if name not in known:
                self._refuse(f"没有名为“{name}”的平台，可用：{'、'.join(known)}", *key)

    def columns(self) -> Iterator[Column]:
        taken: dict[str, int] = {}
        for number, column in enumerate(self.declared.columns):
            for settled in self._spread(column, number):
                if settled.key in taken:
                    first = f"“{settled.key}”与第 {taken[settled.key] + 1} 个栏目重复"
                    where = "id" if column.id else "url"
                    self._refuse(f"{first}；多单位共担的栏目请合写 units", "columns", number, where)
                taken.setdefault(settled.key, number)
                yield settled

    def mailboxes(self) -> Iterator[Mailbox]:
        taken: set[str] = set()
        for number, box in enumerate(self.declared.mailboxes):
            address = urljoin(self.declared.home, box.url)
            key = box.id or self._local(address)
            if key in taken:
                self._refuse(f"信箱“{key}”重复", "mailboxes", number, "url")
            taken.add(key)
            corrects = box.kind is not None
            within = box.reply_within or (CORRECTED_WITHIN if corrects else ANSWERED_WITHIN)
            yield Mailbox(key, box.name, address, within, box.limits, corrects)

    def waivers(self) -> Iterator[Waiver]:
        for number, one in enumerate(self.declared.waivers):
            if one.unit and one.unit not in self.index:
                self._refuse(f"没有 id、名称或别名为“{one.unit}”的单位", "waivers", number, "unit")
            path = tuple(part for part in one.path if part)  # as the columns: "" says that there is no field
            yield Waiver(one.rule, one.why, one.until, self.index.get(one.unit or "", ""), path, one.who)

    def _refuse(self, reason: str, *key: str | int) -> None:
        self.faults.append((key, reason))

    def _spread(self, column: ColumnDeclaration, number: int) -> Iterator[Column]:
        owners = self._owners(column, number)
        if column.shared:
            yield self._column(column, (*self._sharers(owners), Duty((), "未能识别来源")), column.url)
        elif column.each:
            for duty in owners:
                unit = duty.units[0]
                key = f"{column.id}:{unit}" if column.id else None
                url = column.url.replace("{unit}", unit) if column.url else None
                yield self._column(column, (duty,), url, key)
        else:
            joint = Duty(tuple(o.units[0] for o in owners), "、".join(o.label for o in owners))
            yield self._column(column, (joint if owners else self._office(),), column.url)

    def _office(self) -> Duty:
        return Duty((PORTAL,), self.units[0].name)

    def _sharers(self, owners: tuple[Duty, ...]) -> tuple[Duty, ...]:
        """Whose a posting of a shared list may be: the units named, else all; and the office, which posts in any
        list."""
        everyone = owners or tuple(Duty((u.key,), u.name) for u in self.units[1:])
        named = any(PORTAL in duty.units for duty in everyone)
        return everyone if named else (*everyone, self._office())

    def _owners(self, column: ColumnDeclaration, number: int) -> tuple[Duty, ...]:
        """One duty an owner, printed as the file writes its name (a name or alias; the unit's name for an id)."""
        if column.each:
            found = tuple(Duty((u.key,), u.name) for u in self.units if u.kind in column.each)
            if not found:
                self._refuse(f"没有类别为“{'、'.join(column.each)}”的单位", "columns", number, "each")
            return found
        names = {unit.key: unit.name for unit in self.units}
        owners = []
        for written in column.units or ():
            if written not in self.index:
                self._refuse(f"没有 id、名称或别名为“{written}”的单位", "columns", number, "units")
                continue
            key = self.index[written]
            owners.append(Duty((key,), names[key] if written == key else written))
        return tuple(owners)

    def _column(
        self, column: ColumnDeclaration, duties: tuple[Duty, ...], url: str | None, key: str | None = None
    ) -> Column:
        home, api = self.declared.home, column.api
        address = urljoin(home, url) if url else None
        field_name, level1, level2 = (*column.path, "", "")[:3]
        own_key = self._local(address) if address else f"{duties[0].key}:{'/'.join(column.path)}"
        return Column(
            key=key or column.id or own_key,
            field=field_name,
            level1=level1,
            level2=level2,
            duties=duties,
            url=address,
            elsewhere=column.elsewhere,
            shared=column.shared,
            outside=column.outside,
            cycle=column.cycle,
            due=column.due_day,
            endpoint=Endpoint(**{**api.model_dump(), "url": urljoin(home, api.url)}) if api else None,
            browser=column.browser,
            kind=column.kind,
            platform=column.platform or self.declared.platform,
        )

    def _local(self, address: str) -> str:
        """The address as a key: without scheme, and without host where it is the site's own."""
        parts, own = urlsplit(address), urlsplit(self.declared.home)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return path if parts.netloc == own.netloc else parts.netloc + path
