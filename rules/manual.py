"""The manual: every rule's page, from its own docstring. `python -m rules.manual` prints docs/rules.md."""

import inspect
import sys
from collections.abc import Iterable, Sequence

from rules.book import BOOK
from rules.engine.finding import printed
from rules.engine.hysteresis import Hysteresis
from rules.engine.rule import Rule
from rules.vocabulary.terms import Evidence

HEAD = """# 规则手册

本文由 rules/book/ 中各条规则的说明生成，请勿手工修改；`gongkai rules 编号` 打印其中一页。

每条规则只看事实，没有读到的一律不作判断。阈值是缺省值，可在站点文件中逐站改写，例如：

```toml
[rules."column.stale"]
days = 90
```

阈值为 0 且说明为“本站没有设定”的，国家没有统一规定，设定之前不作判断。严重程度：单项否决、扣分、问题、提示；提示由人工判断。
“期限”是整改的期限，由办公室自定，不是所引文件的规定；“立即”和问题本身写明日期的除外。
有效夜晚是指采集正常、并且读到了判断对象所需材料的夜晚；没有读到的夜晚既不认定也不解决任何问题。
"""

TAIL = """## 不作判断的

下列各项国家或各地的检查也会涉及，本系统不判断，检查时由人工办理：

- 服务不实用（单项否决）：多少个事项的指南缺多少类要素即否决，没有可以核实的国家文本，只逐页提示（posting.service_incomplete）。
- 泄露国家秘密，发布反动、暴力、色情等内容，因建设管理不当引发负面舆情：不能凭网页文字认定；错敏词、个人信息、日期存疑只作线索。
- 全国统一的“我为政府网站找错”平台：在本站之外；本站另设的找错栏目，在站点文件中写 kind = "找错" 即按期限判断。
- 政务新媒体的内容：账号在其他平台上，只凭办公室导入的更新、留言、互动功能判断；移动应用能否下载、使用，不判断。
- 规范性文件以外的政策文件要不要解读，解读的内容好不好；征集调查、在线访谈是否有实质内容。
- 依申请公开的答复时间：网站上看不到申请，只核对年报中的数字。
- 首页、栏目每个错链、缺项扣多少分：没有可以核实的国家文本，只提示，不计分。
"""


def render(book: Sequence[Rule]) -> str:
    """The whole manual as Markdown: a table of contents, a page a rule, in the book's order, and what no rule judges."""
    rows = (f"| [{rule.id}](#{anchor(rule)}) | {rule.name} | {rule.severity.value} |" for rule in book)
    contents = "\n".join(("| 编号 | 名称 | 严重程度 |", "|---|---|---|", *rows))
    return "\n".join((HEAD, contents, "", *(page(rule) for rule in book), TAIL))


def page(rule: Rule) -> str:
    """One rule's page as Markdown, ending with an empty line."""
    lines = [
        f"## {rule.id} {rule.name}",
        "",
        f"- 严重程度：{rule.severity.value}",
        f"- 依据：{rule.basis}",
        f"- 阈值：{_thresholds(rule)}",
        f"- 判断对象：{rule.scope.value}",
        f"- 所需材料：{'、'.join(each.value for each in Evidence if each in rule.evidence)}",
        f"- 认定与解决：{_hysteresis(rule.hysteresis)}",
        f"- 怎么办：{rule.remedy}",
        f"- 期限：{deadline(rule)}",
        f"- 邮件：{rule.mail.value}",
    ]
    if rule.follows:
        lines.append(f"- 同名阈值随 {rule.follows.id} 的设置")
    if rule.explains:
        lines.append(f"- 有此问题时：{inspect.getdoc(rule.explains)}")
    if rule.includes:
        lines.append(f"- 列出问题时并入同一行：{inspect.getdoc(rule.includes)}")
    return "\n".join([*lines, "", _paragraphs(rule.manual), ""])


def deadline(rule: Rule) -> str:
    """By when a rule's findings are to be put right."""
    return rule.deadline or "不设期限（问题本身写明日期的，以该日为准）"


def anchor(rule: Rule) -> str:
    """A heading's anchor as Markdown viewers make it."""
    kept = (c for c in f"{rule.id} {rule.name}".lower() if c.isalnum() or c in " -_")
    return "".join(kept).replace(" ", "-")


def _thresholds(rule: Rule) -> str:
    return "，".join(f"{name} = {printed(value)}" for name, value in rule.thresholds.items()) or "无"


def _hysteresis(nights: Hysteresis) -> str:
    return (
        f"连续 {nights.open_after} 个有效夜晚发现即认定，连续 {nights.close_after} 个有效夜晚不再发现即解决"
    )


def _paragraphs(manual: str) -> str:
    """Each paragraph as one line."""
    return "\n\n".join(_joined(part.splitlines()) for part in manual.split("\n\n"))


def _joined(lines: Iterable[str]) -> str:
    """Lines joined as Chinese is printed: a space only beside a Latin word, none after a punctuation mark."""
    text = ""
    for line in (line.strip() for line in lines):
        beside = text[-1:] + line[:1]
        latin = any(letter.isascii() for letter in beside)
        text += (" " if len(beside) == 2 and beside.isalnum() and latin else "") + line
    return text


if __name__ == "__main__":
    sys.stdout.write(render(BOOK))
