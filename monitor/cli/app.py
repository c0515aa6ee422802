"""The command line. Exit status: 0 fine, 1 findings or partial where asked for, 2 wrong input, 3 our failure."""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from monitor.cli.error_messages import report_error
from monitor.cli.usage import Table, group
from monitor.terminal import say

# A command's name → the line that the help page lists it with (its docstring's first), and where its function is; a
# group's name → its line, and its commands. In the order in which they are listed. A module is imported when its
# command is called, so that no command waits for what only another needs.
COMMANDS: Table = {
    "init": ("从首页出发浏览网站，找出单位、栏目和信箱，写成站点文件草稿。", "init:init"),
    "crawl": ("采集一个站点：读取各栏目与信箱，写入数据库。", "crawl:crawl"),
    "count": ("统计一个时段内各单位各栏目发布的信息数。", "count:count"),
    "status": (
        "运行状况：最近一个正常的夜晚、下一次何时、没有读到的和原因、单项否决、未解决的问题。",
        "status:status",
    ),
    "postings": ("列出一个数字背后的每一条信息：标题、日期、首次见到、链接、快照。", "postings:postings"),
    "check": ("按规则检查一个站点，列出问题。", "check:check"),
    "bulletin": (
        "起草一个时段的通报：Word、Excel、网页、文字和数据，核对无误才写入。",
        "bulletin:bulletin",
    ),
    "audit": (
        "专项检查一个单位：现在就采集它的栏目和留言，判断并给出报告；一个栏目也没有读到的，退出码为 1。",
        "audit:audit",
    ),
    "alert": (
        "提醒邮件：每个单位每天至多一封，有新问题、到期提醒或恢复时才发。默认只显示，加 --send 才发送。",
        "alert:alert",
    ),
    "send-test-mail": (
        "发送一封测试邮件，检查邮件设置；不涉及任何单位，不记入数据库。",
        "send_test_mail:send_test_mail",
    ),
    "rules": ("列出规则；给出编号时打印该规则的手册页。", "rules:rules"),
    "show": ("说明一个问题：规则、依据、阈值、所见事实、有关信息和快照。", "show:show"),
    "waive": ("豁免（报备）：把一类问题对某单位、某栏目搁置到某日，写入站点文件。", "waive:waive"),
    "unwaive": ("取消豁免：从站点文件中删去，其余内容原样保留。", "waive:unwaive"),
    "scores": ("编制一个月的得分表：Word 简报、Excel、CSV、JSON 和文字草稿。", "scores:scores"),
    "check-table": (
        "核对别人编制的得分表：逐行重算，重排名次，并与正文的点名和时段对照。",
        "check_table:check_table",
    ),
    "probe": ("探测一次首页能否打开、用时多少，并记入数据库。", "night:probe"),
    "prove": ("用保留的页面快照离线复核一个时段的全部数字，逐一列出不能复现的。", "prove:prove"),
    "prune": (
        "清理旧快照和过了保存期限的来信内容：未解决的问题、已发布的通报和最近一次读取所依据的快照一律保留。",
        "prune:prune",
    ),
    "accounts": ("导入政务新媒体账号的更新情况（CSV），供 14 天不更新等规则使用。", "accounts:accounts"),
    "demo": ("演示：在本机上架设一个虚构的县区网站，采集、统计、检查并起草通报。", "demo:demo"),
    "nightly": ("夜间任务：对全部站点各采集、统计、检查一次（可由 cron 调用）。", "night:nightly"),
    "serve": ("常驻服务：每天 02:00（北京时间）运行夜间任务，错过的一夜补一次；并提供网页。", "serve:serve"),
    "backup": (
        "备份数据库（SQLite）：使用中也可以，一天一份，保留最近 14 份；常驻服务每夜之后自动备份。",
        "backup:backup",
    ),
    "restore": (
        "用一份备份恢复数据库；现有的数据库先另存一份。请先停止 gongkai serve 和其他命令。",
        "backup:restore_backup",
    ),
    "user": (
        "网页的用户：第一个用户在这里添加。",
        {
            "add": ("添加一个用户；密码从键盘输入，或从标准输入的第一行读取。", "user:add"),
            "password": ("为一个用户设定新密码，并结束其全部登录。", "user:password"),
            "remove": ("停用一个用户；操作记录中的名字保留。", "user:remove"),
            "list": ("列出用户。", "user:listing"),
        },
    ),
    "site": ("站点文件。", {"check": ("检查站点文件是否正确（不访问网站）。", "site:check")}),
    "annual": (
        "政府信息公开工作年度报告：核对已写好的，起草要写的。",
        {
            "check": ("核对一份年度报告：六个部分、三张表的勾稽关系、正文与表格、发布期限。", "annual:check"),
            "draft": (
                "按法定格式起草年度报告（Word 和文本）：填入采集到的数，其余标“待填”。",
                "annual:draft",
            ),
        },
    ),
    "read": (
        "查看程序从一个页面读出了什么（用于调试站点文件）。",
        {
            "list": ("读取栏目列表页：标题、链接、日期、下一页、总数。", "read:read_lists"),
            "article": (
                "读取信息正文页：标题、发布日期、来源、文号、成文日期、正文、附件。",
                "read:read_articles",
            ),
            "letters": ("读取信箱列表页：编号、标题、来信与答复日期、单位、状态。", "read:read_mailboxes"),
            "letter": (
                "读取一封信件的页面：来信与答复的时间、单位、状态和内容。",
                "read:read_single_letters",
            ),
        },
    ),
}

app = group(
    "gongkai",
    "政务公开监测：夜间采集各栏目，按单位统计，按规则检查，起草通报。--version 显示版本。",
    COMMANDS,
)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit status of a command, by default the process's own; every mistake that a user may make is one Chinese
    sentence on standard error. What a command makes is its owner's alone: pages, letters and papers hold citizens' data."""
    os.umask(0o077)
    if [*(sys.argv[1:] if arguments is None else arguments)] == ["--version"]:
        say(f"gongkai {version('gongkai')}")
        return 0
    try:
        status = app(arguments, standalone_mode=False)
    except Exception as error:
        status = report_error(error)
    return status if isinstance(status, int) else 0


def main() -> None:
    """The console command."""
    from crawler.fetching.masked_log import log_masked  # the process's, not that of whoever calls `run`

    log_masked()
    sys.exit(run())
