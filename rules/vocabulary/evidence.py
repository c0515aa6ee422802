"""证据: what makes a count exact, as one Chinese clause; the same wherever a count is spoken of."""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.vocabulary.terms import Witness


@dataclass(frozen=True, slots=True)
class Evidence:
    """The witness of a count and what it leans on, as `db.tables.crawl.ReadingRow` keeps them: the day on which the list
    was read through, its rows, its siblings' page, and the day from which on it is known (None: to its end)."""

    witness: Witness = Witness.NONE
    read_on: date | None = None
    rows: int = 0
    page_size: int | None = None
    since: date | None = None

    @property
    def sentence(self) -> str:
        """精确：末页，共 62 条相符（2026-01-02 通读）; "" for a count that is at least what was seen."""
        if self.witness is Witness.NONE:
            return ""
        read = f"（{self.read_on.isoformat()} 通读）" if self.read_on else ""
        return f"精确：{self._told()}{read}"

    def _told(self) -> str:
        below = (self.since - timedelta(days=1)).isoformat() if self.since and self.since > date.min else ""
        return {
            Witness.LAST_PAGE: f"末页，共 {self.rows} 条相符",
            Witness.OLDER_ROW: f"读到 {below}，早于时段，列表按日期降序",
            Witness.PAGER_END: f"翻页显示到末页，共 {self.rows} 条",
            Witness.SHORT_LIST: f"无翻页，共 {self.rows} 条，不足同模板栏目的一页 {self.page_size} 条",
            Witness.EMPTY: "页面有两处说明为空",
            Witness.EMPTY_BESIDE: "列表处没有信息，同模板栏目的列表由服务器写出",
            Witness.EMPTY_ALIKE: "列表处没有内容，同模板的另几个栏目也是如此，有信息的栏目由服务器写出",
            Witness.NONE: "",
        }[self.witness]


NO_EVIDENCE = Evidence()
