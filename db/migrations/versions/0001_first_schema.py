"""the first schema: tables and views"""

import sqlalchemy as sa
from alembic import op

from db.views import VIEWS, statement

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_tables()
    for view in VIEWS:
        op.execute(statement(view))


def _of_site() -> tuple[sa.Column[int], sa.Column[int]]:
    """The key of a row and that of its site."""
    return sa.Column("id", sa.Integer, primary_key=True), sa.Column(
        "site_id", sa.Integer, sa.ForeignKey("sites.id"), nullable=False
    )


def _create_tables() -> None:
    op.create_table(
        "nights",
        sa.Column("night", sa.Date, primary_key=True), sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String, nullable=False), sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True), sa.Column("note", sa.String, nullable=True),
    )  # fmt: skip
    op.create_table(
        "periods",
        sa.Column("key", sa.String, primary_key=True), sa.Column("kind", sa.String, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False), sa.Column("last_day", sa.Date, nullable=False),
    )  # fmt: skip
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("key", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False), sa.Column("home", sa.String, nullable=False),
        sa.Column("own_lines", sa.String, nullable=False, server_default=""), sa.UniqueConstraint("key"),
    )  # fmt: skip
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("url", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False), sa.Column("sha256", sa.String, nullable=False),
        sa.Column("file_sha256", sa.String, nullable=False), sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False), sa.Column("pruned_on", sa.Date, nullable=True),
        sa.UniqueConstraint("path"),
    )  # fmt: skip
    op.create_table(
        "columns",
        *_of_site(), sa.Column("key", sa.String, nullable=False), sa.Column("position", sa.Integer, nullable=False),
        sa.Column("field", sa.String, nullable=False), sa.Column("level1", sa.String, nullable=False),
        sa.Column("level2", sa.String, nullable=False), sa.Column("url", sa.String, nullable=True),
        sa.Column("elsewhere", sa.String, nullable=True), sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("outside", sa.Boolean, nullable=False), sa.Column("cycle", sa.Integer, nullable=True),
        sa.Column("kind", sa.String, nullable=False), sa.Column("active", sa.Boolean, nullable=False),
        sa.UniqueConstraint("site_id", "key"),
    )  # fmt: skip
    op.create_table(
        "mailboxes",
        *_of_site(), sa.Column("key", sa.String, nullable=False), sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False), sa.Column("url", sa.String, nullable=False),
        sa.Column("reply_within", sa.Integer, nullable=False), sa.Column("active", sa.Boolean, nullable=False),
        sa.UniqueConstraint("site_id", "key"),
    )  # fmt: skip
    op.create_table(
        "mails",
        *_of_site(), sa.Column("recipient", sa.String, nullable=False), sa.Column("day", sa.Date, nullable=False),
        sa.Column("message_id", sa.String, nullable=False), sa.Column("subject", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False), sa.Column("html", sa.String, nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=False), sa.Column("state", sa.String, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False), sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True), sa.Column("note", sa.String, nullable=False),
        sa.UniqueConstraint("message_id"), sa.UniqueConstraint("site_id", "recipient", "day"),
    )  # fmt: skip
    op.create_table(
        "outbound_links",
        *_of_site(), sa.Column("url", sa.String, nullable=False), sa.Column("dead_nights", sa.Integer, nullable=False),
        sa.Column("tried_on", sa.Date, nullable=False), sa.UniqueConstraint("site_id", "url"),
    )  # fmt: skip
    op.create_table(
        "home_links",
        *_of_site(), sa.Column("url", sa.String, nullable=False), sa.Column("text", sa.String, nullable=False),
        sa.Column("seen_on", sa.Date, nullable=False), sa.Column("tried_on", sa.Date, nullable=True),
        sa.Column("missing_nights", sa.Integer, nullable=False), sa.UniqueConstraint("site_id", "url"),
    )  # fmt: skip
    op.create_table(
        "probes",
        *_of_site(), sa.Column("day", sa.Date, nullable=False), sa.Column("url", sa.String, nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False), sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("status", sa.Integer, nullable=True), sa.Column("error", sa.String, nullable=False),
        sa.Column("neutral", sa.Boolean, nullable=False),
    )  # fmt: skip
    op.create_index("ix_probes_day", "probes", ["site_id", "day"])
    op.create_table(
        "published_bulletins",
        *_of_site(), sa.Column("period", sa.String, nullable=False), sa.Column("number", sa.Integer, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False), sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("command", sa.String, nullable=False), sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("files", sa.JSON, nullable=False), sa.UniqueConstraint("site_id", "period", "number"),
    )  # fmt: skip
    op.create_table(
        "units",
        *_of_site(), sa.Column("key", sa.String, nullable=False), sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False), sa.Column("kind", sa.String, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False), sa.UniqueConstraint("site_id", "key"),
    )  # fmt: skip
    op.create_table(
        "accounts",
        *_of_site(), sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("platform", sa.String, nullable=False), sa.Column("name", sa.String, nullable=False),
        sa.Column("since", sa.Date, nullable=False), sa.Column("until", sa.Date, nullable=False),
        sa.Column("interactive", sa.Boolean, nullable=True), sa.UniqueConstraint("site_id", "platform", "name"),
    )  # fmt: skip
    op.create_table(
        "crawls",
        *_of_site(), sa.Column("as_of", sa.Date, nullable=False), sa.Column("since", sa.Date, nullable=False),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True), sa.Column("clock_off", sa.Integer, nullable=True),
    )  # fmt: skip
    op.create_index("ix_crawls_site_id", "crawls", ["site_id"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("mail_id", sa.Integer, sa.ForeignKey("mails.id"), nullable=False),
        sa.Column("address", sa.String, nullable=False), sa.Column("state", sa.String, nullable=False),
        sa.Column("code", sa.Integer, nullable=True), sa.Column("answer", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True), sa.UniqueConstraint("mail_id", "address"),
    )  # fmt: skip
    op.create_table(
        "duties",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("column_id", sa.Integer, sa.ForeignKey("columns.id"), nullable=False),
        sa.Column("key", sa.String, nullable=False), sa.Column("position", sa.Integer, nullable=False),
        sa.Column("label", sa.String, nullable=False), sa.Column("active", sa.Boolean, nullable=False),
        sa.UniqueConstraint("column_id", "key"),
    )  # fmt: skip
    op.create_table(
        "account_updates",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), primary_key=True), sa.Column("day", sa.Date, primary_key=True),
        sa.Column("posts", sa.Integer, nullable=False), sa.Column("comments", sa.Integer, nullable=True),
        sa.Column("answered", sa.Integer, nullable=True),
    )  # fmt: skip
    op.create_table(
        "duty_units",
        sa.Column("duty_id", sa.Integer, sa.ForeignKey("duties.id"), primary_key=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
    )  # fmt: skip
    op.create_table(
        "home_pages",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("crawl_id", sa.Integer, sa.ForeignKey("crawls.id"), nullable=False),
        sa.Column("site_id", sa.Integer, sa.ForeignKey("sites.id"), nullable=False), sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("outcome", sa.String, nullable=False), sa.Column("cause", sa.String, nullable=False),
        sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("snapshots.id"), nullable=True), sa.Column("newest", sa.Date, nullable=True),
        sa.Column("identity", sa.String, nullable=False), sa.Column("meta_names", sa.JSON, nullable=True),
        sa.Column("undated", sa.JSON, nullable=True), sa.Column("footer", sa.JSON, nullable=True), sa.UniqueConstraint("crawl_id"),
    )  # fmt: skip
    op.create_index("ix_home_pages_site_id", "home_pages", ["site_id"])
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("mailbox_id", sa.Integer, sa.ForeignKey("mailboxes.id"), nullable=False),
        sa.Column("identity", sa.String, nullable=False), sa.Column("number", sa.String, nullable=True),
        sa.Column("subject", sa.String, nullable=False), sa.Column("url", sa.String, nullable=True),
        sa.Column("unit_name", sa.String, nullable=True), sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=True),
        sa.Column("received", sa.Date, nullable=True), sa.Column("accepted", sa.Date, nullable=True),
        sa.Column("answered", sa.Date, nullable=True), sa.Column("unanswered_on", sa.Date, nullable=True),
        sa.Column("extended_on", sa.Date, nullable=True), sa.Column("suspended_on", sa.Date, nullable=True),
        sa.Column("kind", sa.String, nullable=True), sa.Column("deadline", sa.String, nullable=True),
        sa.Column("status", sa.String, nullable=True), sa.Column("question", sa.String, nullable=True),
        sa.Column("answer", sa.String, nullable=True), sa.Column("answer_unread", sa.Boolean, nullable=True),
        sa.Column("thinned_on", sa.Date, nullable=True), sa.Column("first_seen", sa.Date, nullable=False),
        sa.Column("last_seen", sa.Date, nullable=False),
        sa.Column("last_crawl_id", sa.Integer, sa.ForeignKey("crawls.id"), nullable=False), sa.UniqueConstraint("mailbox_id", "identity"),
    )  # fmt: skip
    op.create_table(
        "period_counts",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("duty_id", sa.Integer, sa.ForeignKey("duties.id"), nullable=False),
        sa.Column("period", sa.String, sa.ForeignKey("periods.key"), nullable=False), sa.Column("count", sa.Integer, nullable=True),
        sa.Column("exactness", sa.String, nullable=True), sa.Column("status", sa.String, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False), sa.UniqueConstraint("duty_id", "period"),
    )  # fmt: skip
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("crawl_id", sa.Integer, sa.ForeignKey("crawls.id"), nullable=False),
        sa.Column("column_id", sa.Integer, sa.ForeignKey("columns.id"), nullable=True),
        sa.Column("mailbox_id", sa.Integer, sa.ForeignKey("mailboxes.id"), nullable=True), sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("outcome", sa.String, nullable=False), sa.Column("standing", sa.String, nullable=False),
        sa.Column("cause", sa.String, nullable=False), sa.Column("covered_whole", sa.Boolean, nullable=False),
        sa.Column("covered_since", sa.Date, nullable=True), sa.Column("read_through_on", sa.Date, nullable=True),
        sa.Column("proof_crawl_id", sa.Integer, nullable=True), sa.Column("stated_total", sa.Integer, nullable=True),
        sa.Column("pages", sa.Integer, nullable=False), sa.Column("undated", sa.Integer, nullable=False),
        sa.Column("witness", sa.String, nullable=False), sa.Column("row_count", sa.Integer, nullable=False),
        sa.Column("page_size", sa.Integer, nullable=True), sa.Column("template", sa.String, nullable=True),
        sa.Column("etag", sa.String, nullable=True), sa.Column("last_modified", sa.String, nullable=True),
        sa.Column("fingerprint", sa.String, nullable=True), sa.Column("body_sha256", sa.String, nullable=True),
        sa.CheckConstraint("(column_id IS NULL) <> (mailbox_id IS NULL)", name="one_subject"),
        sa.UniqueConstraint("crawl_id", "column_id"), sa.UniqueConstraint("crawl_id", "mailbox_id"),
    )  # fmt: skip
    op.create_index("ix_readings_column", "readings", ["column_id", "as_of", "id"])
    op.create_index("ix_readings_mailbox", "readings", ["mailbox_id", "as_of", "id"])
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("crawl_id", sa.Integer, sa.ForeignKey("crawls.id"), nullable=False),
        sa.Column("column_id", sa.Integer, sa.ForeignKey("columns.id"), nullable=True),
        sa.Column("mailbox_id", sa.Integer, sa.ForeignKey("mailboxes.id"), nullable=True), sa.Column("url", sa.String, nullable=False),
        sa.Column("page_number", sa.Integer, nullable=False), sa.Column("outcome", sa.String, nullable=False),
        sa.Column("cause", sa.String, nullable=False), sa.Column("status", sa.Integer, nullable=True),
        sa.Column("row_count", sa.Integer, nullable=False),
        sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("snapshots.id"), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False), sa.Column("meta_names", sa.JSON, nullable=True),
    )  # fmt: skip
    op.create_index("ix_visits_crawl_id", "visits", ["crawl_id"])
    op.create_table(
        "letter_progress",
        sa.Column("letter_id", sa.Integer, sa.ForeignKey("letters.id"), primary_key=True), sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("valid", sa.Boolean, nullable=False), sa.Column("closed", sa.Boolean, nullable=False),
        sa.Column("known", sa.Boolean, nullable=False), sa.Column("reply_within", sa.Integer, nullable=True),
        sa.Column("working_days", sa.Integer, nullable=True),
    )  # fmt: skip
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("column_id", sa.Integer, sa.ForeignKey("columns.id"), nullable=False),
        sa.Column("identity", sa.String, nullable=False), sa.Column("title", sa.String, nullable=False),
        sa.Column("url", sa.String, nullable=True), sa.Column("published", sa.Date, nullable=True),
        sa.Column("doubted_day", sa.Date, nullable=True), sa.Column("source", sa.String, nullable=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), nullable=True), sa.Column("first_seen", sa.Date, nullable=False),
        sa.Column("last_seen", sa.Date, nullable=False),
        sa.Column("first_visit_id", sa.Integer, sa.ForeignKey("visits.id"), nullable=False),
        sa.Column("last_crawl_id", sa.Integer, sa.ForeignKey("crawls.id"), nullable=False),
        sa.Column("withdrawn_on", sa.Date, nullable=True),
        sa.Column("detail_snapshot_id", sa.Integer, sa.ForeignKey("snapshots.id"), nullable=True),
        sa.UniqueConstraint("column_id", "identity"),
    )  # fmt: skip
    op.create_index("ix_postings_day", "postings", ["column_id", "published"])
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id"), nullable=False),
        sa.Column("looked_on", sa.Date, nullable=False), sa.Column("outcome", sa.String, nullable=False),
        sa.Column("cause", sa.String, nullable=False), sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("snapshots.id"), nullable=True),
        sa.Column("title", sa.String, nullable=True), sa.Column("published", sa.Date, nullable=True),
        sa.Column("shown", sa.Date, nullable=True), sa.Column("meta", sa.Date, nullable=True), sa.Column("signed", sa.Date, nullable=True),
        sa.Column("source", sa.String, nullable=True), sa.Column("document_number", sa.String, nullable=True),
        sa.Column("length", sa.Integer, nullable=False), sa.Column("pictures", sa.Integer, nullable=False),
        sa.Column("embedded", sa.Integer, nullable=False), sa.Column("attachments", sa.Integer, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=True), sa.Column("facts", sa.JSON, nullable=False),
        sa.UniqueConstraint("posting_id"),
    )  # fmt: skip
    op.create_table(
        "findings",
        *_of_site(), sa.Column("rule", sa.String, nullable=False), sa.Column("severity", sa.String, nullable=False),
        sa.Column("scope", sa.String, nullable=False), sa.Column("mail", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False), sa.Column("column_id", sa.Integer, sa.ForeignKey("columns.id"), nullable=True),
        sa.Column("duty_id", sa.Integer, sa.ForeignKey("duties.id"), nullable=True),
        sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id"), nullable=True),
        sa.Column("mailbox_id", sa.Integer, sa.ForeignKey("mailboxes.id"), nullable=True),
        sa.Column("letter_id", sa.Integer, sa.ForeignKey("letters.id"), nullable=True), sa.Column("period", sa.String, nullable=False),
        sa.Column("unit_names", sa.String, nullable=False), sa.Column("sentence", sa.String, nullable=False),
        sa.Column("url", sa.String, nullable=False), sa.Column("path", sa.JSON, nullable=False),
        sa.Column("observations", sa.JSON, nullable=False), sa.Column("thresholds", sa.JSON, nullable=False),
        sa.Column("due_on", sa.Date, nullable=True), sa.Column("stage", sa.String, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=True), sa.Column("last_on", sa.Date, nullable=True),
        sa.Column("closed_on", sa.Date, nullable=True), sa.Column("last_good", sa.Date, nullable=True),
        sa.Column("hits", sa.Integer, nullable=False), sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("first_found", sa.Date, nullable=True), sa.Column("spans", sa.JSON, nullable=False),
        sa.Column("waived", sa.String, nullable=True), sa.Column("inhibited", sa.String, nullable=True),
        sa.UniqueConstraint("site_id", "rule", "subject", "period"),
    )  # fmt: skip
    op.create_table(
        "finding_units",
        sa.Column("finding_id", sa.Integer, sa.ForeignKey("findings.id"), primary_key=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True), sa.Column("position", sa.Integer, nullable=False),
    )  # fmt: skip
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer, primary_key=True), sa.Column("mail_id", sa.Integer, sa.ForeignKey("mails.id"), nullable=False),
        sa.Column("finding_id", sa.Integer, sa.ForeignKey("findings.id"), nullable=False), sa.Column("unit", sa.String, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False), sa.Column("mark", sa.String, nullable=False),
        sa.UniqueConstraint("mail_id", "finding_id", "unit"),
    )  # fmt: skip
    op.create_index("ix_notifications_finding", "notifications", ["finding_id", "unit", "opened_on"])
    op.create_table(
        "baselines",
        sa.Column("site_id", sa.Integer, sa.ForeignKey("sites.id"), primary_key=True), sa.Column("night", sa.Date, nullable=False),
    )  # fmt: skip
    op.create_table(
        "releases",
        *_of_site(), sa.Column("unit", sa.String, nullable=False),
        sa.Column("finding_id", sa.Integer, sa.ForeignKey("findings.id"), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
    )  # fmt: skip
    op.create_index("ix_releases_site_id", "releases", ["site_id"])
