"""The db remembers: tables, migrations, and the one way in (recording) and out (counting, facts)."""
