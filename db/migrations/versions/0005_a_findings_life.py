"""a findings life"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_accounts_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("site_id", "platform", "name", name=op.f("uq_accounts_site_id_platform_name")),
    )
    op.create_table(
        "account_updates",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_account_updates_account_id")),
        sa.PrimaryKeyConstraint("account_id", "day", name=op.f("pk_account_updates")),
    )
    # What is still wrong is found again the next night.
    op.execute("DELETE FROM findings")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("url", sa.String(), nullable=False))
        batch_op.add_column(sa.Column("path", sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column("observations", sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column("thresholds", sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column("stage", sa.String(), nullable=False))
        batch_op.add_column(sa.Column("last_good", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("hits", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("misses", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("first_said", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("spans", sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column("inhibited", sa.String(), nullable=True))
        batch_op.alter_column("opened_on", existing_type=sa.DATE(), nullable=True)
        batch_op.alter_column("last_on", existing_type=sa.DATE(), nullable=True)
        batch_op.drop_index(batch_op.f("ix_findings_subject"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_findings_site_id_rule_subject_period"), ["site_id", "rule", "subject", "period"]
        )


def downgrade() -> None:
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_findings_site_id_rule_subject_period"), type_="unique")
        batch_op.create_index(
            batch_op.f("ix_findings_subject"), ["site_id", "rule", "subject", "period"], unique=False
        )
        batch_op.alter_column("last_on", existing_type=sa.DATE(), nullable=False)
        batch_op.alter_column("opened_on", existing_type=sa.DATE(), nullable=False)
        batch_op.drop_column("inhibited")
        batch_op.drop_column("spans")
        batch_op.drop_column("first_said")
        batch_op.drop_column("misses")
        batch_op.drop_column("hits")
        batch_op.drop_column("last_good")
        batch_op.drop_column("stage")
        batch_op.drop_column("thresholds")
        batch_op.drop_column("observations")
        batch_op.drop_column("path")
        batch_op.drop_column("url")

    op.drop_table("account_updates")
    op.drop_table("accounts")
