"""How mail leaves: from the environment (GONGKAI_SMTP_HOST …, GONGKAI_HOOK_URL …), never from a site file."""

import os
import re
import ssl
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from monitor.paper_files.inert import plain
from rules.errors import WrongInput

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
MEANING = {
    "host": "邮件服务器的名称或地址",
    "port": "端口号，1 到 65535",
    "security": " starttls、ssl 或 none",
    "sender": "发件地址，如 zwgk@example.gov.cn 或 政务公开办 <zwgk@example.gov.cn>",
    "operator": "运维人员的邮箱，几个之间用逗号隔开",
    "timeout": "秒数，1 到 600",
    "ca": "证书文件的路径（PEM 格式）",
    "url": "以 https:// 开头的群机器人地址",
}


class Security(StrEnum):
    """What protects the connection to the server."""

    NONE = "none"
    STARTTLS = "starttls"
    SSL = "ssl"


Settings = TypeVar("Settings", bound=BaseSettings)
USUAL_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.SSL: 465}


def usable(address: str) -> bool:
    """Whether an address may stand in a mail's head and be given to a server: ASCII, nothing but an address."""
    return ADDRESS.fullmatch(address) is not None


def _sender(value: str) -> str:
    name, address = parseaddr(value)
    if not usable(address) or plain(value) != value or not (value == address or name):
        raise ValueError("not an address")
    return value


def _certificates(value: Path) -> Path:
    try:
        ssl.create_default_context(cafile=value)
    except OSError:  # not there, or no certificates in it
        raise ValueError("no certificates") from None
    return value


def _operators(value: str) -> str:
    if not all(usable(address) for address in _split(value)):
        raise ValueError("not addresses")
    return value


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split("[,;，；]", value) if part.strip())


def _web(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"https?://[^\s/]+/\S*", value.get_secret_value()):
        raise ValueError("not an address")
    return value


class SmtpSettings(BaseSettings):
    """The server and who we are to it. `ca`: a file of certificates to trust beside the system's, for a server
    that vouches for itself. `operator`: who gets what concerns the running of the program; else the office."""

    model_config = SettingsConfigDict(
        env_prefix="GONGKAI_SMTP_", env_ignore_empty=True, extra="ignore", frozen=True
    )
    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:_-]+$")]
    port: Annotated[int | None, Field(ge=1, le=65535)] = None
    user: str = ""
    password: SecretStr = SecretStr("")
    security: Security = Security.STARTTLS
    sender: Annotated[str, AfterValidator(_sender)]
    timeout: Annotated[float, Field(ge=1, le=600)] = 30
    ca: Annotated[Path, AfterValidator(_certificates)] | None = None
    operator: Annotated[str, AfterValidator(_operators)] = ""

    @property
    def usual_port(self) -> int:
        """The port that is set, else the one that goes with the protection."""
        return self.port or USUAL_PORTS[self.security]

    @property
    def address(self) -> str:
        return parseaddr(self.sender)[1]

    @property
    def sender_name(self) -> str:
        return parseaddr(self.sender)[0] or "政务公开监测"

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def operators(self) -> tuple[str, ...]:
        return _split(self.operator)


class HookSettings(BaseSettings):
    """A group's robot at 企业微信 or 钉钉 (both take the same text). `secret`: 钉钉's 加签."""

    model_config = SettingsConfigDict(
        env_prefix="GONGKAI_HOOK_", env_ignore_empty=True, extra="ignore", frozen=True
    )
    url: Annotated[SecretStr, AfterValidator(_web)]
    secret: SecretStr = SecretStr("")
    timeout: Annotated[float, Field(ge=1, le=600)] = 10


def smtp_settings() -> SmtpSettings:
    """Raises WrongInput, one Chinese sentence, where something is missing or wrong; it repeats no value."""
    return _read(SmtpSettings)


def hook_settings() -> HookSettings | None:
    """None where no GONGKAI_HOOK_URL is set. Raises WrongInput."""
    return _read(HookSettings) if os.environ.get("GONGKAI_HOOK_URL") else None


def _read(kind: type[Settings]) -> Settings:
    try:
        return kind()
    except ValidationError as error:
        prefix = kind.model_config.get("env_prefix", "")
        faults = "；".join(_fault(prefix, fault) for fault in error.errors())
    raise WrongInput(f"邮件设置不可用：{faults}。没有发送任何内容，请设置环境变量后重试。")


def _fault(prefix: str, fault: Any) -> str:
    name = str(fault["loc"][0])
    problem = "没有设置" if fault["type"] == "missing" else "的值不对"
    return f"{prefix}{name.upper()} {problem}（应为{MEANING.get(name, '文字')}）"
