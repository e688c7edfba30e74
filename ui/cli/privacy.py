"""Commands of a privacy officer: outgoing, reveal, release, forget, ledger, lists, policy."""

from typing import Annotated, Literal

import typer

from ui.cli.answering import tell, working
from ui.cli.options import CaseArgument, Json, Model, Verbose, Workspace, open_house, source
from ui.cli.progress import steps

Reason = Literal["customer-contact", "security-incident", "legal", "debugging"]
ReleaseCode = Literal["diagnosis", "customer-request", "security-incident", "legal"]
ListOf = Literal["deny", "allow"]
BROKEN = 4

ledger = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What left, was revealed, changed or erased."
)
lists = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Values always redacted, values always kept."
)
policy = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What happens to each kind of value."
)
StoredCase = Annotated[
    str, typer.Argument(metavar="CASE", help="A stored case's id, or the path it came from.")
]
Value = Annotated[
    str, typer.Argument(metavar="VALUE|-", help="The value; `-` reads it from standard input.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (outgoing, reveal, release, forget):
        app.command()(command)
    for name, part in (("ledger", ledger), ("lists", lists), ("policy", policy)):
        app.add_typer(part, name=name)


def outgoing(
    case: CaseArgument,
    model: Model = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Show byte for byte what drafting a case would send to the model; nothing is sent."""
    from ui import contract, service
    from ui.cli import views
    from ui.errors import writing_into
    from ui.outgoing import recipient

    house = open_house(workspace, model)
    with writing_into(house.settings.workspace):
        answers = service.outgoing_of(house, source(case), steps(verbose))
    if as_json:
        for answer in answers:
            typer.echo(contract.to_json("outgoing", answer))
    else:
        views.show_outgoing(answers, recipient(house.settings))


def reveal(
    case: StoredCase,
    placeholder: Annotated[str, typer.Argument(help="As in the redacted text: '<PERSON_1>'.")],
    reason: Annotated[Reason, typer.Option(help="Why; it is written to the ledger.")],
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Show what a placeholder stands for, after the ledger has it."""
    from ui import privacy
    from ui.cli import views_privacy as views

    with working("Revealing", workspace, verbose=verbose) as house:
        answer = privacy.reveal_value(house, case, placeholder, reason)
    tell("reveal", answer, views.show_revealed, as_json=as_json)


def release(
    case: StoredCase,
    artifact: Annotated[str, typer.Argument(help="A quarantined artifact's id: A2.log.")],
    reason: Annotated[ReleaseCode, typer.Option(help="Why; it is written to the ledger.")],
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Bring a quarantined artifact in from its kept original; what stays unsure is withheld."""
    from ui import releasing
    from ui.cli import views_privacy as views
    from ui.errors import writing_into

    house = open_house(workspace)
    with writing_into(house.settings.workspace):
        answer = releasing.release_artifact(house, case, artifact, reason, steps(verbose))
    tell("release", answer, views.show_released, as_json=as_json)


def forget(
    case: StoredCase, workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False
) -> None:
    """Erase a case: its key, then its rows, index documents, drafts and reports."""
    from ui import privacy
    from ui.cli import views_privacy as views

    with working("Erasing", workspace, verbose=verbose) as house:
        answer = privacy.forget_case(house, case)
    tell("forget", answer, views.show_forgotten, as_json=as_json)


@ledger.command("show")
def show_ledger(
    case: Annotated[str | None, typer.Option(help="Only entries of this case id.")] = None,
    event: Annotated[str | None, typer.Option(help="Only entries of this kind.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The newest N entries.")] = 100,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Show the newest entries, the oldest of them first; ends with 4 when its end is missing."""
    from redaction import EVENTS
    from ui import privacy
    from ui.cli import views_privacy as views

    if event is not None and event not in EVENTS:
        raise typer.BadParameter(f"kinds are {', '.join(EVENTS)}", param_hint="--event")
    with working("Reading the ledger", workspace, verbose=verbose) as house:
        answer = privacy.show_ledger(house, case, event, limit)
    tell("ledger-show", answer, views.show_ledger, as_json=as_json)
    if answer.problem:
        raise typer.Exit(code=BROKEN)


@ledger.command("verify")
def verify_ledger(
    workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False
) -> None:
    """Walk the whole chain; ends with 4 and the first broken number when it does not hold."""
    from ui import privacy
    from ui.cli import views_privacy as views

    with working("Verifying the ledger", workspace, verbose=verbose) as house:
        answer = privacy.verify_ledger(house)
    tell("ledger-verify", answer, views.show_verdict, as_json=as_json)
    if not answer.ok:
        raise typer.Exit(code=BROKEN)


@lists.command("show")
def show_lists(
    workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False
) -> None:
    """Show both lists."""
    from ui import privacy
    from ui.cli import views_privacy as views

    with working("Reading the lists", workspace, verbose=verbose) as house:
        answer = privacy.show_lists(house)
    tell("lists-show", answer, views.show_lists, as_json=as_json)


@lists.command("add")
def add_to_list(
    name: Annotated[ListOf, typer.Argument(help="`deny` redacts the value, `allow` keeps it.")],
    value: Value,
    kind: Annotated[str, typer.Option(help="What a denied value is, such as PERSON.")] = "",
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Put a value on a list; the next redaction follows it."""
    if (name == "deny") != bool(kind):
        raise typer.BadParameter("deny needs it, allow has none", param_hint="--kind")
    from ui import privacy
    from ui.cli import views_privacy as views

    with working("Changing the list", workspace, verbose=verbose) as house:
        answer = privacy.add_to_list(house, name, _given(value), kind)
    tell("lists-change", answer, views.show_list_change, as_json=as_json)


@lists.command("remove")
def remove_from_list(
    value: Value, workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False
) -> None:
    """Take a value off the list that it is on."""
    from ui import privacy
    from ui.cli import views_privacy as views

    with working("Changing the list", workspace, verbose=verbose) as house:
        answer = privacy.remove_from_list(house, _given(value))
    tell("lists-change", answer, views.show_list_change, as_json=as_json)


@policy.command("show")
def show_policy(
    profile: Annotated[str | None, typer.Argument(help="The one in force when none.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Show what happens to each kind of value, with the fingerprint of it all."""
    from ui import privacy
    from ui.cli import views_privacy as views

    with working("Reading the policy", workspace, policy=profile, verbose=verbose) as house:
        answer = privacy.show_policy(house)
    tell("policy-show", answer, views.show_policy, as_json=as_json)


def _given(value: str) -> str:
    """Read `-` from standard input: a value on the command line stays in the shell's history."""
    if value != "-":
        return value
    return typer.get_text_stream("stdin", encoding="utf-8", errors="replace").read().strip()
