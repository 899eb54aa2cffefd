"""Runs revisions on the connection, and in the transaction, that `store.migrate` hands over."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    render_as_batch=False,  # SQLite's rebuilding of tables is asked for by name, where it is needed
)
context.run_migrations()
