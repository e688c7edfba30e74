# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of identifiers: addresses, hosts, cards, ids, names in a greeting."""

import re
from typing import Final

from redaction.detection.keeping import ROLE_WORDS
from redaction.detection.patterns.births import BIRTHS
from redaction.detection.patterns.machines import is_foreign_address
from redaction.detection.patterns.messages import MESSAGES
from redaction.detection.patterns.ntdomains import NT_DOMAINS
from redaction.detection.patterns.ordinary import is_role, words_of
from redaction.detection.patterns.phones import PHONES
from redaction.detection.patterns.placedhosts import PLACED_HOSTS
from redaction.detection.patterns.secrets import Rule
from redaction.detection.patterns.toldhosts import TOLD_HOSTS
from redaction.detection.patterns.toldnumbers import TOLD_NUMBERS
from redaction.detection.patterns.townlines import TOWN_LINES
from redaction.detection.patterns.values import ISSUED_PREFIXES, is_issued

# Latin with all its accents, also those of a decomposed letter.
_NAME = r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿ\u0101-\u024f\u0300-\u036f'\u2019-]{1,24}(?:[A-Z][a-z]{1,20})?"
_FULL = rf"{_NAME}(?:[ ](?:[A-Z]\.|{_NAME}|(?:van|von|de|der|da|di|del|la|bin|al)\b)){{0,3}}"
# What opens the next sentence after a name: `@Dániel Can you look?`
_OPENERS = r"(?i:can|could|please|will|would|did|does|do|is|are|the|this|that|it|thanks|thank|any|have|has|what|how|when|why|where|if|in|on|so|and|but|as|see|sorry)\b"
_NOT_NAMES = words_of(
    "all team there everyone folks support again for both guys the this that hi hello thanks "
    "thank you sir madam colleagues customer please we i it is here and if on in so just any "
    "as our your to of what when where why how can could would should no yes not regards best "
    "kind cheers sent from monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december update "
    "agent community user dev devs friends engineering experts let have has had sorry great "
    "good nice xamarin microsoft google apple version error exception description steps "
    "expected actual also after before since then first second third finally lastly again well ok "
    "okay otherwise alternatively meanwhile however anyway unfortunately additionally furthermore "
    "instead now still sure right done fixed"
)
_CUSTOMER_TERMS = words_of(
    "success service care portal data experience relations journey id number account manager impact"
    " reports report contact master management relationship facing update communication"
)
_TLD = r"(?:internal|intranet|intra|local|lan|corp|home|localdomain|priv|private)"


def _card(value: str) -> bool:
    """Tell a card by its issuer's range and its check digit; 1800 is the one range with a 1."""
    digits = [c for c in value if c.isdigit()]
    issued = digits[0] in "23456" or digits[:4] == list("1800")
    return len(digits) >= 13 and issued and _luhn(value)


