"""Opens the workspace's database; each package's store creates its own tables in it."""

from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["Engine", "open_database"]


def open_database(workspace: Path) -> Engine:
    """Open (or create) `casewright.db` in the workspace, in write-ahead mode."""
    workspace.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{workspace / 'casewright.db'}")

    def configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA busy_timeout=5000")
        # Deleted rows are overwritten, so that a replaced case leaves nothing behind.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    event.listen(engine, "connect", configure)
    return engine
