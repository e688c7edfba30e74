import pytest

from retrieval.versions import applicability


@pytest.mark.parametrize(
    ("affected", "fixed", "customer", "expected"),
    [
        ("", "4.3", "4.1", "applies"),
        ("", "4.3", "4.3", "fixed"),
        ("", "4.3.0", "4.3", "fixed"),
        ("", "4.3", "v4.3.1", "fixed"),
        ("", "4.3", "4.10", "fixed"),
        ("", "4.3", "4.3.0-rc1", "applies"),
        ("4.0 - 4.2", "4.3", "3.9", "unaffected"),
        # Each release line has its own fix; a line without one is still affected.
        ("", "4.2.7, 4.3.1", "4.2.5", "applies"),
        ("", "4.2.7, 4.3.1", "4.2.9", "fixed"),
        ("", "4.2.7, 4.4.0", "4.3.2", "applies"),
        ("4.0 - 4.2", "", "4.1", "applies"),
        ("4.0 - 4.2", "", "4.3", "unaffected"),
        ("from 2.0 through 2.4", "", "2.4", "applies"),
        ("from 2.0 through 2.4", "", "3.0", "unaffected"),
        ("< 4.3", "", "4.2.9", "applies"),
        ("before 4.3", "", "4.3", "unaffected"),
        ("<= 4.3", "", "4.3", "applies"),
        ("4.1 and later", "", "5.0", "applies"),
        (">= 4.1", "", "4.0.9", "unaffected"),
        ("newer than 4.1", "", "4.1", "unaffected"),
        ("4.1 and earlier", "", "4.0", "applies"),
        ("4.x", "", "4.7.1", "applies"),
        ("4.1, 4.2", "", "4.2", "applies"),
        ("all versions", "", "1.0", "applies"),
        # One version in which it was seen says nothing of others.
        ("4.1", "", "4.2", "unknown"),
        ("", "", "4.2", "unknown"),
        ("4.1", "4.3", "", "unknown"),
        ("4.1", "4.3", "4.1 and 4.5", "unknown"),
        ("4.1", "4.3", "latest", "unknown"),
    ],
)
def test_a_document_applies_to_a_version(
    affected: str, fixed: str, customer: str, expected: str
) -> None:
    assert applicability(affected, fixed, customer) == expected
