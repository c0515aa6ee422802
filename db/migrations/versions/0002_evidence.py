"""evidence"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pruned_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("path", name=op.f("uq_snapshots_path")),
    )
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proof_crawl_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("snapshot_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_visits_snapshot_id"), "snapshots", ["snapshot_id"], ["id"])
        batch_op.drop_column("sha256")


def downgrade() -> None:
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sha256", sa.VARCHAR(), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_visits_snapshot_id"), type_="foreignkey")
        batch_op.drop_column("snapshot_id")

    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.drop_column("proof_crawl_id")

    op.drop_table("snapshots")
