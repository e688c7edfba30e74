"""Fails closed: whatever breaks inside becomes one error that carries no content."""

from redaction.errors import DetectorFailed


class Closed:
    """A context that swallows every error and tells its kind as `error`."""

    def __init__(self, doing: str) -> None:
        """Say what is being done, for the error."""
        self._doing = doing
        self.error: DetectorFailed | None = None

    def __enter__(self) -> "Closed":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> bool:
        if kind is None or not issubclass(kind, Exception):
            return False
        self.error = DetectorFailed(
            f"{self._doing} failed ({kind.__name__}): nothing was let through."
        )
        return True
