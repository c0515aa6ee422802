"""users of the service, their sessions, the log of what they changed"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False), sa.Column("site", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False), sa.Column("password", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True), sa.UniqueConstraint("name"),
    )  # fmt: skip
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String, primary_key=True), sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("token", sa.String, nullable=False), sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
    )  # fmt: skip
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String, nullable=False), sa.Column("action", sa.String, nullable=False),
        sa.Column("about", sa.String, nullable=False),
    )  # fmt: skip
    _refuse_changes("changes")


def _refuse_changes(table: str) -> None:
    """Lets rows of a table be added, and neither changed nor removed."""
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )
