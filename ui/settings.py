"""What the environment may set; the only module that reads it."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

HOME = Path.home()


class Settings(BaseSettings):
    """Settings from `CASEWRIGHT_…` variables; a command's own options win over them."""

    model_config = SettingsConfigDict(
        env_prefix="CASEWRIGHT_", frozen=True, hide_input_in_errors=True
    )

    workspace: Path = Field(Path("workspace"), description="folder of index, store and reports")
    models: Path = Field(
        HOME / ".cache/casewright/models", description="folder of the fetched models"
    )
    keys: Path = Field(HOME / ".config/casewright/keys", description="folder of workspace keys")
    policy: str = Field("default", description="redaction policy")
    model: str = Field(
        "embedded",
        description="`embedded`, `none`, the path of a GGUF file, or any litellm model name",
    )
    api_base: str | None = Field(None, description="endpoint of a litellm model")
    model_timeout: float = Field(120.0, gt=0, description="seconds that one model call may take")
