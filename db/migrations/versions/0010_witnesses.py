"""witnesses"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("postings") as table:
        table.add_column(sa.Column("detail_snapshot_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_postings_witness_id"), "snapshots", ["detail_snapshot_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("postings") as table:
        table.drop_constraint(op.f("fk_postings_witness_id"), type_="foreignkey")
        table.drop_column("detail_snapshot_id")
