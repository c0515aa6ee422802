"""Who asks: the session of a request, and what is refused to whom. A page names what it needs as an argument of its function."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request

from db.users.sessions import TOUCHED, Session, session_of, touch
from monitor.web.page_sources import PageSources
from rules.vocabulary.places import Site
from rules.vocabulary.roles import Role, Viewer

COOKIE = "gongkai_session"


class Refused(Exception):
    """A request that is not answered: `status` and a Chinese sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


class SignInFirst(Exception):
    """Nobody has signed in; `back` is where to go once somebody has."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


NOT_THERE = "没有这个页面，或者您没有查看它的权限，请从首页进入。"


def sources_of(request: Request) -> PageSources:
    sources: PageSources = request.app.state.sources
    return sources


def session_in(request: Request) -> Session:
    """The session that a request carries. Raises SignInFirst."""
    sources, cookie = sources_of(request), request.cookies.get(COOKIE, "")
    moment = sources.clock()
    if cookie:
        with sources.read() as connection:
            found = session_of(connection, cookie, moment)
        if found:
            if moment - found.used_at > TOUCHED:
                with sources.engine.begin() as connection:
                    touch(connection, cookie, moment)
            return found
    raise SignInFirst(quote(_here(request), safe="") if request.method == "GET" else "")


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


CurrentSession = Annotated[Session, Depends(session_in)]
CurrentSources = Annotated[PageSources, Depends(sources_of)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a page: the sources, the session it belongs to, and its address (path and query)."""

    sources: PageSources
    session: Session
    here: str

    @property
    def viewer(self) -> Viewer:
        return self.session.user.viewer

    def site(self, key: str) -> Site:
        """A site that the viewer may see something of, its masking in force. Raises Refused."""
        site = self.sources.site(key)
        if site is None or not (self.viewer.sees_site(key) or self.viewer.site == key):
            raise Refused(404, NOT_THERE)
        return site

    def whole_site(self, key: str) -> Site:
        """A site that the viewer may see all of. Raises Refused."""
        if not self.viewer.sees_site(key):
            raise Refused(404, NOT_THERE)
        return self.site(key)

    def require(self, *roles: Role) -> None:
        """Raises Refused of a viewer in another role."""
        if self.viewer.role not in roles:
            raise Refused(403, f"您的角色是“{self.viewer.role.value}”，不能进行这项操作，请联系政务公开科。")


def asked(request: Request, sources: CurrentSources, session: CurrentSession) -> Asked:
    return Asked(sources, session, _here(request))


CurrentRequest = Annotated[Asked, Depends(asked)]
