"""Writes patterns for lists of words that are searched for at every line of a log."""


def any_of(words: str) -> str:
    """Return a pattern for any of the words, which spaces part.

    They are grouped by their first letter, so that a place where none begins is given up at one
    look; of two words that begin alike the longer one is tried first.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words.split(), key=lambda each: (-len(each), each)):
        groups.setdefault(word[0], []).append(word[1:])
    inner = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items()))
    return f"(?=[{''.join(sorted(groups))}])(?:{inner})"
