"""What the environment may set; the only module that reads it."""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
CONFIG = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


class SettingInvalid(Exception):
    """A variable of the environment holds what its setting cannot be."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        """Name each variable and what is wrong with it, never its value."""
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems))


class Settings(BaseSettings):
    """Settings from `CASEWRIGHT_…` variables; a command's own options win over them."""

    model_config = SettingsConfigDict(
        env_prefix="CASEWRIGHT_", frozen=True, hide_input_in_errors=True
    )

    workspace: Path = Field(
        default=Path("workspace"), description="folder of index, store and reports"
    )
    models: Path = Field(
        default=CACHE / "casewright/models", description="folder of the fetched models"
    )
    keys: Path = Field(default=CONFIG / "casewright/keys", description="folder of workspace keys")
    key_source: Literal["file", "environment", "keyring"] = Field(
        default="file", description="what keeps the workspace key: `file`, `environment`, `keyring`"
    )
    key: SecretStr | None = Field(
        default=None, repr=False, description="the workspace key in base64, for `environment`"
    )
    policy: str = Field(default="default", description="redaction policy")
    model: str = Field(
        default="embedded",
        description="`embedded`, `none`, the path of a GGUF file, or any litellm model name",
    )
    api_base: str | None = Field(default=None, description="endpoint of a litellm model")
    model_timeout: float = Field(
        default=120.0, gt=0, description="seconds that one model call may take"
    )

    @classmethod
    def read(cls) -> Self:
        """Read the environment.

        Raises:
            SettingInvalid: a variable holds what its setting cannot be.
        """
        try:
            return cls()
        except ValidationError as error:
            found = error.errors(include_input=False, include_context=False, include_url=False)
        raise SettingInvalid(
            tuple((f"CASEWRIGHT_{item['loc'][0]}".upper(), item["msg"]) for item in found)
        )
