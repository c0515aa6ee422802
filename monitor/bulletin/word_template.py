"""The bulletin's Word template, as the office finds it: `python -m monitor.bulletin.word_template` writes it anew.

The office may edit the result, or a copy of it, in Word: its words in {{ }} are those of `monitor.bulletin.template_words`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import docx
from docx.document import Document

from monitor.paper_files.packing import pack
from monitor.paper_files.word_page import KAI_FACE, lay_out, set_fonts

TEMPLATE = Path(__file__).parent / "templates" / "bulletin.docx"
MADE_ON = date(2023, 1, 1)

# style, text; what stands before ‖ is set in 楷体.
PROSE = (
    ("发文机关", "{{ 发文机关 }}"),
    ("公文标题", "关于对{{ 时段 }}全{{ 层级 }}\n政务公开工作开展情况的通报"),
    ("主送机关", "{{ 主送 }}："),
    (
        "公文正文",
        "按照政务公开工作要求，我办对{{ 时段 }}全{{ 层级 }}政务公开工作开展情况进行了检查。现将有关情况通报如下：",
    ),
    ("一级标题", "一、{{ 层级 }}政府网站运行保障情况"),
    (
        "公文正文",
        "（一）基本情况。‖{{ 统计月份 }}，{{ 层级 }}政府网站{% if 读取完整 %}运行平稳、有序，{% endif %}"
        "共发布各类信息{{ 信息总数 }}条，其中：基层政务公开领域发布{{ 基层总数 }}条。",
    ),
    (
        "公文正文",
        "（二）主要问题。‖{% if 点名街道乡镇 %}{{ 统计月份 }}，{{ 点名街道乡镇 }}信息发布较少"
        "{% if 点名街道乡镇空白 %}，其中，{{ 点名街道乡镇空白 }}{% endif %}。{% endif %}"
        "{% if 点名部门 %}{{ 点名部门 }}对基层政务公开领域栏目内容保障工作不够重视，发布信息较少。{% endif %}"
        "{% if not 点名街道乡镇 and not 点名部门 %}{% if 暂不点名 %}数据尚不完整，暂不点名。"
        "{% else %}{{ 统计月份 }}，没有需要点名的单位。{% endif %}{% endif %}",
    ),
    ("", "{%p if 信箱 %}"),
    ("一级标题", "二、{{ 信箱 }}平台网民留言办理情况"),
    (
        "公文正文",
        "（一）基本情况。‖{{ 统计月份 }}，{{ 层级 }}政府网站{{ 信箱 }}平台"
        "{% if 信箱读取 %}共受理网民留言{{ 受理 }}个{% if 无效 %}（其中无效和重复的{{ 无效 }}个）{% endif %}，"
        "办结{{ 办结 }}个{% if 办结率 %}，办结率{{ 办结率 }}{% endif %}"
        "{% if 平均工作日 %}，平均用时{{ 平均工作日 }}个工作日{% endif %}。{% else %}未能读取，留言数量不详。{% endif %}",
    ),
    (
        "公文正文",
        "（二）主要问题。‖{% if 回复较慢单位 %}{{ 回复较慢单位 }}对网民留言回复不够重视，回复较慢。"
        "{% else %}未发现超过期限答复的留言。{% endif %}",
    ),
    ("", "{%p endif %}"),
    ("一级标题", "{% if 信箱 %}三{% else %}二{% endif %}、下步工作安排"),
    (
        "公文正文",
        "（一）抓好网站内容保障。‖各单位要对照政府信息公开目录逐栏自查，明确专人负责，按时更新、及时补缺，"
        "不得出现空白栏目和长期不更新栏目；信息发布前要落实审核制度，核准内容和文字，防止错漏和泄密。",
    ),
    (
        "公文正文",
        "（二）规范政务新媒体管理。‖各单位开设、变更、关停政务新媒体账号应当按规定报备；在用账号要保持正常更新，"
        "转载信息应当来自规定的稿源单位，不得发布与单位职能无关的内容和商业广告。",
    ),
    (
        "公文末段",
        "（三）提高留言办理质量。‖承办单位收到网民留言后要按期据实答复，暂时不能解决的说明原因，"
        "不得敷衍推诿。",
    ),
    ("", "{%p if 街道乡镇 and 部门附件 %}"),
    ("附件说明", "附件：1. {{ 月份 }}{{ 层级 }}政府网站发布信息情况（{{ 街道乡镇 }}）"),
    ("附件说明续", "2. {{ 月份 }}{{ 层级 }}政府网站发布信息情况（{{ 层级 }}政府各部门及有关单位）"),
    ("", "{%p elif 街道乡镇 %}"),
    ("附件说明", "附件：{{ 月份 }}{{ 层级 }}政府网站发布信息情况（{{ 街道乡镇 }}）"),
    ("", "{%p elif 部门附件 %}"),
    ("附件说明", "附件：{{ 月份 }}{{ 层级 }}政府网站发布信息情况（{{ 层级 }}政府各部门及有关单位）"),
    ("", "{%p endif %}"),
    ("成文日期", "{{ 成文日期 }}"),
)


def build_template(prose: Iterable[tuple[str, str]] = PROSE) -> Document:
    """The template as a document."""
    document = docx.Document()
    lay_out(document)
    for style, text in prose:
        paragraph = document.add_paragraph(style=style or "公文正文")
        lead, _, rest = text.rpartition("‖")
        if lead:
            set_fonts(paragraph.add_run(lead)._r, KAI_FACE)
        paragraph.add_run(rest)
    return document


def write_template(path: Path = TEMPLATE) -> None:
    """Writes the template; the same words make the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    build_template().save(str(path))
    pack(path, MADE_ON)


if __name__ == "__main__":
    write_template()
