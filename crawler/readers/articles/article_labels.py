"""The labels around an article, by what they say of it (rules/vocabulary/words/labels.toml); see `labels.Vocabulary`."""

from crawler.page.labels import Vocabulary
from rules.vocabulary.words import word_set

PUBLISHED = word_set("labels.published")
PLAIN = word_set("labels.plain_date")
UPDATED = word_set("labels.updated")
DRAWN_UP = word_set("labels.drawn_up")
SIGNED = word_set("labels.signed")
SOURCE = word_set("labels.source")
ISSUER = word_set("labels.issuer")
AUTHOR = word_set("labels.author")
NUMBER = word_set("labels.document_number")
TITLE = word_set("labels.title")

WORDS = Vocabulary(
    PUBLISHED | PLAIN | UPDATED | DRAWN_UP | SIGNED | SOURCE | ISSUER | AUTHOR | NUMBER | TITLE,
    word_set("labels.page", "labels.article_other"),
)
RECORD = ISSUER | NUMBER | SIGNED | DRAWN_UP | PUBLISHED | word_set("labels.record")
