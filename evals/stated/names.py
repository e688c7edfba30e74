"""Finds names that only the case can have given: components, codes, versions, hosts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from evals.stated.blanking import blank, without_markers
from evals.stated.clock import moments
from evals.stated.quantities import VERSION

_TICKED: Final = re.compile(r"`([^`\n]+)`")
_JOINED: Final = re.compile(r"(?<![\w./@-])/?[A-Za-z0-9]\w*(?:[-._:/@\\$]+[A-Za-z0-9]\w*)+")
_SNAKE: Final = re.compile(r"\b[A-Za-z]\w*_\w+\b")
_CAMEL: Final = re.compile(r"\b(?:[A-Z]+[a-z]+|[a-z]+)(?:[A-Z][A-Za-z0-9]*)+\b")
_CODE: Final = re.compile(r"\b(?:[A-Z]{2,}\d{2,}|E[A-Z]{5,})\b")
_IP: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)")
# Parts that make a compound of small letters a component rather than English ("follow-up").
_INFRASTRUCTURE_WORDS: Final = (
    "api apis app auth backend balancer broker bucket cache cdn cluster cron daemon database "
    "db dns frontend fs gateway gw host index ingress job kafka lb ledger listener master node "
    "pg pod pool postgres primary prod proxy queue redis registry replica router scheduler "
    "server service shard sql sso staging store svc topic ui vault vm web worker"
)
_INFRASTRUCTURE: Final = frozenset(_INFRASTRUCTURE_WORDS.split())
_ENGLISH_WORDS: Final = (
    "single multi cross in per non pre post re sub inter intra high low full half two three "
    "four first second third all any every same self third-party customer user client server "
    "support read write on off up down back out open closed long short real near stand hot "
    "cold live follow roll fail time end front back-end well known error case fully upper "
    "lower third data rate request response service cache database db api web queue node "
    "worker load retry connection"
)
_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())
_SUPPORTING: Final = re.compile(
    r"\b(?:[Tt]he|[Oo]ur|[Aa]n?)\s+(?P<name>[A-Za-z][\w-]{2,})\s+(?:service|database|API|gateway|queue"
    r"|cluster|broker|worker|pipeline|load\s+balancer|microservice|daemon|replica|namespace)\b"
)
_COMMON_WORDS: Final = (
    "job input merge retry mail log monitoring deployment build management authentication "
    "network storage search data web login payment order affected same new old other another "
    "main primary secondary whole entire current previous first second third last next "
    "single production staging test live central shared managed internal external public "
    "private customer customers support message cloud web backend frontend healthy failing "
    "failed degraded impacted upstream downstream underlying relevant own local remote "
    "standby backup target source database cache service api full normal regular stable "
    "original remaining restarted updated"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())
# Products that a sentence names as if everybody knew them; they must be named by the case too.
_PRODUCTS: Final = re.compile(
    r"\b(?:Redis|Valkey|Kafka|RabbitMQ|ActiveMQ|Pulsar|NATS|PostgreSQL|Postgres|MySQL|MariaDB|Oracle"
    r"|MongoDB|Cassandra|DynamoDB|Elasticsearch|OpenSearch|Solr|Memcached|etcd|ZooKeeper|Consul"
    r"|Kubernetes|Docker|Helm|Istio|Envoy|HAProxy|nginx|Nginx|NGINX|Apache|Tomcat|Jetty|Jenkins"
    r"|Terraform|Ansible|AWS|Azure|GCP|Cloudflare|Fastly|Akamai|Stripe|PayPal|Okta|Keycloak|LDAP"
    r"|Kerberos|Hazelcast|Spark|Hadoop|Flink|Airflow|Grafana|Prometheus|Datadog|Splunk|Sentry"
    r"|Salesforce|Zendesk|ServiceNow|Jira|Windows|Linux|Ubuntu|Debian|VMware|Java|JVM|Python"
    r"|GraphQL|gRPC|Snowflake|BigQuery|S3|Lambda|Ceph|MinIO|Hibernate|Hikari)\b"
)
_NUMBERISH: Final = re.compile(
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|half)[-a-z\d]*", re.IGNORECASE
)
_SEPARATORS: Final = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written in a sentence; `version` when it is a version, compared exactly."""

    text: str
    start: int
    end: int
    version: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The names that some texts state, for look-up whatever their separators and case."""

    words: str
    versions: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Collect the words and versions of `texts`."""
        whole = "\n".join(texts)
        split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", whole)
        versions = {_bare_version(match[0]) for match in VERSION.finditer(whole)}
        versions |= {match[1] for match in re.finditer(r"(?<![\w.])(\d+(?:\.\d+)+)", whole)}
        return cls(f" {_flat(whole)} {_flat(split)} ", frozenset(versions))

    def has(self, name: Name) -> bool:
        """Tell whether the texts state the name; versions must be equal to the letter."""
        if name.version:
            return _bare_version(name.text) in self.versions
        return f" {_flat(name.text)} " in self.words


def _flat(text: str) -> str:
    return _SEPARATORS.sub(" ", text).strip().lower()


def _bare_version(text: str) -> str:
    return text.lower().removeprefix("v").rstrip(".")


@lru_cache(maxsize=1024)
def names(text: str) -> tuple[Name, ...]:
    """Find the names of a sentence that must come from the case, without placeholders."""
    bare = without_markers(text)
    bare = blank(bare, [(moment.start, moment.end) for moment in moments(bare)])
    found = [Name(m[0], *m.span()) for m in _IP.finditer(bare)]
    bare = blank(bare, [(name.start, name.end) for name in found])
    versions = [Name(m[0], *m.span(), version=True) for m in VERSION.finditer(bare)]
    bare = blank(bare, [(name.start, name.end) for name in versions])
    ticked = [Name(m[1], *m.span(1)) for m in _TICKED.finditer(bare)]
    bare = blank(bare, [(name.start, name.end) for name in ticked])
    found += [*versions, *ticked]
    found += [Name(m[0], *m.span()) for m in _JOINED.finditer(bare) if _is_identifier(m[0])]
    bare = blank(bare, [m.span() for m in _JOINED.finditer(bare)])
    for pattern in (_SNAKE, _CAMEL, _CODE, _PRODUCTS):
        found += [Name(m[0], *m.span()) for m in pattern.finditer(bare)]
        bare = blank(bare, [m.span() for m in pattern.finditer(bare)])
    found += [
        Name(m["name"], *m.span("name"))
        for m in _SUPPORTING.finditer(bare)
        if m["name"].lower() not in _COMMON
    ]
    return tuple(sorted(found, key=lambda name: name.start))


def _is_identifier(token: str) -> bool:
    if token.startswith("/") or "_" in token or "@" in token:
        return True
    separators = set(re.findall(r"[^\w]", token))
    parts = re.split(r"[^\w]+", token)
    if separators == {"-"}:
        return _is_component(parts)
    if separators == {"."}:
        return all(len(part) > 1 for part in parts)
    return any(char.isdigit() for char in token) and not separators <= {"/"} and len(parts) > 1


def _is_component(parts: list[str]) -> bool:
    if _NUMBERISH.fullmatch(parts[0]) and not any(p.lower() in _INFRASTRUCTURE for p in parts[1:]):
        return False
    if any(part[-1].isdigit() for part in parts[1:]):
        return True
    last, first = parts[-1].lower(), parts[0].lower()
    return last in _INFRASTRUCTURE and first not in _ENGLISH
