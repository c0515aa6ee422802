# The last revision in versions/: a database that has reached it is opened without Alembic.
NEWEST = "0001"
