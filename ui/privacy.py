"""What a privacy officer does: reveal, erase, read the ledger, keep lists, look at the policy."""

from pathlib import Path
from typing import Literal, TypeAlias

from redaction import (
    PLACEHOLDER,
    ListName,
    NotInVault,
    Policy,
    PolicyInvalid,
    RevealReason,
    described_kinds,
    look_up,
    policy_named,
)
from ui.contract_privacy import (
    ForgetAnswer,
    LedgerAnswer,
    ListChangeAnswer,
    ListedValue,
    ListsAnswer,
    PolicyAnswer,
    PolicyKind,
    RevealAnswer,
    VerifyAnswer,
)
from ui.database import truncate_log
from ui.errors import UnknownCase
from ui.wiring import House

Right: TypeAlias = Literal["disclose", "erase", "audit", "configure"]
_LONGEST = 1_000


def require(house: House, right: Right) -> None:
    """Refuse what a person may not do.

    There are no users yet: who can open the workspace key has every right.

    Raises:
        KeyUnavailable: the key cannot be opened.
    """
    del right
    _ = house.keyring


def reveal_value(
    house: House, case_id: str, placeholder: str, reason: RevealReason
) -> RevealAnswer:
    """Show what a placeholder of a case stands for; the ledger has it first.

    Raises:
        NoWorkspace, UnknownCase: there is no such workspace or case.
        NotInVault: the case has no such placeholder.
        LedgerBroken: it cannot be recorded; nothing is shown.
    """
    name = known_case(house, case_id)
    require(house, "disclose")
    try:
        vault = house.cases.vault(name)
    except KeyError:
        raise NotInVault(
            f"the key of case {name} was destroyed: nobody can read its values any more."
        ) from None
    within = PLACEHOLDER.search(placeholder)  # `db-<HOST_1>` as it stands in the text
    tag = within[0] if within else f"<{placeholder}>"
    found = look_up(vault, name, tag, reason, house.ledger)
    return RevealAnswer(name, found.placeholder, found.kind, found.value, found.fingerprint or None)


def forget_case(house: House, case_id: str) -> ForgetAnswer:
    """Erase a case: its key first, so that whatever happens next nobody can read its vault.

    Raises:
        NoWorkspace: nothing was ever stored there.
        UnknownCase: there is no such case, or it was erased before.
        LedgerBroken: the key is destroyed, but the erasure cannot be recorded: run it again.
    """
    name = known_case(house, case_id)
    require(house, "erase")
    destroyed = house.cases.destroy_key(name)
    truncate_log(house.engine)
    house.ledger.append("erasure", case=name)
    removed, clean = house.erase_rows(name)
    return ForgetAnswer(name, destroyed, removed, clean)


def show_ledger(
    house: House, case: str | None = None, event: str | None = None, limit: int | None = None
) -> LedgerAnswer:
    """Return the newest entries, the oldest of them first; looking creates nothing.

    `problem` says that more entries were noted outside the workspace than it still holds.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    require(house, "audit")
    noted = house.noted_entries  # first: what is appended meanwhile only makes the ledger longer
    if not house.has_cases:
        return LedgerAnswer((), _cut(0, noted))
    newest = house.book.entries(limit=1)
    held = newest[0].number if newest else 0
    entries = house.book.entries(case=case, event=event, limit=limit)
    return LedgerAnswer(entries, _cut(held, noted))


def _cut(held: int, noted: int) -> str | None:
    if held >= noted:
        return None
    return (
        f"the ledger was cut: {noted} entries were noted, and {held} are left. Restore the "
        "workspace's database from a backup."
    )


def verify_ledger(house: House) -> VerifyAnswer:
    """Walk the chain of the ledger.

    Raises:
        NoWorkspace: nothing was ever stored there: no ledger is not one that holds.
    """
    house.require_founded()
    require(house, "audit")
    verdict = house.book.verify()
    sound = verdict.broken is None
    return VerifyAnswer(sound, verdict.entries, verdict.broken, verdict.problem or None)


def show_lists(house: House) -> ListsAnswer:
    """Return the lists of a workspace; looking creates nothing.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    if not house.has_cases:
        return ListsAnswer((), ())
    require(house, "configure")
    lists = house.lists.load()
    deny = (ListedValue(value, kind) for value, kind in sorted(lists.deny.items()))
    return ListsAnswer(tuple(deny), tuple(sorted(lists.allow)))


def add_to_list(house: House, name: ListName, value: str, kind: str = "") -> ListChangeAnswer:
    """Put a value on a list; it is in the ledger as a keyed hash, and in force from now on.

    Raises:
        PolicyInvalid: the value or its kind is nothing that a list can hold.
    """
    require(house, "configure")
    text = " ".join(value.split())
    if not 2 <= len(text) <= _LONGEST:
        raise PolicyInvalid(f"a value on a list has 2 to {_LONGEST} characters")
    if name == "deny" and house.policy.actions.get(kind, "keep") == "keep":
        raise PolicyInvalid(_kinds_to_deny(house.policy))
    house.ledger.append("list", subject=f"add {name} {kind}".strip(), text=text)
    changed = house.lists.put(name, text, kind)
    house.renew_policy()
    return ListChangeAnswer(name, changed)


def _kinds_to_deny(policy: Policy) -> str:
    """Say which kinds a denied value may have, and which ones a stricter profile adds."""
    acted, strict = _acted_on(policy), _acted_on(policy_named("strict"))
    told = f"give the kind of value, one of: {', '.join(sorted(acted))}"
    more = ", ".join(sorted(strict - acted))
    return f"{told}; under the profile strict also: {more}" if more else told


def _acted_on(policy: Policy) -> set[str]:
    return {kind for kind, action in policy.actions.items() if action != "keep"}


def remove_from_list(house: House, value: str) -> ListChangeAnswer:
    """Take a value off the list that it is on.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    text = " ".join(value.split())
    if not house.has_cases:
        return ListChangeAnswer(None, False)
    require(house, "configure")
    allowed = {known.casefold() for known in house.lists.load().allow}
    house.ledger.append("list", subject="remove", text=text)
    changed = house.lists.remove(text)
    house.renew_policy()
    held: ListName = "allow" if text.casefold() in allowed else "deny"
    return ListChangeAnswer(held if changed else None, changed)


def show_policy(house: House) -> PolicyAnswer:
    """Return the policy in force with its fingerprint; looking creates nothing."""
    policy, what = house.policy, described_kinds()
    kinds = (PolicyKind(kind, action, what[kind]) for kind, action in policy.actions.items())
    lists = policy.lists
    return PolicyAnswer(
        policy.name, policy.fingerprint, tuple(kinds), len(lists.deny), len(lists.allow)
    )


def known_case(house: House, case: str) -> str:
    """Return the id of a stored case, given as it is or as the path that it came from."""
    house.require_founded()
    if not house.has_cases:
        raise UnknownCase
    if house.cases.knows(case):
        return case
    source = house.keyring.entity_ref("source", str(Path(case).resolve()))
    found = house.cases.find(source)
    if found is None:
        raise UnknownCase
    return found[0]