def _luhn(value: str) -> bool:
    digits = [int(c) for c in value if c.isdigit()]
    if not 12 <= len(digits) <= 19 or len(set(digits)) < 2:
        return False
    doubled = (d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0


def _iban(value: str) -> bool:
    compact = value.replace(" ", "")
    if not 15 <= len(compact) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def _personal_login(value: str) -> bool:
    return not is_role(value) and value.lower() not in _NOT_NAMES and len(value) >= 2


def _name(value: str) -> bool:
    first = value.split()[0].lower().rstrip(".,")
    return first not in _NOT_NAMES and not is_role(value)


def _customer(value: str) -> bool:
    return _name(value) and not words_of(value.lower()) & _CUSTOMER_TERMS


def _coordinates(value: str) -> bool:
    """Tell a place on earth from two measurements: in range, one of them to six places or more."""
    figures = [float(figure) for figure in re.findall(r"-?\d+\.\d+", value)]
    precise = re.search(r"\.\d{6}|[NSEW\u00b0]", value) is not None
    return len(figures) == 2 and abs(figures[0]) <= 90 and abs(figures[1]) <= 180 and precise


def _server(value: str) -> bool:
    """Tell the server of a share from an escape: a digit, a hyphen, a dot or capitals alone."""
    marked = any(c.isdigit() or c in "-." for c in value) or (value.isupper() and len(value) >= 3)
    return marked and not value.lower().startswith("localhost")


def _machine(value: str) -> bool:
    """Tell a machine's name from an escape, a word or an address of numbers."""
    lowered = value.lower()
    if lowered.startswith("localhost") or not any(c.isalpha() for c in value):
        return False
    if "." not in value and ROLE_WORDS.issuperset(re.findall(r"[a-z]+", lowered)):
        return False
    return _server(value)


def _mail(value: str) -> bool:
    """Tell a mail address; `icon@2x.png` counts as one, to be on the safe side."""
    return ".." not in value


def _opaque_token(value: str) -> bool:
    """Tell a random token from an identifier made of words, by the share of word-like humps."""
    if not any(c.isdigit() for c in value) or not any(c.isalpha() for c in value):
        return False
    if not _LONG_RUN.search(value):
        return False
    runs = re.findall(r"[A-Za-z0-9]+", value)
    mixed = [run for run in runs if re.search(r"\d", run) and re.search(r"[A-Za-z]", run)]
    if max((len(run) for run in mixed), default=0) < 12:
        return False
    humps = re.findall(r"[A-Z]?[a-z]{3,}|[A-Z]{4,}", value)
    wordlike = sum(len(hump) for hump in humps)
    switches = len(
        re.findall(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)|(?<=[a-z])(?=[A-Z])", value)
    )
    return wordlike < 0.5 * len(value) and switches >= 4 and len(set(value)) >= 10


_LONG_RUN = re.compile(r"[A-Za-z0-9]{12}")


def _base64(value: str) -> bool:
    return (
        "/" in value and not re.search(r"(?:^|/)[a-z]{2,}(?:/|$)", value) and _opaque_token(value)
    )


def _handle(value: str) -> bool:
    lowered = value.lower()
    return not is_role(value) and lowered not in _ANNOTATIONS and not value.isupper()


_ANNOTATIONS = words_of(
    "override autowired transactional test param return returns author since see link "
    "deprecated throws inject bean component repository controller entity nullable notnull "
    "property interface implementation selector protocol class end import media keyframes "
    "charset types angular babel staticmethod classmethod dataclass pytest app echo version "
    "type id name value suppresswarnings before after beforeeach aftereach todo latest next "
    "master main head export register synthesize dynamic autoreleasepool try catch finally "
    "throw string optional required timestamp metadata message odata context graph private public protected package encode preserve string"
)

# `[req-6f55b563d78a]`, `ord_3104417480`; the same id may end a path or begin the name of a file.
_PREFIXED = tuple(
    Rule(
        kind, "prefixed-id",
        re.compile(rf"(?<![\w.@:+-])(?i:{prefixes})[-_](?:[0-9a-z]{{8,64}}|[0-9A-Z]{{8,64}})(?![\w@])(?!-[0-9a-f]{{4}}-)"),
        tuple(f"{prefix}{joint}" for prefix in prefixes.split("|") for joint in "-_"), 0.8,
        accept=lambda value: is_issued(re.split(r"[-_]", value, maxsplit=1)[1]),
    )
    for kind, prefixes in ISSUED_PREFIXES.items()
)  # fmt: skip
_BRACKETED = Rule(
    "OPAQUE_ID", "bracketed-id",
    re.compile(r"(?<=\[)[a-z]{2,5}-(?=[0-9a-z]{0,40}\d)[0-9a-z]{10,40}(?=\])"),
    ("[",), 0.75, soft=True, accept=lambda value: is_issued(value.partition("-")[2]),
)  # fmt: skip

IDENTIFIERS: Final[tuple[Rule, ...]] = (
    *_PREFIXED,
    _BRACKETED,
    Rule("TAG", "placeholder", re.compile(r"<[A-Z_]{1,30}_[0-9]{1,9}(?:\.[0-9]{1,9})?>"), ("<",), 1.0),
    Rule(
        "EMAIL", "mail-address",
        re.compile(
            r"(?<![\w.%+-])(?<!://)(?!')[\w.%+'-]{1,128}(?<!')@(?:(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}|\[\d[\d.]{6,14}\])"
            # A hyphen or underscore may follow, as in the name of a file.
            r"(?![^\W_])"
        ),
        ("@",), 0.95, accept=_mail,
    ),
    Rule("EMAIL", "mail-in-url", re.compile(r"(?:https?|ssh|git|s?ftp)://(?P<EMAIL>(?!')[\w.%+'-]{1,128}(?<!')@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?![^\W_])"), ("://",), 0.95, accept=_mail),
    Rule("EMAIL", "mail-encoded", re.compile(r"(?<![\w.%+-])[\w.+-]{1,64}%40(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}"), ("%40",)),
    Rule("USER", "login-in-url", re.compile(r"://(?P<USER>[A-Za-z][\w.-]{1,63})(?::[^@\s/\"']{0,200})?@(?=[\w.-])"), ("://",), 0.85, accept=lambda value: _personal_login(value) and re.search(r"[a-z][A-Z]", value) is None),
    Rule(
        "USER", "login-at-host",
        re.compile(
            r"(?:(?:ssh|scp|sftp|rsync|login)[ \t](?:-\w{1,20}[ \t]){0,4}|^|[ \t\[(])(?P<USER>[a-z][a-z0-9._-]{1,31})@"
            r"[a-z][a-z0-9.-]{1,80}(?=:[~/\w]|[ \t]{0,8}[$#]|\s)", re.MULTILINE,
        ),
        ("@",), 0.8, accept=_personal_login,
    ),
    Rule(
        "IP", "ipv4",
        re.compile(r"(?<![\d.])(?<![A-Za-z]\d\.)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d]|\.\d)"),
        (".",), 0.9, accept=is_foreign_address,
    ),
    Rule(
        "IP", "ipv6",
        # With `::` or six colons: times of day are everywhere in a log.
        re.compile(
            r"(?<![\w:.])(?:(?:(?:[0-9A-Fa-f]{1,4}:){1,7}|:):(?:[0-9A-Fa-f]{1,4}:){0,6}|(?:[0-9A-Fa-f]{1,4}:){6,7})"
            r"(?:[0-9A-Fa-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])"
        ),
        ("::", ":"), 0.85, accept=lambda value: len(value) > 3 and is_foreign_address(value),
    ),
    Rule(
        "MAC", "mac",
        re.compile(r"(?<![\w:.-])(?:[0-9A-Fa-f]{2}([:-]))(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])"),
        (":", "-"), 0.9,
    ),
    Rule("MAC", "mac-dotted", re.compile(r"(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w.])"), (".",), 0.85, accept=lambda value: any(c.isalpha() for c in value)),
    Rule(
        "HOST", "internal-host",
        re.compile(rf"(?i)(?<![\w.-])(?!(?:com|org|java|javax|jdk|sun|net|io)\.)(?:[a-z0-9_-]{{1,63}}\.){{1,10}}{_TLD}(?![\w-]|\.\w|\()"),
        (".",), 0.85,
    ),
    *TOLD_HOSTS,
    *NT_DOMAINS,
    *PLACED_HOSTS,
    Rule("HOST", "share", re.compile(r"(?<![\w\\:%])\\{2,4}(?P<HOST>[A-Za-z][A-Za-z0-9_-]{1,62}(?:\.[A-Za-z0-9_-]{1,63}){0,6})\\{1,2}[A-Za-z0-9$]"), ("\\",), 0.9, accept=_server),
    Rule(
        "HOST", "windows-machine",
        re.compile(
            r"(?<![\w.\\/%$-])(?:(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{7,12}|[A-Z]{0,8}-?(?:SRV|SVR|SERVER)-?[A-Z]{0,4}-?\d{1,4}"
            r"|[A-Z]{2,6}-(?:DC|SQL|FS|EXCH|WEB|APP|DB|FILE|PRINT|TS|RDS|HV|ESX|VM|PC|WS|NB)-?\d{1,3})(?![\w-]|\.\d)"
        ),
        ("desktop-", "laptop-", "win-", "srv", "svr", "server", "-"), 0.75, soft=True, accept=lambda value: any(c.isdigit() for c in value),
    ),
    Rule(
        "HOST", "host-in-url",
        re.compile(
            r"(?i:\b(?:jdbc:[a-z]{2,12}(?::[a-z]{2,12})?|postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|kafka|ldaps?|sqlserver|mssql|oracle|smb|cifs|nfs|s?ftp|ssh|nats|mqtts?|tcp):(?:thin:@)?//)"
            r"(?:[^@\s/\"']{0,200}@)?(?P<HOST>[A-Za-z0-9](?:[\w-]{0,62}\.){1,8}[A-Za-z]{2,24}|(?=[\w-]{0,60}\d)[A-Za-z][\w-]{1,62})(?=[:/?;,\s\"']|$)"
        ),
        ("://", ":@//"), 0.85, accept=_machine,
    ),
    Rule(
        "HOST", "data-source",
        re.compile(r"(?i:\b(?:server|data source|datasource|addr|network address)[ ]?=[ ]?(?:tcp:|np:)?)(?P<HOST>[A-Za-z](?:[\w-]{1,62}\.){1,8}[A-Za-z]{2,24}|(?=[\w-]{0,60}\d)[A-Za-z][\w-]{1,62})(?=[,;:\\]|[ ]?$)"),
        ("=",), 0.85, accept=_machine,
    ),
    Rule("POD", "pod-suffix", re.compile(r"(?<=[a-z0-9]-)(?P<POD>(?=[a-z0-9-]{0,9}\d)[a-z0-9]{8,10}-[a-z0-9]{5})(?![\w-])"), ("-",), 0.85),
    Rule("USER", "remote-desk", re.compile(r"(?i:\b(?:anydesk|teamviewer|rustdesk|zoom|webex)(?:[ ]id)?)[ :#=]{1,3}(?P<USER>\d{3}[ -]?\d{3}[ -]?\d{3,4})(?!\d)"), ("desk", "viewer", "zoom", "webex"), 0.85),
    Rule("HOST", "aws-host", re.compile(r"(?<![\w.-])(?:ip|ec2)(?:-\d{1,3}){4}(?:\.[\w-]{1,40}){0,5}(?![\w-])"), ("ip-", "ec2-"), 0.9),
    Rule(
        "HOST", "cloud-host",
        re.compile(
            r"(?i)(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,6}(?:rds\.amazonaws\.com|cache\.amazonaws\.com|es\.amazonaws\.com"
            r"|elb\.amazonaws\.com|database\.windows\.net|blob\.core\.windows\.net|redis\.cache\.windows\.net"
            r"|documents\.azure\.com|vault\.azure\.net|mongodb\.net|snowflakecomputing\.com|myshopify\.com|zendesk\.com"
            r"|atlassian\.net|okta\.com|auth0\.com|my\.salesforce\.com|service-now\.com|sharepoint\.com)(?![\w-])"
        ),
        ("amazonaws", "windows.net", "azure", "mongodb.net", "snowflake", "shopify", "zendesk", "atlassian", "okta",
         "auth0", "salesforce", "service-now", "sharepoint"), 0.85,
        accept=lambda value: not value.lower().startswith(("www.", "support.", "developer.", "help.", "status.", "docs.")),
    ),
    Rule(
        "UUID", "uuid",
        re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9A-Za-z])"),
        ("-",), 0.95,
    ),
    Rule("ARN", "arn", re.compile(r"(?<![\w:])arn:aws[\w-]{0,10}:[\w-]{1,40}:[\w-]{0,30}:(?:\d{12})?:[^\s\"'`<>,;()\[\]{}\\|]{1,400}(?<![.:])"), ("arn:aws",)),
    Rule("ACCOUNT", "arn-account", re.compile(r"arn:aws[\w-]{0,10}:[\w-]{1,40}:[\w-]{0,30}:(?P<ACCOUNT>\d{12})"), ("arn:aws",)),
    Rule(
        "CREDIT_CARD", "card",
        re.compile(r"(?<![\w.:-])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{5})(?![\w-]|\.\d)"),
        (), 0.9, accept=_card,
    ),
    Rule(
        "CREDIT_CARD", "card-told",
        re.compile(r"(?i:\b(?:card|kreditkarte|carte|visa|mastercard|maestro|amex)(?:[ ]?(?:number|no|nr|num|#))?\b)[ \t:.#=]{1,4}(?:(?i:is|was|with|ending in)[ ])?(?P<CREDIT_CARD>\d(?:[ -]?\d){11,18})(?![\w-]|\.\d)"),
        ("card", "karte", "carte", "visa", "maestro", "amex"), 0.95, accept=_luhn,
    ),
    Rule("IBAN", "iban", re.compile(r"(?<![A-Za-z0-9])(?i:[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?)(?![A-Za-z0-9])"), (), 0.9, accept=_iban),
    Rule(
        "USER", "home-folder",
        re.compile(r"(?:/home/|/Users/|/export/home/|/var/home/|(?i:\\{1,4}(?:Users|Documents and Settings)\\{1,4}))(?P<USER>[^/\\\s\"'`:;,<>|?*()\[\]]{2,64}(?:[ ][A-Z][\w.-]{1,30}(?=[\\/]))?)"),
        ("home/", "users", "settings"), 0.9, accept=_personal_login,
    ),
    Rule(
        "USER", "login-in-log",
        re.compile(
            r"(?i:\b(?:invalid|authenticating|unknown|for|by|of|as) user |\bsession (?:opened|closed) for user "
            r"|\b(?:accepted|failed) \w{3,20} for (?:invalid user )?|\blogged in as |\blogin (?:by|for|from) "
            r"|\bruser=|\blogname=|\bon behalf of user )[\"'\[(]?(?P<USER>[A-Za-z][\w.-]{0,62}\w)(?=[\s\"'\]),;:(.]|$)"
        ),
        ("user", "login", "logged", "accepted", "failed", "logname"), 0.8, accept=_personal_login,
    ),
    Rule(
        "USER", "profile-link",
        re.compile(r"(?i:\b(?:gist\.github\.com|linkedin\.com/in|twitter\.com|x\.com|facebook\.com|medium\.com/@|stackoverflow\.com/users/\d{1,12})/?)(?P<USER>[A-Za-z][\w.-]{1,63})"),
        ("gist.", "linkedin", "twitter", "x.com", "facebook", "medium.com", "stackoverflow"), 0.8, accept=_personal_login,
    ),
    Rule(
        "USER", "avatar",
        re.compile(
            r"(?i:://(?:[\w-]{1,60}\.){0,6}?(?:avatars?\d{0,3}|[\w-]{0,20}gravatar)(?:[.-][\w-]{1,60}){1,6}(?::\d{1,5})?/(?:avatar/|u/)?"
            r"|://[\w.:-]{1,120}/(?:[\w.~-]{1,60}/){0,5}?(?:avatars?|profile_images|profile-photos?|user_?photos?)/)(?P<USER>[\w.~%/-]{3,200})"
        ),
        ("avatar", "profile", "photo"), 0.85,
    ),
    # `01/Jan/24 9:02 AM;jroe;text`: how trackers write who commented into one cell.
    Rule("USER", "tracker-entry", re.compile(r"(?:\b\d{1,2}/[A-Z][a-z]{2}/\d{2,4}|\b\d{4}-\d\d-\d\d)[ T]\d{1,2}:\d\d(?::\d\d)?(?:[ ][AP]M)?;(?P<USER>[^\s;,\"'|]{2,64});"), (";",), 0.8, accept=_personal_login),
    Rule("SESSION", "id-in-path", re.compile(r"/(?:sessions?|checkouts?|carts?)/(?P<SESSION>(?=[\w-]{0,60}\d|cs-)[\w-]{8,64})(?![\w.-])"), ("/session", "/checkout", "/cart"), 0.8, soft=True),
    Rule("CUSTOMER", "id-in-path", re.compile(r"/(?:customers?|tenants?|accounts?|users?|members?)/(?P<CUSTOMER>(?=[\w-]{0,60}\d)[\w-]{4,64})(?![\w.-])"), ("/customer", "/tenant", "/account", "/user", "/member"), 0.8, soft=True),
    Rule("USER", "chat-mention", re.compile(r"<@(?P<USER>[UW][A-Z0-9]{6,14})(?:\|[^>\n]{0,60})?>"), ("<@",), 0.95),
    Rule("USER", "chat-id", re.compile(r"(?<![\w-])[UW](?=[A-Z0-9]{0,9}\d)[A-Z0-9]{8,11}(?![\w-])"), (), 0.6, soft=True,
         accept=lambda value: sum(c.isdigit() for c in value) >= 3 and sum(c.isalpha() for c in value) >= 4),
    Rule(
        "USER", "handle",
        re.compile(r"(?<![\w@/.+-])(?<!\d>)@(?P<USER>[A-Za-z][\w.-]{1,37}\w)(?![\w@/(]|\.\w|-\w)"),
        ("@",), 0.7, soft=True, accept=_handle,
    ),
    *PHONES,
    Rule(
        "ADDRESS", "postcode-told",
        re.compile(r"(?i:\b(?:zip(?:[ -]?code)?|post(?:al)?[ -]?code|plz|eircode)\b)[ \t:.#=]{1,3}(?:(?i:is|was|of|to|for|in|now)[ ]){0,2}(?P<ADDRESS>(?=[A-Z0-9 -]{0,9}\d)[A-Z0-9]{2,7}(?:[ -][A-Z0-9]{2,4})?)(?![\w-])"),
        ("zip", "post", "plz", "eircode"), 0.8, soft=True,
    ),
    Rule(
        "WEBSITE", "website",
        re.compile(rf"(?i:(?<![\w@/.-])(?:https?://|www\.)(?!(?:[\w-]{{1,63}}\.){{1,6}}{_TLD}\b)(?:[\w-]{{1,63}}\.){{1,6}}[a-z]{{2,12}}/?(?![\w/:?#@%=~-]|\.\w))"),
        ("http", "www."), 0.75, soft=True,
    ),
    *BIRTHS,
    *MESSAGES,
    *TOLD_NUMBERS,
    Rule("GPS", "coordinates", re.compile(r"(?<![\w.,-])-?\d{1,2}\.\d{4,15}\u00b0?[ ]?[NS]?[,; ][ ]?-?\d{1,3}\.\d{4,15}\u00b0?[ ]?[EW]?(?![\w.])"), (".",), 0.8, accept=_coordinates),
    Rule("GPS", "latitude", re.compile(r"(?i:\blat(?:itude)?\b)[\"']?[ ]?[:= ][ \"']{0,2}(?P<GPS>-?\d{1,2}\.\d{3,15})(?![\w.])"), ("lat",), 0.85),
    Rule("GPS", "longitude", re.compile(r"(?i:\b(?:lon|lng|long|longitude)\b)[\"']?[ ]?[:= ][ \"']{0,2}(?P<GPS>-?\d{1,3}\.\d{3,15})(?![\w.])"), ("lon", "lng"), 0.85),
    Rule("GPS", "degrees", re.compile(r"(?<![\w.])\d{1,2}\u00b0[ ]?\d{1,2}['\u2032][ ]?\d{1,2}(?:\.\d{1,6})?(?:\"|\u2033|'')?[ ]?[NS][, ]{1,2}\d{1,3}\u00b0[ ]?\d{1,2}['\u2032][ ]?\d{1,2}(?:\.\d{1,6})?(?:\"|\u2033|'')?[ ]?[EW]\b"), ("\u00b0",), 0.9),
    Rule("ADDRESS", "post-box", re.compile(r"(?i:\bP\.? ?O\.? ?Box)[ ]\d{1,7}\b"), ("box",), 0.8),
    *TOWN_LINES,
    Rule("ADDRESS", "uk-postcode", re.compile(r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]?[ ]\d[ABD-HJLNP-UW-Z]{2}(?![\w-])"), (), 0.7, soft=True),
    Rule(
        "PERSON", "greeting",
        re.compile(
            rf"(?:^|[>\n\"“.!?,][ \t]{{0,16}}|\n)(?i:hi|hello|hey|dear|hallo|thanks|thank you|many thanks|thx|good (?:morning|afternoon|evening)|morning|cheers)"
            rf"[,!]?[ ](?:(?:Mr|Mrs|Ms|Dr|Herr|Frau)\.?[ ])?(?P<PERSON>{_FULL})(?=[ ]{{0,4}}(?:[,.!:;\n\r\u2013\u2014-]|$|and\b|for\b))", re.MULTILINE,
        ),
        (), 0.85, accept=_name,
    ),
    Rule(
        "PERSON", "sign-off",
        re.compile(
            rf"(?i:^[ \t]{{0,16}}(?:(?:kind|best|warm|many)[ ])?(?:regards|wishes|best|cheers|thanks|thank you|sincerely|yours|greetings|greets|br|rgds|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|vg|lg)(?:[ ]in[ ]advance|[ ]again)?)"
            rf"[,.!]?[ \t]{{0,8}}(?:\r?\n[ \t]{{0,16}}){{1,3}}(?:--?[ ]?)?(?P<PERSON>{_FULL})(?=\.?[ \t]{{0,8}}(?:[,(|\r\n]|$))", re.MULTILINE,
        ),
        (), 0.85, accept=_name,
    ),
    Rule(
        "PERSON", "addressed",
        re.compile(rf"^[ \t>]{{0,16}}(?P<PERSON>{_NAME})(?=,[ ](?i:can|could|would|will|did|do|are|have|please|thanks|thank)(?:[ ]you)?\b)", re.MULTILINE),
        (",",), 0.75, soft=True, accept=_name,
    ),
    Rule("USER", "sign-off-handle", re.compile(r"(?i:\b(?:thanks|thank you|regards|cheers|greets))[,.! ]{0,3}[ \n]-[ ]?(?P<USER>[A-Za-z]\w{2,30})[ \t]{0,8}$", re.MULTILINE), ("-",), 0.8, accept=_personal_login),
    Rule("PERSON", "mentioned", re.compile(rf"(?<![\w@/.])@(?P<PERSON>(?:{_NAME}|[A-Z]\.(?:[A-Z]\.)?)(?:[ ](?!{_OPENERS})(?:{_NAME}|[A-Z]\b\.?)){{1,2}})(?![\w])"), ("@",), 0.8, accept=_name),
    Rule("PERSON", "role-and-name", re.compile(rf"\b(?i:developer|engineer|admin|administrator|manager|analyst|colleague|director|technician|consultant|architect|shopper|buyer)[ ](?P<PERSON>{_NAME}[ ]{_NAME})(?![\w])"), ("developer", "engineer", "admin", "manager", "analyst", "colleague", "director", "technician", "consultant", "architect", "shopper", "buyer"), 0.75, soft=True, accept=_name),
    Rule("ORGANIZATION", "customer-and-name", re.compile(r"\b[Cc]ustomer[ ](?P<ORGANIZATION>[A-Z][a-z][\w&'-]{1,30}(?:[ ][A-Z][\w&'-]{1,30}){1,3})(?![\w])"), ("customer",), 0.75, soft=True, accept=_customer),
    Rule("PERSON", "titled", re.compile(rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau)\.?[ ](?P<PERSON>{_FULL})"), (), 0.85, accept=_name),
    Rule(
        "PERSON", "told-name",
        re.compile(
            rf"\b(?i:my name is|i am|this is|spoke (?:to|with)|talked to|called by|reported by|raised by|approved by|assigned to|on behalf of|contact(?:ed)?(?: by)?|attn\.?:?|cc:?)[ ](?P<PERSON>{_NAME}[ ]{_NAME})(?![\w])"
        ),
        ("name is", "i am", "this is", "spoke", "talked", " by ", "assigned", "behalf", "contact", "attn", "cc ", "cc:"),
        0.8, accept=_name,
    ),
    Rule("PERSON", "quoted-mail", re.compile(rf"(?:^|[\n>,][ ]?)(?:On .{{6,80}}, )?(?P<PERSON>{_NAME}[ ]{_FULL})(?= (?:wrote|schrieb|writes)[ :]| <[\w.+-]{1,64}@)", re.MULTILINE), ("wrote", "schrieb", "writes", "@"), 0.9, accept=_name),
    Rule(
        "HEX_ID", "hex-id",
        re.compile(r"(?<![\w:@.#-])(?=[0-9a-fA-F]{0,30}[a-fA-F])(?=[0-9a-fA-F]{0,60}\d)(?:[0-9a-f]{32}|[0-9A-F]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?![\w-])"),
        (), 0.6, soft=True,
    ),
    Rule(
        "OPAQUE_ID", "opaque-token",
        re.compile(r"(?<![\w.@:+-])[A-Za-z0-9_+-]{20,4000}={0,2}(?![\w@])"),
        (), 0.55, soft=True, accept=_opaque_token,
    ),
    Rule(
        "OPAQUE_ID", "base64-token",
        re.compile(r"(?<![\w.@:/+-])[A-Za-z0-9+/]{28,4000}={0,2}(?![\w@/-])"),
        (), 0.55, soft=True, accept=_base64,
    ),
)  # fmt: skip
