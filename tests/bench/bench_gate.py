"""Times the outbound gate on prompts of 30 KB in CPU milliseconds; prints figures as JSON.

Run `python tests/bench/bench_gate.py`. The prompts are the example cases, redacted, in another
order each; the vault of the case holds 500 values and the fingerprints of 50 dropped secrets.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
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
_SIZE, _PROMPTS, _ROUNDS = 30_000, 12, 10
_KEY = Keyring(b"k" * 32)


def main() -> None:
    policy = policy_named("default")
    prompts = [redacted(text) for text in prompts_of(redacted_lines())]
    begun = time.process_time()
    gate = OutboundGate(ListedNames(), policy).for_case(vault())
    pass_or_not(gate, prompts[0])
    first = time.process_time() - begun
    times: list[float] = []
    passed = 0
    for _ in range(_ROUNDS):
        for prompt in prompts:
            begun = time.process_time()
            passed += pass_or_not(gate, prompt)
            times.append((time.process_time() - begun) * 1000)
    times.sort()
    print(json.dumps({
        "characters": _SIZE, "checks": len(times), "passed": passed,
        "first_check_ms": round(first * 1000, 1),
        "p50_ms": round(statistics.median(times), 2),
        "p95_ms": round(times[int(len(times) * 0.95)], 2),
    }, indent=2))  # fmt: skip


def pass_or_not(gate: OutboundGate, prompt: object) -> bool:
    try:
        gate.check(prompt)  # pyright: ignore[reportArgumentType]
    except EgressRefused:
        return False
    return True


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
