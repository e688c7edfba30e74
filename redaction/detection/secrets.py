# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of secrets: one pattern per vendor or format, each anchored and of bounded length.

A named group is the entity type of what it covers; a pattern without one covers its whole match.
`hints` are lower-case literals of which one must occur in a text before the pattern is tried.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from redaction.detection.ordinary import is_empty


def _always(value: str) -> bool:
    del value
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: kind of value, name of the rule, pattern, hints, confidence, last say.

    A `soft` rule yields to what an engineer needs (times, versions, stack frames); `accept` is
    asked about each value.
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()
    score: float = 0.95
    soft: bool = False
    accept: Callable[[str], bool] = _always


def _opaque(value: str) -> bool:
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value)


def _is_licence(value: str) -> bool:
    groups = value.split("-")
    return _opaque(value) and sum(any(c.isdigit() for c in group) for group in groups) >= 2


_WORDS = re.compile(
    r"(?:[A-Z]?[a-z]{1,17}|[A-Z]{1,17})(?:[_. -](?:[A-Z]?[a-z]{1,17}|[A-Z]{1,17})){0,12}"
)


def is_credential(value: str) -> bool:
    """Tell whether a value under `token` or `api_key` can be one, not `ACCESS_TOKEN` or prose."""
    return any(c.isdigit() for c in value) or _WORDS.fullmatch(value) is None


def _is_issued(value: str) -> bool:
    """Tell a token that somebody issued from a name that only begins like one, or a mask."""
    return any(c.isdigit() for c in value[3:]) and len(set(value.lower()) - {"x"}) >= 7


_LEFT = r"(?<![A-Za-z0-9_-])"
_NO_FILE = r"(?!\.[A-Za-z]{2,4}\b)"

