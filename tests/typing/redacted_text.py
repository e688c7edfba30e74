"""Each line marked `error` must be refused by the type checker; the others must pass."""

from redaction import RawText, RedactedText, compose, is_redacted, join


def store(text: RedactedText) -> None:
    print(len(text))


def wrong(plain: str, raw: RawText, clean: RedactedText) -> None:
    store(plain)  # error
    store(raw)  # error
    store(f"{clean} and more")  # error
    store(clean + clean)  # error
    store(clean.upper())  # error
    store(raw.reveal())  # error
    compose(plain, x=clean)  # error
    compose("{x}", x=plain)  # error
    compose(f"{plain}")  # error
    join(plain, [clean])  # error
    join(", ", [plain])  # error
    raw + "x"  # error
    "x".join([raw])  # error


def right(plain: str, clean: RedactedText) -> None:
    store(clean)
    store(clean[1:])
    store(clean.strip())
    store(clean.splitlines()[0])
    store(compose("{n} of {x}", n=3, x=clean))
    store(join(", ", [clean]))
    if is_redacted(plain):
        store(plain)
