"""`gongkai backup` and `gongkai restore`: a copy of the database, and putting one back."""

from pathlib import Path
from typing import Annotated

import typer

from db.backups import back_up, backup_folder, restore
from db.connect import open_database, open_existing
from db.locks import hold
from monitor.cli.checked import folder
from monitor.clock import shanghai_now
from monitor.terminal import say
from rules.errors import WrongInput

Where = Annotated[
    Path | None,
    typer.Option("--out", metavar="目录", help="备份所在目录；默认数据库旁的 backups/", callback=folder),
]
File = Annotated[Path, typer.Argument(metavar="备份文件", help="如 backups/gongkai-2023-07-03.db")]
IN_USE = "gongkai serve 正在使用这个数据库，没有恢复，请先停止它。"


def backup(out: Where = None) -> None:
    """备份数据库（SQLite）：使用中也可以，一天一份，保留最近 14 份；常驻服务每夜之后自动备份。"""
    engine = open_existing()
    where = out or backup_folder(engine)
    if where is None:
        raise WrongInput("这个数据库不是文件，没有备份，请用数据库服务器自己的工具（如 pg_dump）。")
    say(f"已备份到 {back_up(engine, where, shanghai_now().date())}")


def restore_backup(file: File) -> None:
    """用一份备份恢复数据库；现有的数据库先另存一份。请先停止 gongkai serve 和其他命令。"""
    engine = open_database()
    where = backup_folder(engine)
    if where is None:
        raise WrongInput("这个数据库不是文件，没有恢复，请用数据库服务器自己的工具（如 pg_restore）。")
    aside = where / f"replaced-{shanghai_now():%Y-%m-%d-%H%M%S}.db"
    with hold(engine, "serve", IN_USE):
        engine.dispose()
        restore(engine, file, aside)
    say(f"已从 {file} 恢复；原来的数据库另存为 {aside}，确认无误后可以删除。")
