"""Alembic's environment: the caller hands over an open connection."""

from alembic import context

import db.accounts
import db.declared
import db.judged
import db.links
import db.opened
import db.outbox
import db.published
import db.seen  # noqa: F401  (these modules fill the metadata)
from db.tables import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
