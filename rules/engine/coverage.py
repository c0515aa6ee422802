"""What one night's crawls read, and whether that is enough for a rule's result on a subject to count. Pure.

A finding opens and closes only on nights on which its subject was read: that nothing was found where nothing was
read is no recovery."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.cases import ArticleCase, Case, UnitCase
from rules.vocabulary.references import Reference
from rules.vocabulary.terms import Scope


@dataclass(frozen=True, slots=True)
class NightCoverage:
    """What a night's crawls read. `columns`, `mailboxes`: keys of those well read. `articles`: subjects of the
    postings whose own pages were. `whole`: the crawl went over the whole site (not one unit's columns alone), to its
    end. `unopened`: subjects of postings that were judged by a page opened on an earlier night. `inexact`: keys of
    units of which not every column was read exactly."""

    columns: frozenset[str]
    mailboxes: frozenset[str]
    articles: frozenset[str]
    whole: bool
    unopened: frozenset[str] = frozenset()
    inexact: frozenset[str] = frozenset()

    def over(self, cases: Iterable[Case]) -> "NightCoverage":
        """The same night, completed by what its cases show."""
        opened: set[str] = set()
        inexact: set[str] = set()
        for case in cases:
            if isinstance(case, ArticleCase):
                opened.add(case.subject)
            elif isinstance(case, UnitCase) and not case.exact:
                inexact.add(case.subject)
        return replace(self, unopened=frozenset(opened - self.articles), inexact=frozenset(inexact))

    def counts(self, scope: Scope, subject: str, about: Reference, *, found: bool) -> bool:
        """Whether the night counts for a rule of this scope on this subject (`about`: what of the site it means).
        `found`: the rule reported it, for which a page opened earlier is enough; only a newly opened page can show
        that it was corrected."""
        match scope:
            case Scope.COLUMN | Scope.POSTING:
                return about.column in self.columns
            case Scope.ARTICLE:
                return about.column in self.columns and (found or subject not in self.unopened)
            case Scope.LETTER:
                return about.mailbox in self.mailboxes
            case Scope.LETTERS:
                return bool(self.mailboxes)
            case Scope.FRAME:
                return bool(self.articles)
            case Scope.UNIT:
                return self.whole and subject not in self.inexact
            case Scope.SITE | Scope.ACCOUNT:
                return self.whole
