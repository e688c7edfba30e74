"""Whatever is odd or missing in a payload of a known system, reading it does not break."""

import json
from pathlib import Path
from typing import Any, cast

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from redaction import Artifact, read_structure
from tests.making import redacted

_ROOT = Path(__file__).parent.parent / "payloads"
_PAYLOADS = sorted(_ROOT.rglob("*.json"))
_ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.just([]),
    st.just({}),
    st.just([None]),
    st.just([[]]),
    st.just({"value": {"value": None}}),
)


def changed(value: Any, steps: list[int], odd: object) -> object:  # noqa: ANN401
    """Return a value with another one somewhere inside it, where these steps lead."""
    if not steps or not value or not isinstance(value, dict | list):
        return odd
    inner = cast(dict[Any, Any] | list[Any], value)
    keys = sorted(inner) if isinstance(inner, dict) else range(len(inner))
    at = keys[steps[0] % len(keys)]
    copy = inner.copy()
    copy[at] = changed(inner[at], steps[1:], odd)
    return copy


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(_PAYLOADS), st.lists(st.integers(0, 40), min_size=1, max_size=7), _ODD)
@example(_ROOT / "gitlab" / "issue_webhook.json", [4], [])
def test_an_odd_member_breaks_no_reader(path: Path, steps: list[int], odd: object) -> None:
    text = json.dumps(changed(json.loads(path.read_text("utf-8")), steps, odd), indent=1)
    artifact = Artifact("A1", redacted(path.name), "application/json", redacted(text), ())
    last = text.count("\n") + 1
    structure = read_structure((artifact,))
    found = (*structure.fields, *structure.messages, *structure.history, *structure.links)
    assert all(1 <= each.anchor.line <= last for each in found)