_TOKENS: tuple[tuple[str, str, str, str], ...] = (
    ("CLOUD_KEY", "aws-key-id", "akia asia agpa aida aroa aipa anpa anva abia acca a3t", r"(?:AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ABIA|ACCA|A3T[A-Z0-9])"
     r"[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("CLOUD_KEY", "gcp-api-key", "aiza", r"AIza[\w-]{30,45}"),
    ("CLOUD_KEY", "gcp-oauth", "ya29. gocspx- 1//0", r"(?:ya29\.|GOCSPX-|1//0)[\w.-]{20,400}"),
    ("CLOUD_KEY", "alibaba", "ltai", r"LTAI[A-Za-z0-9]{12,30}"),
    ("API_KEY", "github", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", r"(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{20,255})"),
    ("API_KEY", "gitlab", "glpat- gldt- glrt- gloas- glcbt- glptt- glft- glimt- glagent- glsoat- glffct- gr1348941", r"(?:gl(?:pat|dt|rt|oas|cbt|ptt|ft|imt|agent|soat|ffct)-|GR1348941)[\w.-]{18,300}"),
    ("API_KEY", "slack", "xox xapp-", r"(?:xox[abceoprsd](?:\.xox[a-z])?-|xapp-)[\w.-]{10,400}"),
    ("API_KEY", "stripe", "sk_ rk_ pk_ whsec_ acct_ price_", r"(?:[srp]k|whsec|acct|price)_(?:live|test|prod)?_?[A-Za-z0-9]{16,255}"),
    ("API_KEY", "openai", "sk- pk- rk-", r"(?:sk|pk|rk)-(?:proj-|ant-|svcacct-|admin-|or-|lf-|live-|test-)?[\w-]{20,300}"),
    ("API_KEY", "sendgrid", "sg.", r"SG\.[\w-]{16,64}\.[\w-]{16,100}"),
    ("API_KEY", "twilio", "", r"(?:AC|SK|CN|PN)[0-9a-f]{32}(?![0-9a-zA-Z])"),
    ("API_KEY", "registry", "npm_ pypi- rubygems_ dckr_ oy2", r"(?:npm_|pypi-|rubygems_|dckr_(?:pat|oat)_|oy2)[\w-]{20,300}"),
    ("API_KEY", "vendor-dotted", "dp. v1.", r"(?:dp\.(?:pt|st|ct|sa)(?:\.[a-z]{1,20})?|v1)\.(?=[\w+=-]{0,40}\d)[A-Za-z0-9_+=-]{20,300}"),
    ("API_KEY", "cloud-vendor", "", r"(?:dop|doo|dor)_v1_[a-f0-9]{40,80}|(?:hvs|hvb|hvr|s|b)\.[A-Za-z0-9_-]{24,300}"),
    ("API_KEY", "vendor-prefix", "", r"(?:hf|shp(?:at|ca|pa|ss)|lin_api|figd|pscale_(?:tkn|pw|oauth)|NRAK|NRII|NRAA"
     r"|NRJS|NRSP|PMAK|glsa|glc|xkeysib|xsmtpsib|sntry[su]|ATATT3|ATCTT3|ATBB|BBDC|fio-u"
     r"|key|mg|pul|EZ[AT]K|rdme|phc|phx|tfp|cio|fo1|FlyV1|nfp|sbp|ops|eyJr|api|dapi|ddapi|dd[ap]|nxp|secret"
     r"|v1|CFPAT|PAT|CLOJARS|doppler|AGE-SECRET-KEY|akab|tskey|sl|sgp|ico|lt|sq0(?:atp|csp|idp)|EAAA|EAAC|live"
     r"|test|duffel|patch|shippo|flw[ps]k|FLWSECK|FLWPUBK|s-s4t2ud|u-s4t2ud)"
     r"[_-](?=[\w/+=-]{0,40}\d)(?=[\w/+=-]{0,40}[A-Za-z])[A-Za-z0-9_/+=-]{20,300}+" + _NO_FILE),
    ("API_KEY", "telegram", ":aa", r"\d{8,10}:AA[\w-]{32,34}(?![\w-])"),
    ("API_KEY", "airtable", "pat", r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}"),
    ("API_KEY", "discord", "", r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}"),
    ("JWT", "jwt", ".ey", r"ey[A-Za-z0-9_-]{10,2000}\.ey[A-Za-z0-9_-]{10,8000}(?:\.[A-Za-z0-9_-]{0,4000})?"),
    ("JWT", "jwe", "eyj", r"eyJ[A-Za-z0-9_-]{10,2000}(?:\.[A-Za-z0-9_-]{0,8000}){2,4}"),
)  # fmt: skip

_PRIVATE = (
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:(?!-----)[A-Za-z0-9+/=\\\s:,.\"'>|-]){0,20000}+(?:-----END [^-\n]{0,60}-----)?"
)
_VALUE = r"[^\s\"'`<>,;]{1,500}"

SECRETS: Final[tuple[Rule, ...]] = (
    *(
        Rule(kind, name, re.compile(f"{_LEFT}(?:{shape})"), tuple(hints.split()), accept=_is_issued)
        for kind, name, hints, shape in _TOKENS
    ),
    Rule("PRIVATE_KEY", "private-key", re.compile(_PRIVATE), ("private key",), 1.0),
    Rule(
        "TOKEN",
        "slack-webhook",
        re.compile(r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<TOKEN>[\w/-]{16,200})"),
        ("hooks.slack",),
    ),
    Rule(
        "TOKEN",
        "webhook",
        re.compile(r"(?:webhook\.office\.com/webhookb2/|discord(?:app)?\.com/api/webhooks/)(?P<TOKEN>[\w@/-]{16,300})"),
        ("webhook",),
    ),
    Rule(
        "TOKEN",
        "auth-scheme",
        re.compile(r"(?i)(?<![\w-])(?:bearer|basic|token|apikey|digest|splunk)[ \t]{1,3}(?P<TOKEN>[A-Za-z0-9._~+/=-]{8,4000})"),
        ("bearer", "basic", "token", "apikey", "splunk"),
        accept=lambda value: _opaque(value) or len(value) >= 24,
    ),
    Rule(
        "PASSWORD",
        "url-login",
        re.compile(
            r"(?<![\w.+-])[A-Za-z][A-Za-z0-9.+-]{1,40}://(?P<USER>[^\s:/@\"'<>?#]{0,128}):"
            r"(?P<PASSWORD>[^\s\"'<>/]{1,200}|[^\s\"'<>@]{1,200})(?=@[\w.\[-])"
        ),
        ("://",),
    ),
    Rule(
        "PASSWORD",
        "oracle-login",
        re.compile(r"jdbc:oracle:thin:(?P<USER>[^\s/@:\"']{1,64})/(?P<PASSWORD>[^\s@\"']{1,128})(?=@)"),
        ("jdbc:oracle",),
    ),
    Rule(
        "PASSWORD",
        "command-flag",
        re.compile(
            r"(?<![\w-])--?(?:password|passwd|pass|pwd|token|secret|api-?key|access-?token|auth-?token|secret-?key"
            r"|client-?secret)[ \t]{1,3}[\"']?(?P<PASSWORD>[^\s\"'-][^\s\"']{3,300})"
        ),
        ("-p", "-t", "-s", "-a", "-c"),
    ),
    Rule(
        "PASSWORD",
        "curl-login",
        re.compile(r"(?<![\w-])(?:-u|--user|--proxy-user)[ \t=]{1,3}[\"']?(?P<USER>[^\s:\"'/]{1,64}):(?P<PASSWORD>[^\s\"']{1,200})"),
        ("-u", "user"),
        accept=lambda value: not is_empty(value.strip("<>")),
    ),
    Rule(
        "PASSWORD",
        "sql-password",
        re.compile(r"(?i)(?:identified[ ]by|password|encrypted[ ]password|with[ ]password)[ \t]{1,3}'(?P<PASSWORD>[^'\n]{1,200})'"),
        ("identified by", "password"),
    ),
    Rule(
        "PASSWORD",
        "xml-password",
        re.compile(
            r"(?i)<(?:\w{1,40}:)?\w{0,40}(?:password|passwd|secret|apikey|api_key|api-key|token|passphrase)>"
            r"[ \t\n]{0,8}(?P<PASSWORD>[^<>\s][^<>\n]{2,500}?)[ \t\n]{0,8}</"
        ),
        ("</",),
    ),
    Rule(
        "PASSWORD",
        "told-password",
        re.compile(
            r"(?i)\b(?:password|passwd|passwort|pwd|passphrase|passcode|pass|pin|api key|secret|token)\b"
            r"(?:[ \t]{1,2}\w{1,20}){0,3}?[ \t]{1,2}(?:is|was|to|ist|now|=)[ \t]{1,2}[\"'`]?(?P<PASSWORD>" + _VALUE + ")"
        ),
        ("pass", "pwd", "pin", "api key", "secret", "token"),
        0.8,
        accept=lambda value: (
            len(value) >= 6 and value[0] != "/" and any(c.isdigit() for c in value) and not value.isdigit()
            and any(c.isalpha() for c in value)
        ),
    ),
    Rule(
        "PASSWORD",
        "password-beside",
        re.compile(r"(?i)\b(?:password|passwort|passwd|pwd|passphrase|passcode)[ \t]{1,2}[\"'`]?(?P<PASSWORD>" + _VALUE + ")"),
        ("pass", "pwd"),
        0.8,
        accept=lambda value: (
            len(value) >= 7 and any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
            and re.fullmatch(r"[a-z_]+\d{0,2}[.,]?|[\w.]*\(.*", value) is None and value[0] not in "/<"
        ),
    ),
    Rule(
        "LICENCE_KEY",
        "licence",
        re.compile(r"(?<![A-Za-z0-9-])[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){3,7}(?![A-Za-z0-9-])"),
        ("-",),
        0.9,
        accept=_is_licence,
    ),
    Rule(
        "NATIONAL_ID",
        "us-ssn",
        re.compile(r"(?<![\w.-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w.-]\d|\w)"),
        ("-",),
        0.85,
        soft=True,
    ),
)  # fmt: skip
