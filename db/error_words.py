"""What systems and databases say in English, in Chinese; whatever else they say is quoted as it is."""

import errno
from typing import Any

ERRNO = {
    errno.ENOENT: "没有这个文件或目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超过磁盘配额",
    errno.EROFS: "文件系统只读",
    errno.EISDIR: "是目录而不是文件",
    errno.ENOTDIR: "不是目录",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接循环",
    errno.EXDEV: "不在同一个文件系统",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘读写出错",
    errno.EAGAIN: "其中还没有内容",
    errno.EFBIG: "文件太大",
    errno.ETXTBSY: "文件正被使用",
    errno.EBUSY: "正被其他程序占用",
    errno.EPIPE: "接收输出的程序已结束",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ECONNRESET: "连接被断开",
    errno.ETIMEDOUT: "超时",
    errno.ENETUNREACH: "网络不通",
    errno.EHOSTUNREACH: "主机不通",
    errno.EADDRINUSE: "端口已被占用",
}
# A part of what SQLite, PostgreSQL and their drivers say, in small letters → what is said of it; the first that fits.
DATABASE = {
    "database or disk is full": "磁盘已满",
    "no space left": "磁盘已满",
    "disk is full": "磁盘已满",
    "readonly database": "数据库文件只读",
    "read-only transaction": "数据库只读",
    "database is locked": "数据库正被其他程序占用",
    "database table is locked": "数据库正被其他程序占用",
    "lock timeout": "数据库正被其他程序占用",
    "unable to open database file": "数据库文件无法打开",
    "malformed": "数据库文件已损坏，请从备份恢复",
    "file is not a database": "不是数据库文件",
    "file is encrypted": "不是数据库文件",
    "disk i/o error": "磁盘读写出错",
    "no such table": "不是本程序的数据库，或已损坏",
    "no such column": "不是本程序的数据库，或已损坏",
    "connection refused": "数据库服务器拒绝连接",
    "password authentication failed": "数据库的用户名或密码不对",
    "no password supplied": "数据库的用户名或密码不对",
    "could not translate host name": "找不到数据库服务器",
    "failed to resolve host": "找不到数据库服务器",
    "name or service not known": "找不到数据库服务器",
    "timeout": "数据库服务器没有回应",
    "permission denied": "没有权限",
    "too many connections": "数据库的连接太多",
    "too many clients": "数据库的连接太多",
    "server closed the connection": "数据库服务器断开了连接",
    "terminating connection": "数据库服务器断开了连接",
}
# PostgreSQL names what is not there between quotation marks: role "x", database "x".
ABSENT = {"database": "数据库服务器上没有这个数据库", "role": "数据库的用户名或密码不对"}


def in_chinese(error: Any) -> str:
    """Why something failed, in one line without the statement (which holds what was read)."""
    error = getattr(error, "orig", None) or error
    if isinstance(error, OSError) and error.errno in ERRNO:
        return ERRNO[error.errno]
    text = str(getattr(error, "strerror", None) or error)
    said = text.lower()
    if "does not exist" in said:
        for what, words in ABSENT.items():
            if f'{what} "' in said:
                return words
    known = next((words for part, words in DATABASE.items() if part in said), "")
    return known or (text.splitlines()[0][:200] if text.strip() else "原因不明")
