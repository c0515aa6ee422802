"""what letters and pages say"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.String(), nullable=True))

    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tags", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_column("tags")

    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_column("answer")
        batch_op.drop_column("question")
