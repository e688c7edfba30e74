"""What holds for every log: in pieces it comes out as whole, and nothing planted is left."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redaction import Keyring, Redactor, large_text, policy_named, read_raw
from redaction.detection.records import Condensed, Cutter, lines_of
from tests.fake_detection import ListedNames

PLANTED = ("jane.roe@corp.example", "10.20.30.40", "AKIAQ7XM2PLDNE5RTW3B", "Ottoline Marsk")
SAID = (
    "jane.roe@corp.example bounced",
    "from 10.20.30.40 refused",
    "key AKIAQ7XM2PLDNE5RTW3B used",
    "owner: Ottoline Marsk",
    "Ottoline, please look",
    "took 12 ms",
    "user=tfjeldheim",
    "password=hunter22x",
    "-----BEGIN PRIVATE KEY-----\nMIIEow\n2026-03-14 09:00:00 no\n-----END PRIVATE KEY-----",
    "stack:\n  at a.b.C.d(C.java:1)\n  Caused by: x.y.Z: failed",
    "",
    "\n\n",
    "caf\u00e9 \u200b \u00fc",
)
records = st.builds(
    "2026-03-14 09:{:02}:{:02} {} {}\n".format,
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(["INFO", "ERROR", "WARN"]),
    st.sampled_from(SAID),
)
logs = st.lists(records, min_size=30, max_size=90).map("".join)
REDACTOR = Redactor(ListedNames("Ottoline Marsk"), policy_named("default"), Keyring(b"k" * 32))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(logs, st.integers(60, 4000), st.integers(60, 4000))
def test_in_pieces_a_log_comes_out_as_it_does_whole(text: str, portion: int, taken: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "app.log"
        path.write_text(text, "utf-8")
        large = large_text(path, 0)
        assert large is not None
        with (
            patch("redaction.streaming._PORTION", portion),
            patch("redaction.streaming._TAKEN", taken),
        ):
            parts = list(REDACTOR.redact_large(large, lambda done, total: None))
        [artifact] = REDACTOR.redact_case(read_raw(path)).case.artifacts
    shown = "".join(part.text for part in parts if not part.is_name)
    assert shown == artifact.text
    assert not any(planted in shown for planted in PLANTED)
    assert "MIIEow" not in shown


@given(st.text(alphabet="a \n-2026/:.[]0BEGIN", max_size=400), st.booleans())
def test_blocks_joined_are_the_text_and_twins_have_one_length(text: str, lined: bool) -> None:
    blocks = list(Cutter(lined).blocks(lines_of(text)))
    assert "".join(blocks) == text
    condensed = Condensed(blocks)
    assert {len(block) for block in blocks} == {len(block) for block in condensed.distinct}
