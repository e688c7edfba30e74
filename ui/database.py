"""Opens the workspace's database; each package's store creates its own tables in it."""

from pathlib import Path

from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from ui.errors import DatabaseBroken

__all__ = ["Engine", "compact", "open_database", "truncate_log"]


def open_database(workspace: Path) -> Engine:
    """Open (or create) `casewright.db` in the workspace, in write-ahead mode.

    Every statement that the database refuses raises DatabaseBroken.
    """
    file = workspace / "casewright.db"
    engine = create_engine(f"sqlite:///{file}", hide_parameters=True)

    def refuse(context: ExceptionContext) -> None:
        if context.sqlalchemy_exception is not None:
            raise DatabaseBroken(file, type(context.original_exception).__name__) from None

    def configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA busy_timeout=5000")
        # Deleted rows are overwritten, so that a replaced case leaves nothing behind.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    event.listen(engine, "connect", configure)
    event.listen(engine, "handle_error", refuse)
    return engine


def truncate_log(engine: Engine) -> bool:
    """Empty the write-ahead log, in which deleted rows would stay readable.

    Returns False when another program is reading: the log is emptied when that ends.
    """
    with engine.connect() as connection:
        busy: int = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
    return not busy


def compact(engine: Engine) -> bool:
    """Write the database anew without what was deleted, then empty the write-ahead log.

    Returns False when another program holds the database: what was deleted is overwritten, but
    may still be in the log.
    """
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
    except DatabaseBroken:
        return False
    return truncate_log(engine)
