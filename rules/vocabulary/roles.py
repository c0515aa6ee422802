"""Who may do what in the service."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """角色. OFFICE runs the openness office's work, UNIT answers for one unit, READER looks at everything and changes
    nothing, OPERATOR keeps the service and its users."""

    OFFICE = "办公室"
    UNIT = "单位"
    READER = "只读"
    OPERATOR = "运维"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A user who has signed in. `site` and `unit` are keys, set for the role UNIT alone: such a user sees nothing of any
    other unit, and of no other site."""

    name: str
    role: Role
    site: str = ""
    unit: str = ""

    def sees_site(self, site: str) -> bool:
        """Whether all of a site may be shown."""
        return self.role is not Role.UNIT and bool(site)

    def sees_units(self, site: str, units: tuple[str, ...]) -> bool:
        """Whether something of these units may be shown: what is joint is each one's."""
        return self.sees_site(site) or (site == self.site and self.unit in units)
