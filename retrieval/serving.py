"""Knows which embedding model's table serves, and switches from one to the next."""

from dataclasses import dataclass

from retrieval.errors import NotServing, Unfinished
from retrieval.lance import Database, plain


@dataclass(frozen=True, slots=True)
class Serving:
    """What was noted in the database; where nothing is, every model serves its own table."""

    database: Database

    def model(self, own: str) -> str | None:
        """Return the model whose documents are to be carried over to `own`, if there is one.

        That is the one last switched to, else the only other one.
        """
        if served := self._served():
            return served
        others = [model for model in self.database.models() if model != own]
        return others[0] if len(others) == 1 else None

    def require(self, model: str) -> None:
        """Refuse a model that does not serve.

        Raises:
            NotServing: another one does.
            Unfinished: its table is still being filled.
        """
        served = self._served()
        if served and served != plain(model):
            raise NotServing(model, served)
        self.require_filled(model)

    def require_filled(self, model: str) -> None:
        """Refuse a model whose table is still being filled.

        Raises:
            Unfinished: it is.
        """
        if self._states().get(plain(model)) == "filling":
            raise Unfinished(model)

    def fill(self, model: str) -> None:
        """Note that a model's table is being filled and must not be searched."""
        self.database.switch(model, "filling")

    def switch(self, model: str) -> None:
        """Let a model serve, at once and for everybody."""
        self.database.switch(model, "serving")

    def drop_others(self, model: str) -> tuple[str, ...]:
        """Remove the tables of models that served before `model`; returns their names."""
        if self._served() != plain(model):
            return ()
        states = self._states()
        old = tuple(
            each
            for each in self.database.models()
            if each != plain(model) and states.get(each) != "filling"
        )
        for each in old:
            self.database.drop(each)
        return old

    def _served(self) -> str | None:
        """Return the model that was last switched to, None when there was no switch."""
        switches = self.database.switches()
        return next((row["model"] for row in reversed(switches) if row["state"] == "serving"), None)

    def _states(self) -> dict[str, str]:
        return {row["model"]: row["state"] for row in self.database.switches()}
