"""`gongkai user`: who may sign in to the service's pages. The first user is made here: the pages make none."""

import sys
from typing import Annotated

import typer

from crawler.crawling.plan import unit_key
from crawler.sites.load import load_site
from db.connect import open_database, open_existing
from db.users.changes import Change, log_change
from db.users.users import add_user, disable, set_password, users
from monitor.cli.checked import one_of
from monitor.cli.options import Json
from monitor.clock import shanghai_now
from monitor.terminal import say, say_json, say_table
from rules.errors import WrongInput
from rules.vocabulary.roles import Role, Viewer

Name = Annotated[str, typer.Argument(metavar="用户名")]
RoleOption = Annotated[
    str,
    typer.Option("--role", metavar="角色", help="办公室、单位、只读或运维", callback=one_of(*map(str, Role))),
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", metavar="单位", help="角色为单位的：id、名称或别名，须同时给出 --site")
]
SiteOption = Annotated[str | None, typer.Option("--site", metavar="站点", help="该单位所在的站点文件或名称")]
LONGEST_NAME = 40
BY_COMMAND = "命令行"


def add(name: Name, role: RoleOption, site: SiteOption = None, unit: UnitOption = None) -> None:
    """添加一个用户；密码从键盘输入，或从标准输入的第一行读取。"""
    from monitor.web.security.passwords import hash_of

    if not (0 < len(name.strip()) <= LONGEST_NAME and name == name.strip() and name.isprintable()):
        raise WrongInput(f"用户名应为 1 至 {LONGEST_NAME} 个字，前后没有空格，没有添加。")
    viewer = _viewer(name, Role(role), site, unit)
    kept, now = hash_of(_password(), name), shanghai_now()
    with open_database().begin() as connection:
        add_user(connection, viewer, kept, now)
        log_change(connection, Change(now, BY_COMMAND, "添加用户", f"{name}（{viewer.role.value}）"))
    say(f"已添加用户“{name}”（{viewer.role.value}）。")


def password(name: Name) -> None:
    """为一个用户设定新密码，并结束其全部登录。"""
    from monitor.web.security.passwords import hash_of

    kept, now = hash_of(_password(), name), shanghai_now()
    with open_existing(read_only=False).begin() as connection:
        if not set_password(connection, name, kept):
            raise WrongInput(_nobody(name))
        log_change(connection, Change(now, BY_COMMAND, "设定密码", name))
    say(f"已为“{name}”设定新密码。")


def remove(name: Name) -> None:
    """停用一个用户；操作记录中的名字保留。"""
    now = shanghai_now()
    with open_existing(read_only=False).begin() as connection:
        if not disable(connection, name, now):
            raise WrongInput(_nobody(name))
        log_change(connection, Change(now, BY_COMMAND, "停用用户", name))
    say(f"已停用用户“{name}”。")


def listing(as_json: Json = False) -> None:
    """列出用户。"""
    with open_existing().connect() as connection:
        found = users(connection)
    if as_json:
        say_json([
            {"name": user.viewer.name, "role": user.viewer.role.value, "site": user.viewer.site,
             "unit": user.viewer.unit, "disabled": user.disabled}
            for user in found
        ])  # fmt: skip
        return
    rows = [
        (user.viewer.name, user.viewer.role.value, user.viewer.unit, "已停用" if user.disabled else "")
        for user in found
    ]
    say_table(("用户", "角色", "单位", "状态"), rows, "用户")


def _viewer(name: str, role: Role, site: str | None, unit: str | None) -> Viewer:
    if role is not Role.UNIT:
        if site or unit:
            raise WrongInput("--site 和 --unit 只用于角色“单位”，没有添加，请去掉它们或改用 --role 单位。")
        return Viewer(name, role)
    if not site or not unit:
        raise WrongInput("角色为单位的用户须用 --site 和 --unit 写明是哪个单位，没有添加。")
    place = load_site(site)
    return Viewer(name, role, place.key, unit_key(place, unit))


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = typer.prompt("密码", hide_input=True)
    if first != typer.prompt("再输入一次", hide_input=True):
        raise WrongInput("两次输入的密码不同，没有保存，请重新运行。")
    return str(first)


def _nobody(name: str) -> str:
    return f"没有用户“{name}”，没有改动，请用 gongkai user list 查看。"
