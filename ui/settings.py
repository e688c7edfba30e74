"""What the environment may set; the only module that reads it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self, cast
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
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
    zone: str | None = Field(
        default=None, description="time zone of logs that state none, such as `Europe/Oslo`"
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

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            raise PydanticCustomError("zone", "give an IANA name, such as Europe/Oslo")
        return name

    @classmethod
    def read(cls, given: Mapping[str, object] | None = None) -> Self:
        """Read the environment; what a command was given wins over it.

        Raises:
            SettingInvalid: a variable holds what its setting cannot be.
        """
        try:
            return cls(**cast("dict[str, Any]", given or {}))
        except ValidationError as error:
            found = error.errors(include_input=False, include_context=False, include_url=False)
        raise SettingInvalid(
            tuple((f"CASEWRIGHT_{item['loc'][0]}".upper(), item["msg"]) for item in found)
        )
