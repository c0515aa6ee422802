# The revisions in versions/, in their order: a database that has reached the last one is opened without Alembic.
REVISIONS = ("0001", "0002")
NEWEST = REVISIONS[-1]
