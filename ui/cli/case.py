"""Commands on one case: run, intake, redact, match and draft."""

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from ui.cli.options import (
    CaseArgument,
    Json,
    KeepRaw,
    Model,
    PathArgument,
    Policy,
    Verbose,
    Workspace,
    Zone,
    nameable,
    open_house,
    source,
)
from ui.cli.progress import reading, steps

Kind = Literal["update", "rca"]
KINDS = get_args(Kind)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (run, intake, redact, match, draft):
        app.command()(command)


def run(
    case: CaseArgument,
    kinds: Annotated[str, typer.Option(help="Drafts to write, comma separated.")] = "update,rca",
    model: Model = None,
    keep_raw: KeepRaw = False,
    zone: Zone = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Redact a case, match it, compute its facts, write and score drafts, and report."""
    wanted = _kinds(kinds)
    from ui import contract, service
    from ui.cli import views
    from ui.errors import writing_into

    house = open_house(workspace, model, zone=zone)
    with writing_into(house.settings.workspace):
        answer = service.run_case(house, source(case), wanted, steps(verbose), keep_raw=keep_raw)
    if as_json:
        typer.echo(contract.to_json("run", answer))
    else:
        views.show_run(answer)


def intake(
    case: CaseArgument,
    keep_raw: KeepRaw = False,
    zone: Zone = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Take a case in: who takes part, where it happens, how complete it is, what to ask next."""
    from ui import contract, taking_in
    from ui.cli import views_intake
    from ui.errors import writing_into

    house = open_house(workspace, zone=zone)
    with writing_into(house.settings.workspace):
        answer = taking_in.take_in(house, source(case), steps(verbose), keep_raw=keep_raw)
    if as_json:
        typer.echo(contract.to_json("intake", answer))
    else:
        views_intake.show_intake(answer)


def redact(
    path: Annotated[str | None, typer.Argument(metavar="PATH|-")] = None,
    jsonl: Annotated[
        Path | None, typer.Option(help="Records `{id, text}`, each a document of its own.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the redacted copies there.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that is not empty.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show changed lines, before and after, and why.")
    ] = False,
    policy: Policy = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Redact a folder, file, archive, stream or file of records; nothing is stored."""
    if (path is None) == (jsonl is None):
        raise typer.BadParameter("give either PATH (or -) or --jsonl FILE")
    if jsonl is not None and out is not None:
        raise typer.BadParameter("--out is for PATH; records are printed", param_hint="--out")
    if force and out is None:
        raise typer.BadParameter("there is nothing to write without --out", param_hint="--force")
    if diff and (jsonl is not None or out is not None):
        raise typer.BadParameter("--diff is for PATH and prints only", param_hint="--diff")
    from ui import contract, service
    from ui.cli import views
    from ui.errors import writing_into

    house = open_house(workspace, policy=policy)
    if jsonl is not None:
        for record in service.redact_records(house, nameable(jsonl)):
            if as_json:
                typer.echo(contract.to_json("redact-jsonl", record))
            else:
                views.show_text(record.text)
        return
    if diff:
        for change in service.diff_source(house, source(path or "-"), steps(verbose)):
            if as_json:
                typer.echo(contract.to_json("redact-diff", change))
            else:
                views.show_change(change)
        return
    given, bar = source(path or "-"), reading(verbose)
    told = service.redact_source(house, given, out, steps(verbose), bar, force=force)
    with nullcontext() if out is None else writing_into(out):
        if as_json:
            for answer in told:
                typer.echo(contract.to_json("redact", answer))
        else:
            views.show_redacted(told)


def match(
    path: PathArgument,
    count: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many matches.")] = 10,
    kind: Annotated[Literal["case", "kb"] | None, typer.Option(help="Only this kind.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(help="Only documents created before this time (UTC).")
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Find the past cases and articles that are most similar, with the reasons."""
    from ui import contract, service
    from ui.cli import views

    house = open_house(workspace)
    before = as_of.replace(tzinfo=UTC) if as_of is not None and as_of.tzinfo is None else as_of
    found = service.match_source(house, source(path), count, kind, before, steps(verbose))
    answers = tuple(contract.match_answer(item) for item in found)
    if as_json:
        typer.echo(contract.to_json("match", answers))
    else:
        views.show_matches(answers)


def draft(
    case: CaseArgument,
    kind: Annotated[Kind, typer.Option(help="What to write.")],
    model: Model = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Write and score one draft for a case."""
    from ui import contract, service
    from ui.cli import views
    from ui.errors import writing_into

    house = open_house(workspace, model)
    with writing_into(house.settings.workspace):
        answer = service.draft_source(house, source(case), kind, steps(verbose))
    if as_json:
        typer.echo(contract.to_json("draft", answer))
    else:
        views.show_notes(answer.notes)
        views.show_draft(answer)


def _kinds(text: str) -> tuple[Kind, ...]:
    wanted = tuple(kind for kind in KINDS if kind in text.split(","))
    unknown = [word for word in text.split(",") if word not in KINDS]
    if unknown or not wanted:
        raise typer.BadParameter(f"kinds are {', '.join(KINDS)}", param_hint="--kinds")
    return wanted
