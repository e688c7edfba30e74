"""Times the outbound gate on prompts of 30 KB, CPU and wall milliseconds; prints figures as JSON.

Run `python tests/bench/bench_gate.py`. The prompts are the example cases, redacted; the vault of
the case holds 500 values and the fingerprints of 50 dropped secrets. `first` is the first check of
a process. In prompts that are `new`, no line was checked before: each is used once, and comes again
later with other times. In those that come `again`, most lines were: a few prompts in turn, the way
the drafts of a case quote the same evidence.
"""

import json
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from redaction import (
    EgressRefused,
    Keyring,
    OutboundGate,
    RawArtifact,
    RawCase,
    RawText,
    Redactor,
    policy_named,
)
from redaction.vault import Vault, entries_of
from tests.fake_detection import ListedNames
from tests.making import redacted

_ROOT = Path(__file__).resolve().parents[2]
_SIZE, _PROMPTS, _ROUNDS, _SHIFTS = 30_000, 12, 10, 3
_KEY = Keyring(b"k" * 32)
# The seconds of a time, and what follows up to its end.
_SECONDS = re.compile(r"(?<=:)[0-5]\d(?:[.,]\d{1,6})?(?=[^\d:])")


def main() -> None:
    lines = redacted_lines()
    once = list(new_prompts(lines))
    shifts = [list(later(once, shift)) for shift in range(_SHIFTS)]
    gate = case_gate()
    print(json.dumps({
        "characters": _SIZE,
        "first": first_check(once[0]),
        "new": figures(timed(gate, [*once, *(each for shift in shifts for each in shift)])),
        "again": figures(timed(gate, list(prompts_of(lines)) * _ROUNDS)),
    }, indent=2))  # fmt: skip


def case_gate() -> OutboundGate:
    return OutboundGate(ListedNames(), policy_named("default")).for_case(vault())


def first_check(text: str) -> dict[str, float]:
    """Time the first check of a fresh process, with the making of the case's gate."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_first, (text,))


def _first(text: str) -> dict[str, float]:
    prompt = redacted(text)
    cpu, wall = time.process_time(), time.perf_counter()
    pass_or_not(case_gate(), prompt)
    return {
        "cpu_ms": round((time.process_time() - cpu) * 1000, 1),
        "wall_ms": round((time.perf_counter() - wall) * 1000, 1),
    }


def timed(gate: OutboundGate, texts: Iterable[str]) -> list[tuple[float, float, bool]]:
    """Check each text; return CPU and wall milliseconds, and whether it passed."""
    found: list[tuple[float, float, bool]] = []
    for prompt in [redacted(text) for text in texts]:
        cpu, wall = time.process_time(), time.perf_counter()
        passed = pass_or_not(gate, prompt)
        spent = time.process_time() - cpu, time.perf_counter() - wall
        found.append((spent[0] * 1000, spent[1] * 1000, passed))
    return found


def figures(checks: list[tuple[float, float, bool]]) -> dict[str, float]:
    """Sum up checks."""
    cpu = sorted(each[0] for each in checks)
    wall = sorted(each[1] for each in checks)
    return {
        "checks": len(checks),
        "passed": sum(passed for _, _, passed in checks),
        "cpu_p50_ms": round(cpu[len(cpu) // 2], 2),
        "cpu_p95_ms": round(cpu[int(len(cpu) * 0.95)], 2),
        "wall_p50_ms": round(wall[len(wall) // 2], 2),
        "wall_p95_ms": round(wall[int(len(wall) * 0.95)], 2),
    }


def pass_or_not(gate: OutboundGate, prompt: object) -> bool:
    try:
        gate.check(prompt)  # pyright: ignore[reportArgumentType]
    except EgressRefused:
        return False
    return True


def new_prompts(lines: list[str]) -> Iterator[str]:
    """Yield prompts of equal size that share no block of ten lines."""
    blocks = ["\n".join(lines[at : at + 10]) for at in range(0, len(lines), 10)]
    random.Random(7).shuffle(blocks)
    text = ""
    for block in blocks:
        text += "\n" + block
        if len(text) >= _SIZE:
            yield text[:_SIZE].rpartition("\n")[0]
            text = ""


def later(prompts: Iterable[str], shift: int) -> Iterator[str]:
    """Yield prompts as a log goes on: the same things, at other times."""
    chance = random.Random(shift)

    def other(seconds: re.Match[str]) -> str:
        written = seconds[0]
        return f"{chance.randrange(60):02}{written[2:3]}" + "".join(
            str(chance.randrange(10)) for _ in written[3:]
        )

    for text in prompts:
        yield _SECONDS.sub(other, text)


def redacted_lines() -> list[str]:
    """Return the lines of the example cases as they leave."""
    paths = sorted(
        path
        for path in (_ROOT / "examples" / "cases").rglob("*")
        if path.suffix in (".log", ".txt", ".md", ".json", ".yaml", ".eml")
    )
    raw = RawCase(
        RawText("bench"),
        tuple(
            RawArtifact(f"A{number}{path.suffix}", RawText(path.name), "text/plain",
                        RawText(path.read_text(encoding="utf-8")))
            for number, path in enumerate(paths, 1)
        ),
        (),
    )  # fmt: skip
    case = Redactor(ListedNames(), policy_named("default"), _KEY).redact_case(raw).case
    return [line for artifact in case.artifacts for line in artifact.text.split("\n")]


def prompts_of(lines: list[str]) -> Iterator[str]:
    """Yield prompts of equal size, blocks of ten lines in a random order."""
    chance = random.Random(7)
    blocks = ["\n".join(lines[at : at + 10]) for at in range(0, len(lines), 10)]
    for _ in range(_PROMPTS):
        text = ""
        while len(text) < _SIZE:
            text += "\n" + chance.choice(blocks)
        yield text[:_SIZE].rpartition("\n")[0]


def vault() -> Vault:
    """Return a case's vault of invented values: people, hosts, addresses, ids and secrets."""
    named: list[tuple[str, str, str]] = []
    for number in range(125):
        letters = "".join(chr(97 + (number * 7 + step * 5) % 26) for step in range(6))
        named += [
            (f"<PERSON_{number}>", "PERSON", f"Jane Q{letters}"),
            (f"<HOST_{number}>", "HOST", f"{letters}{number}.larks.example"),
            (f"<IP_{number}>", "IP", f"10.77.{number}.{number + 1}"),
            (f"<CUSTOMER_{number}>", "CUSTOMER", f"CUST-{letters}-{number:05}"),
        ]
    secrets = [
        (f"<PASSWORD_{number}>", "PASSWORD", f"not-a-real-secret-{number:03}")
        for number in range(50)
    ]
    entries = entries_of([*named, *secrets], lambda kind: kind == "PASSWORD", _KEY.fingerprint)
    literals = tuple((RawText(value), kind, False, False) for _, kind, value in named)
    return Vault(entries, literals, frozenset(), _KEY.fingerprint)


if __name__ == "__main__":
    main()
