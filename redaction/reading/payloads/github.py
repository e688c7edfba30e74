"""GitHub (Gitea writes the same): issues, comments, timelines, webhooks, deployments."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from redaction.case import Event, Field, FieldName, Link, Role, StatusChange, Tracked
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.payloads.labels import labelled
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined
from redaction.reading.people import Person, person_of

_FIELDS: Final[dict[str, FieldName]] = {
    "title": "title",
    "body": "description",
    "state": "status",
    "state_reason": "resolution",
    "created_at": "created",
    "updated_at": "updated",
    "closed_at": "resolved",
    "number": "id",
    "type": "other",
}
# Who writes on a repository of their own, or is invited to write on it, makes the product.
_MAKERS: Final = frozenset(("OWNER", "MEMBER", "COLLABORATOR"))
_LISTS: Final = ("items", "issues", "comments", "timeline")
_STATES: Final = {"opened": "open", "reopened": "reopened", "closed": "closed"}
_LABELS: Final = {"labeled", "unlabeled"}
_ASSIGNED: Final = {"assigned", "unassigned"}
_FAILED: Final = frozenset(("failure", "error"))
_CAMEL: Final = re.compile(r"(?<=[a-z])[A-Z]")


def _parts(document: Document) -> Iterator[Node]:
    """Yield webhooks, issues, comments, timeline events and deployments of whatever wraps them."""
    for top in document.records():
        if _is_issue(top) or has(top, "action", "sender"):
            yield _snake(top)
            continue
        wrapped = [item for key in _LISTS for item in top.at(key).items()]
        yield from map(_snake, wrapped or top.items() or [top])


def _snake(node: Node) -> Node:
    """Return a record with the keys of the REST API: the command line writes `createdAt`."""
    return _renamed(node) if "createdAt" in node.members() else node


def _renamed(node: Node) -> Node:
    if isinstance(node.value, list):
        return Node([_renamed(item) for item in node.value], node.line)
    if not isinstance(node.value, dict):
        return node
    inner = {
        _CAMEL.sub(lambda found: f"_{found[0].lower()}", key): _renamed(each)
        for key, each in node.value.items()
    }
    return Node(inner, node.line)


def _is_issue(part: Node) -> bool:
    return has(part, "number", "title", "state") and bool(_user(part).at("login").scalar())


def _is_comment(part: Node) -> bool:
    from_here = has(part, "author_association") or has(part, "issue_url")
    return from_here and has(part, "body") and not has(part, "title")


def _is_step(part: Node) -> bool:
    return has(part, "event") and (has(part, "actor.login") or has(part, "sha", "committer"))


def _is_deployment(part: Node) -> bool:
    return has(part, "sha", "ref", "environment", "creator.login")


def _is_webhook(part: Node) -> bool:
    named = has(part, "sender.login") and has(part, "repository.name")
    return named and any(
        has(part, key) for key in ("issue", "deployment", "pull_request", "workflow_run", "release")
    )


def _recognises(document: Document) -> bool:
    kinds = (_is_webhook, _is_issue, _is_comment, _is_step, _is_deployment)
    return any(kind(part) for part in islice(_parts(document), 20) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    for part in _parts(document):
        if _is_webhook(part):
            yield from _webhook(document, part)
        elif _is_step(part):
            yield _step(document, part)
        elif _is_issue(part):
            yield _issue(document, part)
        elif _is_comment(part):
            yield Told(said=tuple(_comment(document, part)))
        elif _is_deployment(part):
            yield _deployment(document, part, Node(None, part.line))


def _webhook(document: Document, top: Node) -> Iterator[Told]:
    if _is_issue(top.at("issue")):
        yield _issue(document, top.at("issue"))
    issue = top.at("issue")
    yield Told(
        fields=tuple(document.field("product", "repository", top.at("repository", "name"))),
        said=tuple(_comment(document, top.at("comment"))),
        history=tuple(_changed(document, top, top.at("action"), issue.at("updated_at")))
        if has(top, "issue")
        else (),
    )
    yield Told(links=tuple(_merged(document, top)), events=tuple(_ran(document, top)))
    if has(top, "deployment"):
        yield _deployment(document, top.at("deployment"), top.at("deployment_status"))


def _merged(document: Document, top: Node) -> Iterator[Link]:
    """Yield the change that a webhook tells of: a pull request, or a release."""
    change, release = top.at("pull_request"), top.at("release")
    if has(change, "title"):
        when = next((n for n in map(change.at, ("merged_at", "created_at")) if n.value), change)
        yield document.link("change", change.at("number"), change.at("title").scalar(), when)
    if has(release, "tag_name"):
        name, when = release.at("name").scalar(), release.at("published_at")
        yield document.link("deployment", release.at("tag_name"), name, when)


def _ran(document: Document, top: Node) -> Iterator[Event]:
    """Yield how a workflow ended; one that deploys may explain an incident."""
    run = top.at("workflow_run")
    if has(run, "status"):
        ended = run.at("conclusion").scalar() or run.at("status").scalar()
        names = (f"workflow {run.at('name').scalar()}", run.at("head_branch").scalar(), ended)
        level = "error" if ended in _FAILED else "info"
        yield from document.event(run, run.at("updated_at"), level, "", " ".join(names))


def _user(part: Node) -> Node:
    return part.at("user") if has(part, "user") else part.at("author")


def _writer(part: Node) -> tuple[Person, Role]:
    """Return who wrote, and the role that the repository gives them."""
    maker = part.at("author_association").scalar() in _MAKERS
    return person_of(_user(part)), "engineer" if maker else "other"


def _issue(document: Document, issue: Node) -> Told:
    author, stated = _writer(issue)
    role: Role = "customer" if stated == "other" else stated
    assigned = issue.at("assignees").items() or [issue.at("assignee")]
    people: list[tuple[Person, Role]] = [(author, role)]
    people.extend((person_of(each), "engineer") for each in assigned if each.members())
    comments = issue.at("comments").items()
    return Told(
        fields=tuple(_fields(document, issue)),
        said=(
            *document.says(author, role, issue.at("created_at"), issue.at("body")),
            *(said for comment in comments for said in _comment(document, comment)),
        ),
        people=tuple(people),
        links=tuple(_links(document, issue)),
    )


def _fields(document: Document, issue: Node) -> Iterator[Field]:
    for key, name in _FIELDS.items():
        yield from document.field(name, key, issue.at(key))
    yield from document.field("other", "type", issue.at("type", "name"))
    yield from document.field("other", "milestone", issue.at("milestone", "title"))
    labels = issue.at("labels")
    named = [each.at("name") if each.members() else each for each in labels.items()]
    yield from labelled(document, labels, named)


def _links(document: Document, issue: Node) -> Iterator[Link]:
    change = issue.at("pull_request")
    if has(change, "html_url"):
        yield document.link("change", change.at("html_url"), when=change.at("merged_at"))


def _comment(document: Document, comment: Node) -> Iterator[Said]:
    author, role = _writer(comment)
    yield from document.says(author, role, comment.at("created_at"), comment.at("body"))


def _step(document: Document, step: Node) -> Told:
    kind, when = step.at("event"), step.at("created_at")
    links: list[Link] = []
    source = step.at("source", "issue")
    if kind.value == "cross-referenced" and has(source, "number"):
        about = "change" if has(source, "pull_request") else "related"
        title = source.at("title").scalar()
        links.append(document.link(about, source.at("number"), title, when))
    elif kind.value == "committed":
        date = step.at("committer", "date")
        links.append(document.link("change", step.at("sha"), step.at("message").scalar(), date))
    elif has(step, "commit_id"):
        links.append(document.link("change", step.at("commit_id"), when=when))
    return Told(
        said=tuple(_comment(document, step)) if kind.value == "commented" else (),
        history=tuple(_changed(document, step, kind, when)),
        links=tuple(links),
    )


def _changed(document: Document, step: Node, kind: Node, when: Node) -> Iterator[StatusChange]:
    """Yield what an action of a webhook or an event of a timeline has changed."""
    actor = step.at("actor") if has(step, "actor") else step.at("sender")
    by, word = actor.at("login").scalar(), kind.scalar()
    if word in _STATES and not has(step, "comment"):
        issue = step.at("issue")
        at = issue.at("created_at") if word == "opened" else when
        yield document.change("status", kind, "", _STATES[word], by, at)
    elif word in _LABELS:
        yield _flagged(document, step.at("label", "name"), "other", word == "labeled", by, when)
    elif word in _ASSIGNED:
        added = word == "assigned"
        yield _flagged(document, step.at("assignee", "login"), "assignee", added, by, when)


def _flagged(
    document: Document, node: Node, field: Tracked, added: bool, by: str, when: Node
) -> StatusChange:
    text = node.scalar()
    before, after = ("", text) if added else (text, "")
    return document.change(field, node, before, after, by, when)


def _deployment(document: Document, deployment: Node, status: Node) -> Told:
    told = status if has(status, "state") else deployment
    state = status.at("state").scalar()
    name = joined((deployment.at("ref"), deployment.at("environment")))
    text = " ".join(part for part in (f"deployment of {name}", state) if part)
    when = told.at("created_at")
    return Told(
        events=tuple(_deployed(document, deployment, when, text, state)),
        links=(document.link("deployment", deployment.at("sha"), name, when),),
    )


def _deployed(
    document: Document, deployment: Node, when: Node, text: str, state: str
) -> Iterator[Event]:
    level = "error" if state in _FAILED else "info"
    component = deployment.at("task").scalar()
    yield from document.event(deployment, when, level, component, text)


PAYLOAD: Final = Payload("GitHub", _recognises, _read, "issue")
