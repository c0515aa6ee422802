"""The whole schema: every table module, for the migrations."""

from db.tables import accounts, articles, bulletins, checks, crawl, judgement, mail, nights, site
from db.tables.metadata import Table

MODULES = (site, crawl, articles, judgement, mail, bulletins, accounts, checks, nights)
METADATA = Table.metadata
