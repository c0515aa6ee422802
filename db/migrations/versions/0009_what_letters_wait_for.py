"""when a letter was accepted, and when it was last seen unanswered"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("accepted", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("unanswered_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_column("unanswered_on")
        batch_op.drop_column("accepted")
