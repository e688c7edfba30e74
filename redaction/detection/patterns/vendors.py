# ruff: noqa: E501 - a pattern is easier to check on one line
"""The tokens of vendors: the exact formats that are dropped, and whatever resembles one of them."""

import base64
import binascii
import re
from typing import Final

from redaction.detection.patterns.randomness import is_made_up, looks_random
from redaction.detection.patterns.rules import Rule

_LEFT = r"(?<![A-Za-z0-9_-])"
_RIGHT = r"(?![A-Za-z0-9_-])"

# Formats that the vendor publishes, with their exact lengths and alphabets.
_EXACT: tuple[tuple[str, str, str, str], ...] = (
    ("CLOUD_KEY", "aws-key-id", "akia asia agpa aida aroa aipa anpa anva abia acca a3t", r"(?:AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16,17}"),
    ("CLOUD_KEY", "aws-bedrock", "absk bedrock-api-key-", r"(?:ABSK[A-Za-z0-9+/]{100,280}={0,2}|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[\w+/=-]{0,2000})"),
    ("CLOUD_KEY", "gcp-oauth", "ya29. gocspx- 1//0 4/0a 4%2f0a", r"(?:ya29\.[\w.-]{20,1024}|4(?:/|%2[Ff])0A[\w-]{12,120}|GOCSPX-[\w-]{28}|1//0[\w-]{40,100})"),
    ("CLOUD_KEY", "alibaba", "ltai", r"LTAI[A-Za-z0-9]{20}"),
    ("CLOUD_KEY", "azure-client-secret", "q~", r"(?<![\w~.-])[\w~.]{3}\dQ~[\w~.-]{31,34}(?![~.])"),
    ("CLOUD_KEY", "azure-signed-key", "+ +a jqqj", r"(?:[A-Za-z0-9]{52}JQQJ9[A-Za-z0-9]{27}|[A-Za-z0-9+/]{33,76}(?:\+ACR|\+AST|\+ABa|\+AMC|\+AIoT|\+ARm|AzFu|AzSe|AIoTB|APIM)[A-Za-z0-9+/]{4,40}={0,2})"),
    ("CLOUD_KEY", "digitalocean", "dop_v1_ doo_v1_ dor_v1_", r"do[opr]_v1_[a-f0-9]{64}"),
    ("API_KEY", "github", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", r"(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{50,255})"),
    ("API_KEY", "gitlab", "glpat- gldt- glrt- gloas- glcbt- glptt- glft- glimt- glagent- glsoat- glffct- gr1348941", r"(?:gl(?:pat|dt|rt|ft|soat|ffct|ptr)-[\w-]{20}|gl(?:pat|rt|dt)-(?:[\w-]{1,3}_)?[\w-]{20,300}\.[0-9a-z]{2}\.?[0-9a-z]{7}|glcbt-[0-9a-zA-Z]{1,5}_[\w-]{20}|glptt-[a-f0-9]{40}|glimt-[\w-]{25}|glagent-[\w-]{50}|gloas-[\w-]{64}|glrt-t\d_[\w-]{20}|GR1348941[\w-]{20})"),
    ("API_KEY", "slack", "xox xapp-", r"(?:xox[abpor]-(?:\d{8,15}-){1,3}[A-Za-z0-9]{10,48}|xox[es](?:\.xox[bp])?-\d{1,15}-[A-Za-z0-9-]{40,300}|xoxd-[\w%+/=-]{40,400}|xox[boars]-\d[\w-]{20,80}|xapp-\d-[A-Z0-9]{8,15}-\d{8,15}-[a-f0-9]{30,80})"),
    ("API_KEY", "stripe", "sk_ rk_ pk_ whsec_", r"(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,247}|whsec_[A-Za-z0-9+/]{24,64}={0,2})"),
    ("API_KEY", "openai", "t3blbkfj", r"sk-(?:(?:proj|svcacct|service|admin|None)-)?[\w-]{20,100}T3BlbkFJ[\w-]{20,100}"),
    ("API_KEY", "anthropic", "sk-ant-", r"sk-ant-(?:api|admin|sid|oat)\d{2}-[\w-]{80,120}"),
    ("API_KEY", "sendgrid", "sg.", r"SG\.[\w-]{20,24}\.[\w-]{39,50}"),
    ("API_KEY", "twilio", "sk ac", r"(?:AC|SK)[0-9a-f]{32}"),
    ("API_KEY", "mailgun", "key- pubkey-", r"(?:pub)?key-[0-9a-f]{32}"),
    ("API_KEY", "mailchimp", "-us", r"[0-9a-f]{32}-us\d{1,2}"),
    ("API_KEY", "npm", "npm_", r"npm_[A-Za-z0-9]{36}"),
    ("API_KEY", "pypi", "pypi-", r"pypi-AgE[\w-]{82,1000}"),
    ("API_KEY", "registry", "rubygems_ dckr_ oy2 clojars_ cio", r"(?:rubygems_[a-f0-9]{48}|dckr_(?:pat|oat)_[\w-]{27,40}|oy2[a-z0-9]{43}|CLOJARS_[a-z0-9]{60}|cio[A-Za-z0-9]{32})"),
    ("API_KEY", "hugging-face", "hf_ api_org_", r"(?:hf|api_org)_[A-Za-z]{34}|hf_[A-Za-z0-9]{34}"),
    ("API_KEY", "doppler", "dp.", r"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}"),
    ("API_KEY", "vault", "hvs. hvb. hvr. s.", r"(?:hv[sbr]\.[\w-]{85,300}|s\.(?=[A-Za-z]{0,22}\d)(?=[a-z0-9]{0,22}[A-Z])[A-Za-z0-9]{24})"),
    ("API_KEY", "shopify", "shp", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    ("API_KEY", "square", "sq0 eaaa", r"(?:sq0[a-z]{3}-[\w-]{22,43}|EAAA[\w+/-]{56,64})"),
    ("API_KEY", "facebook", "eaac eaam", r"EAA[MC][A-Za-z0-9]{80,300}"),
    ("API_KEY", "new-relic", "nrak- nrii- nraa- nrjs- nrra- nrsp- nral", r"(?:NR(?:AK|II|AA|RA|SP|IQ|BR)-[\w-]{24,64}|NRJS-[a-f0-9]{19}|[a-f0-9]{36}NRAL|eu01xx[a-f0-9]{30}NRAL)"),
    ("API_KEY", "cloudflare", "cfut_ cfat_ cfk_", r"cf(?:ut|at|k)_[A-Za-z0-9]{40}[a-f0-9]{8}"),
    ("API_KEY", "adafruit", "aio_", r"aio_[A-Za-z0-9]{28}"),
    ("API_KEY", "bannerbear", "bb_", r"bb_(?:pr|ma)_[a-f0-9]{30}"),
    ("API_KEY", "artifactory", "akcp", r"AKCp[A-Za-z0-9]{69}"),
    ("API_KEY", "pixie", "px-api- px-dep-", r"px-(?:api|dep)-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
    ("API_KEY", "postman", "pmak-", r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    ("API_KEY", "grafana", "glsa_ glc_ eyj", r"(?:glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,3}|eyJrIjoi[A-Za-z0-9]{70,400}={0,3})"),
    ("API_KEY", "atlassian", "atatt3 atctt3 atbb bbdc-", r"(?:AT[AC]TT3[\w=-]{80,400}|ATBB[A-Za-z0-9]{32}|BBDC-[A-Za-z0-9+/@_-]{40,60})"),
    ("API_KEY", "brevo", "xkeysib- xsmtpsib-", r"x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}"),
    ("API_KEY", "sentry", "sntrys_ sntryu_", r"sntry[su]_[A-Za-z0-9+/=_]{60,400}"),
    ("API_KEY", "linear", "lin_", r"lin_(?:api|oauth)_[A-Za-z0-9]{32,64}"),
    ("API_KEY", "planetscale", "pscale_", r"pscale_(?:tkn|pw|oauth)_[\w=.-]{32,64}"),
    ("API_KEY", "pulumi", "pul-", r"pul-[a-f0-9]{40}"),
    ("API_KEY", "databricks", "dapi", r"dapi[a-f0-9]{32}(?:-\d)?"),
    ("API_KEY", "dynatrace", "dt0", r"dt0[a-zA-Z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    ("API_KEY", "telegram", ":aa", r"\d{8,10}:AA[\w-]{32,34}"),
    ("API_KEY", "discord", ".", r"[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}"),
    ("API_KEY", "airtable", "pat", r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}"),
    ("API_KEY", "fly", "fo1_ fm1 fm2_", r"(?:fo1_[\w-]{43}|fm[12][ar]?_[A-Za-z0-9+/]{100,500}={0,3})"),
    ("API_KEY", "1password", "ops_eyj a3-", r"(?:ops_eyJ[A-Za-z0-9+/]{250,2000}={0,3}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5})"),
    ("API_KEY", "tailscale", "tskey-", r"tskey-[a-z]{2,12}-[A-Za-z0-9]{5,30}-[A-Za-z0-9]{10,60}"),
    ("API_KEY", "posthog", "phx_ phs_", r"ph[xs]_[A-Za-z0-9]{40,60}"),
    ("API_KEY", "ai-vendor", "gsk_ pplx- r8_ xai- tgp_ jina_ nvapi- csk- fw_ tvly- lsv2_ pcsk_ sk-or- sk-lf- pk-lf-", r"(?:gsk_[A-Za-z0-9]{48,56}|pplx-[A-Za-z0-9]{48,56}|r8_[A-Za-z0-9]{37}|xai-[A-Za-z0-9]{70,90}|tgp_v\d_[\w-]{40,60}|jina_[a-f0-9]{32}[\w-]{28}|nvapi-[\w-]{60,70}|csk-[a-z0-9]{40,60}|fw_[A-Za-z0-9]{22,26}|tvly-(?:dev-|prod-)?[A-Za-z0-9]{20,40}|lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}|pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,70}|sk-or-v1-[a-f0-9]{64}|[sp]k-lf-[a-f0-9-]{36})"),
    ("API_KEY", "shippo-duffel", "shippo_ duffel_", r"shippo_(?:live|test)_[a-fA-F0-9]{40}|duffel_(?:live|test)_[\w=-]{43}"),
    ("API_KEY", "mapbox", ".ey", r"[st]k\.eyJ[\w-]{20,400}\.[\w-]{20,40}"),
    ("API_KEY", "bootstrap-token", ".", r"(?<!\.)[a-z0-9]{6}\.(?=[a-z]{0,15}\d)[a-z0-9]{16}(?!\.)"),
    ("API_KEY", "appsync", "da2-", r"da2-[a-z0-9]{26}"),
    ("API_KEY", "prefixed-hex", "", r"(?<![./])(?:EZ[AT]K|figd|rdme|sgp|nfp|sbp|pnu|ico|akab|lob|live|test|duffel|shippo|PAT|CFPAT|API|FLWSECK|FLWPUBK|flb|frp|nxp|mapi|phr|ddw|sha|tfp|nf[pco]|NRIQ|ion|aio|dnkey|ubkp|sonar|sq[pua]|ATTA)[_-](?:live_|test_|prod_|TEST-)?(?=[\w-]{0,30}\d)[A-Za-z0-9]{30,120}(?:-X)?"),
    ("PRIVATE_KEY", "age-key", "age-secret-key-", r"(?i:AGE-SECRET-KEY-1[0-9A-Z]{58})"),
)  # fmt: skip

# Google and others have these keys stand in apps and pages for all to read: nothing but a telling key
# or a link that uses one makes it a secret.
_PUBLISHED: tuple[tuple[str, str, str], ...] = (
    ("published-key", "aiza pk_ pk. phc_", r"(?:AIza[\w-]{35}|pk_(?:live|test)_[A-Za-z0-9]{16,247}|pk\.eyJ[\w-]{20,400}\.[\w-]{20,40}|phc_[A-Za-z0-9]{40,60})"),
)  # fmt: skip

# What begins like the token of a vendor: a format that changed, a cut end, a near miss.
_LIKE: tuple[tuple[str, str, str], ...] = (
    ("vendor-like", "aiza gh gl xox xapp- sk- pk- rk- sg. npm_ pypi- dckr_ hf_ shp ey hv", r"(?:AIza[\w-]{25,60}|gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|gl[a-z]{2,5}-[\w.-]{18,300}|(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w.-]{10,400}|[srp]k-[\w-]{16,300}|SG\.[\w-]{10,64}\.{1,2}[\w-]{16,100}|npm_[\w-]{20,64}|pypi-[\w-]{20,300}|hv[sbr]\.[\w-]{12,400}|dckr_[\w-]{20,60})"),
    ("vendor-dotted", ".", r"(?:v1|s|b|dp\.[a-z]{2,5})\.(?=[\w+=-]{0,40}\d)[A-Za-z0-9_+=-]{17,400}"),
    ("jwt-like", "ey", r"ey[A-Za-z0-9_-]{10,2000}(?:\.[A-Za-z0-9_-]{0,8000}){1,4}"),
    ("prefixed-token", "_ -", r"[A-Za-z][A-Za-z0-9]{1,15}[_-](?:[A-Za-z0-9]{1,9}[_-]){0,3}(?=[A-Za-z0-9]{0,40}\d)[A-Za-z0-9]{16,400}={0,2}"),
    ("marked-token", "! | ~ $", r"(?=[\w.~+/-]{0,60}\d)[\w.~+/-]{8,60}[!|~][\w.~+/-]{20,400}={0,2}"),
)  # fmt: skip


def _is_issued(value: str) -> bool:
    """Tell a token that somebody issued from a name that only begins like one, or a mask."""
    return len(set(value.lower()) - {"x"}) >= 7 and not is_made_up(value)


def _is_discord(value: str) -> bool:
    """Tell a token of a bot: it begins with the number of the bot's account."""
    head = value.partition(".")[0]
    try:
        return base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).isdigit() and _is_issued(
            value
        )
    except (ValueError, binascii.Error):
        return False


_CHECKS: Final = {"discord": _is_discord}


def _is_like(value: str) -> bool:
    return any(c.isdigit() for c in value[3:]) and looks_random(value)


_WHOLE = re.compile("|".join(f"(?:{shape})" for *_, shape in _EXACT))
_DIGEST = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")
_HEADS: Final = tuple(
    sorted({hint for _, _, hints, _ in _EXACT for hint in hints.split() if hint[:1].isalnum() and len(hint) > 2})
)  # fmt: skip
# An example in the exact format of a vendor is sealed: it may be what somebody really uses.
_TYPED = Rule(
    "OPAQUE_ID", "vendor-example",
    re.compile(rf"{_LEFT}(?i:{'|'.join(map(re.escape, _HEADS))})[A-Za-z0-9_.+/=-]{{8,300}}"), _HEADS, 0.75,
    accept=lambda value: is_made_up(value) and _WHOLE.fullmatch(value) is not None,
)  # fmt: skip

_AWS_LIKE = Rule(
    "OPAQUE_ID", "aws-key-like", re.compile(rf"{_LEFT}(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{{16}}{_RIGHT}"),
    ("akia", "asia", "abia", "acca", "a3t"), 0.75,
)  # fmt: skip

# A value that was cut short may run into the key behind it: `owner Jane RoAKIA…`.
_AWS_GLUED = Rule(
    "CLOUD_KEY", "aws-key-glued", re.compile(rf"(?<=[a-z]{{2}})(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{{16}}{_RIGHT}"),
    ("akia", "asia", "abia", "acca"), 0.95,
)  # fmt: skip

VENDOR_TOKENS: Final = (
    _TYPED,
    _AWS_LIKE,
    _AWS_GLUED,
    *(
        Rule(kind, name, re.compile(f"{_LEFT}(?:{shape}){_RIGHT}"), tuple(hints.split()), accept=_CHECKS.get(name, _is_issued))
        for kind, name, hints, shape in _EXACT
    ),
    *(
        Rule("OPAQUE_ID", name, re.compile(f"{_LEFT}(?:{shape})(?![A-Za-z0-9])"), tuple(hints.split()), 0.75, accept=_is_like)
        for name, hints, shape in _LIKE
    ),
    *(
        Rule("OPAQUE_ID", name, re.compile(f"{_LEFT}(?:{shape}){_RIGHT}"), tuple(hints.split()), 0.75)
        for name, hints, shape in _PUBLISHED
    ),
)  # fmt: skip

_BEGINS = re.compile(
    r"(?:cf(?:ut|at|k)_|bb_(?:pr|ma)_|aio_|px-(?:api|dep)-|AKCp|lin_(?:api|oauth)_|dt0[cs]\d\d\.|gsk_|pplx-|lsv2_|tskey-|apify_api_|sntry[su]_|pscale_|glc_|shippo_|duffel_|gh[pousr]_|github_pat_|gl(?:pat|dt|rt|oas|cbt|ptt|ft|imt|agent|soat)-|xox[a-z]|xapp-|sk-(?:ant|proj|admin|svcacct)-|SG\.|npm_|pypi-|hv[sbr]\."
    r"|dckr_|shp(?:at|ca|pa|ss)_|ops_|dop_v1_|ATATT3|ATCTT3|glsa_|NR(?:AK|II|JS)-|PMAK-|sk_(?:live|test)_|rk_(?:live|test)_|dapi|hf_|A(?:KIA|SIA)[A-Z0-9])"
)


def is_misshapen(value: str) -> bool:
    """Tell what begins like the token of a vendor but is not one: cut, garbled or typed."""
    return _BEGINS.match(value) is not None and _WHOLE.fullmatch(value) is None


def is_whole_token(value: str) -> bool:
    """Tell a token in the exact format of a vendor, or a digest: nothing is missing at its end."""
    return _WHOLE.fullmatch(value) is not None or _DIGEST.fullmatch(value) is not None
