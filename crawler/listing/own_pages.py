"""A posting's and a letter's own page: what it says, and what was really seen of it, within the budget of one page."""

from crawler.outcomes.costly import within_budget
from crawler.outcomes.outcome import see_article, see_letter
from crawler.page.page import Page
from crawler.page.values import Article, Expectation, Letter, PageOutcome
from crawler.readers.articles.article import read_article
from crawler.readers.letters.letter import read_letter


def read_posting(page: Page, expect: Expectation | None = None) -> tuple[Article, PageOutcome]:
    """The article on a posting's own page. Never raises."""

    def read() -> tuple[Article, PageOutcome]:
        article = read_article(page)
        return article, see_article(page, article, expect)

    return within_budget(page, read, lambda outcome: (Article(), outcome))


def read_single_letter(page: Page, expect: Expectation | None = None) -> tuple[Letter, PageOutcome]:
    """The letter on its own page. Never raises."""

    def read() -> tuple[Letter, PageOutcome]:
        letter = read_letter(page)
        return letter, see_letter(page, letter, expect)

    return within_budget(page, read, lambda outcome: (Letter(), outcome))
