"""The whole schema: every table module, for the migrations."""

from db.tables import articles, checks, crawl, judgement, mail, site, users
from db.tables.metadata import Table

MODULES = (site, crawl, articles, judgement, mail, checks, users)
METADATA = Table.metadata
