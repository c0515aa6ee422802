"""Alembic's environment: the caller hands over an open connection."""

from alembic import context

from db.tables.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
