"""Decides what a value is from the key above it: `customer_id`, `Authorization`, `author`."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from redaction.detection.patterns.foreignkeys import FOREIGN
from redaction.detection.patterns.ordinary import words_of

# `dbpassword`, `authtoken`: words that nothing parts.
_GLUED = re.compile(r"[a-z]{2,24}?(password|passwd|passphrase|passwort|secret|apikey|token|pwd)")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

# The last words of a key, written as one lower-case string, and what its value is. The longest
# suffix wins, so that `ip address` is not an `address`.
_SUFFIXES: dict[str, str] = {
    suffix: kind
    for kind, suffixes in {
        "PASSWORD": "password|passwd|passphrase|passcode|pwd|db pass|smtp pass|user pass|redis pass"
        "|password hash|basic auth|mysql pwd|pgpassword|secret phrase|passwort|kennwort|senha"
        "|contrasena|mdp|admin pass|root pass|app pass|auth pass|mail pass|ssh pass|ftp pass"
        "|proxy pass|psk|pre shared key|preshared key|wpa psk|wpa passphrase|wep key"
        "|encrypted password|hashed password|wachtwoord|mot passe|passord"
        "|adgangskode|losenord|salasana|haslo|heslo|jelszo|parola|sifre|lozinka|kata sandi",
        # A test run writes `pass: 12` too: only what looks like a password counts.
        "PASS": "pass|pw|userpass",
        "PIN": "pin|pin code",
        "SECRET": "secret|client secret|secret value|credential|shared secret|webhook secret"
        "|secret token|secret key base|encryption secret|signing secret|app secret|credentials"
        "|seed phrase|mnemonic|recovery phrase|security answer|consumer secret",
        # Nothing but secrets stands in it, whatever its keys are called.
        "SECRET_DATA": "string data",
        "API_KEY": "api key|apikey|app key|auth key|access key|account key|consumer key|admin key"
        "|integration key|shared access key|service key|subscription key|master key|write key"
        "|encryption key|signing key|deploy key|ssh key|storage key|api token|routing key"
        "|ingest key|functions key|function key|host key|webhook key|insert key"
        "|restricted key|hmac key|aes key|des key|cipher key|crypto key|instrumentation key"
        "|application key|server key|sdk key|bot key|jwt key|secret access|auth code",
        "CLOUD_KEY": "secret access key|access key id|aws secret|secret key|aws secret key"
        "|aws access key|azure key|gcp key|cloud key|service account key",
        "PRIVATE_KEY": "private key|private key pem|ssl key|tls key|rsa key|client key data"
        "|private key data|secret key pem|ec key",
        "AUTHORIZATION": "authorization|proxy authorization|auth header|www authenticate",
        "TOKEN": "token|bearer|jwt"
        "|access token|refresh token|auth token|id token|x auth|sas|otp|mfa code|authtoken"
        "|salt|bearer token|personal access token|pat|oauth|oauth2|session token|security token"
        "|webhook url|authorization code|magic link|sas token|totp|registration token|login token"
        "|session state",
        "SIGNATURE": "signature|sig|hmac|x amz signature|x hub signature|x goog signature",
        "SAML": "saml response|saml request|saml assertion|samlresponse|assertion|saml",
        # What names an assembly of .NET, for all to see.
        "PUBLIC": "public key token|existing secret|secret name|secret ref|password policy",
        # An id of anything: it counts when nobody could have thought of it.
        "ID": "id",
        # What only may be a key: it counts when a machine drew it, and then it is sealed.
        "KEY": "key|public key|public token|csrf token|csrf|xsrf token|xsrf|crumb|nonce|iv"
        "|client id|app id|application id|credential id|key id|cert|certificate|fingerprint|auth"
        "|hash|code|challenge|verifier|ticket|accessor|site key|publishable key|anon key|dsn|cred"
        "|session data|state|keys|device token|push token|next token|page token|continuation token"
        "|sync token|client key|tokens|seed|encrypted|cipher text|ciphertext|webhook",
        "COOKIE": "cookie|set cookie|cookies|jsessionid|phpsessid|connect sid|session cookie"
        "|asp net session id|laravel session|sessionid",
        "LICENCE_KEY": "license key|licence key|activation key|product key|serial key|license"
        " code|licence code|activation code|license|licence|license token|registration key"
        "|serial number key|cd key|unlock code",
        "CARD_CODE": "cvv|cvc|cvv2|cvc2|card security code|card verification code",
        "CREDIT_CARD": "card number|credit card|cc number|pan|card no",
        "NATIONAL_ID": "ssn|social security number|national id|tax id|tax number|tin|ein"
        "|nino|ni number|national insurance number|social insurance number|steuer id"
        "|steuernummer|personnummer|fodselsnummer|cpr|cpr number|bsn|dni|nie|nif|curp"
        "|rfc|cpf|cnpj|aadhaar|aadhar|aadhaar number|codice fiscale|insee|nir|pesel"
        "|social security|ssn number|driver license|driving license|driving licence"
        "|driver licence|drivers license|drivers licence|driver license number"
        "|driving licence number|license number|licence number|dl number"
        "|national id number|identity number|identity card number|id card|id card number"
        "|national identity number|medicare number|nhs number|tax file number|vat id"
        "|tax payer id",
        "PASSPORT": "passport|passport number|passport no|passport id|passport num",
        "BIRTHDATE": "birthdate|birth date|date of birth|dob|birthday|born on|birth year"
        "|year of birth|birth day|birth month",
        "PERSON": "author|reporter|assignee|assigned to|requester|requestor|submitter|real name"
        "|full name|fullname|display name|first name|last name|given name|family name|surname"
        "|created by|updated by|reported by|resolved by|closed by|approved by|modified by"
        "|customer contact|contact name|contact person|contact|sender|approver|commenter|caller"
        "|opened by|raised by|employee name|account manager|incident commander|signatory|attendee"
        "|primary contact|submitted by|user full name|cardholder|card holder|signed off by|cc by"
        "|shopper|buyer|payer|patient|student|passenger|cardholder name|guest name|billing name"
        "|recipient name|holder|account holder|beneficiary|consignee|ship to|bill to|subscriber"
        "|middle name|maiden name|legal name|preferred name|name of birth|birth name|caller id"
        "|requested by|requested for|assigned by|created for|real name normalized"
        "|display name normalized|contact full name|salutation name|line manager|supervisor",
        "USER": "user|username|creator|member|inviter|invited by|watcher|follower|collaborator"
        "|user name|login|login name|user id|userid|handle|screen name|nick"
        "|nickname|owner|actor|principal|db user|os user|logon|account login"
        "|requester id|assignee id|author id|submitter id|agent id|reporter id|owner id|updater id"
        "|enduser id|end user id"
        "|run as|changed by|deployed by|triggered by|acked by|started by|operator"
        "|user principal name|upn|sam account name|mail nickname|skype|skype id|telegram"
        "|slack handle|slack id|collaborator id|follower id|email cc id|avatar hash|gravatar id",
        "EMAIL": "email|e mail|mail|email address|mail address",
        "PHONE": "whatsapp|landline|phone no|contact number"
        "|phone|phone number|telephone|tel|mobile|cell|fax|mobile number|msisdn|callback",
        "ADDRESS": "address|street|street address|postal address|billing address|home address"
        "|shipping address|postcode|postal code|zip|zip code|address line|site address|address 1"
        "|address 2|address line 1|address line 2|street 1|street 2|street name|zipcode|plz",
        "LOCATION": "city|town|birthplace|place of birth",
        "NATIONALITY": "nationality|citizenship",
        "WEBSITE": "website|homepage|web site",
        "GPS": "gps|lat|latitude|lng|lon|longitude|coordinates|lat lng|lat lon|geo point"
        "|geolocation",
        "DOMAIN": "domain|email domain|mail domain|customer domain|tenant domain|domain name"
        "|userdomain|userdnsdomain|realm|workgroup",
        "IP": "ip|ip address|client ip|remote addr|remote address|remote ip|source ip|src ip|peer"
        "|dest ip|forwarded for|x forwarded for|real ip|peer address|client address",
        "MAC": "mac|mac address|hwaddr|ether",
        "HOST": "data source|computer|workstation|host|server|node|bastion|jump host",
        # The name of one machine, whatever it looks like.
        "HOSTNAME": "peer name|relay|relayhost|relay host|smtp server|mail server"
        "|hostname|host name|fqdn|machine name|computer name|server name|node name",
        "IBAN": "iban|bank account",
        "ORGANIZATION": "organization|organisation|company|organization name|organisation name"
        "|company name|customer name|account name|tenant name|client name|org name|customer org",
        "CUSTOMER": "customer id|customer|customer no|customer number|client no|customer ref"
        "|subscriber id|customer key|shopper id|merchant id|merchant",
        "TENANT": "tenant|tenant id|tenant key|org id|organization id|organisation id"
        "|workspace id|tenant ref",
        "ACCOUNT": "account|account id|account number|account no|acct|acct id|account ref|cust acct"
        "|contract id|contract number|subscription id|aws account",
        "SESSION": "token id|session|session id|sid|session key|sess id|session index",
        "ORDER": "order id|order no|order number|order ref|order reference|order key|cart id"
        "|cart key|basket id|payment id|payment ref|payment reference|payment intent|invoice id"
        "|invoice no|invoice number|invoice ref|refund id|purchase id|checkout id|transaction no"
        "|transaction number|transaction ref|transaction reference|txn id|tx ref",
        "REQUEST": "request id|rid|req id|x request id|correlation id|message id|requestid|reqid",
        "TRACE": "trace id|traceid|span id|spanid|trace|parent id|transaction id|traceparent",
    }.items()
    for suffix in suffixes.split("|")
}
for _kind, _suffixes in FOREIGN.items():
    _SUFFIXES.update(dict.fromkeys(_suffixes.split("|"), _kind))
# Keys that say it only when they stand alone: a `sort_order` is no order.
_WHOLE = {
    key: kind
    for kind, keys in {
        "ORDER": "order cart basket payment invoice refund purchase",
        "REQUEST": "request req correlation",
        "TRACE": "transaction txn",
        "LOCATION": "ort plaats",
        "GPS": "long",
        "BIRTHDATE": "born geboren birth",
    }.items()
    for key in keys.split()
}
# `sort_key` and `cache_key` find data; `acme_key` most likely opens something.
_DATA_KEYS = words_of(
    "sort primary foreign partition cache public lookup hash row object message shard map dict"
    " redis idempotency dedup dedupe deduplication unique composite cluster range group join"
    " index site publishable anon blob file event item entry record config setting option"
    " registry locale translation label tag sheet attribute property field etag queue topic"
    " kafka bucket path form menu hot short natural surrogate business sequence my lock document"
    " doc page state user s3"
)
_NAMED_THINGS = words_of(
    "app application resource device product service plugin package policy role group image file"
    " folder dataset job task queue topic team project"
)
_PROTOCOLS = words_of("imap pop3 lmtp submission managesieve")
_ENCODED = words_of("base b hex encoded enc raw plain plaintext string str pem")
# Lists of these hold secrets; the plurals of others are mostly counts.
_LISTED = (
    "EMAIL", "PERSON", "PHONE", "USER", "IP", "PASSWORD", "API_KEY", "CLOUD_KEY", "PRIVATE_KEY",
    "LICENCE_KEY", "COOKIE",
)  # fmt: skip
_LONGEST = max(len(suffix.split()) for suffix in _SUFFIXES)
# With one of these ends every key that says something, but for what is no letter.
LAST_WORDS = frozenset(
    last
    for last in (key.split()[-1] for key in (*_SUFFIXES, *_WHOLE, *_ENCODED))
    if last.isalpha() and last.isascii()
)
COOKIE_WORDS = {key.split()[-1] for key, kind in _SUFFIXES.items() if kind == "COOKIE"} | _ENCODED

_PEOPLE = words_of(
    "user author reporter assignee requester requestor customer contact from to cc sender "
    "owner submitter profile actor commenter participant member attendee approver creator "
    "updater person agent employee collaborator follower watcher caller cardholder recipient "
    "user_profile"
)
# `display_value` is what ServiceNow shows of a reference.
_LEAVES: dict[tuple[str, ...], str] = {
    ("name",): "name", ("id",): "id", ("value",): "value", ("display", "value"): "value",
}  # fmt: skip
_PARTS_OF_DAY = words_of("year month day date jahr monat tag")
_FIRMS = words_of("organization organisation company customer account tenant client org")


_TAG = re.compile(r"<[A-Z][A-Z_]{1,30}_\d{1,9}(?:\.\d{1,9})?>", re.IGNORECASE)


@lru_cache(maxsize=8192)
def words(key: str) -> tuple[str, ...]:
    """Split a key into lower-case words: `X-Request-ID`, `requestId`, `request_id`.

    A placeholder in it says nothing: `<CLOUD_KEY_1>` is no key.
    """
    return tuple(word.lower() for word in _WORD.findall(_plain(_TAG.sub(" ", key[-120:]))))


def _plain(key: str) -> str:
    """Write a key without accents: `Straße` and `Prénom` have words too."""
    if key.isascii():
        return key
    bare = unicodedata.normalize("NFKD", key.replace("\u00df", "ss").replace("\u00f8", "o"))
    return "".join(c for c in bare if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def kind_of_key(key: str) -> str | None:
    """Say what kind of value stands under `key`, None when the key says nothing."""
    parts = words(key)
    while len(parts) > 1 and parts[-1].isdigit():
        parts = parts[:-1]
    for size in range(min(_LONGEST, len(parts)), 0, -1):
        kind = _SUFFIXES.get(" ".join(parts[-size:]))
        if kind is not None and _names_a_thing(kind, parts, size):
            return None
        if kind is not None:
            return "NAMED_KEY" if size == 1 and _is_named_key(key, parts) else kind
    if len(parts) > 1 and parts[-1] in _ENCODED:
        return kind_of_key(" ".join(parts[:-1]))
    if parts and (glued := _GLUED.fullmatch(parts[-1])):
        return _SUFFIXES[glued[1]]
    return _WHOLE.get(parts[0]) if len(parts) == 1 else None


def _names_a_thing(kind: str, parts: Sequence[str], size: int) -> bool:
    """Tell `appDisplayName`, which names an application, and `imap-login`, which is a program."""
    before = parts[-size - 1] if size < len(parts) else ""
    if kind == "PERSON" and parts[-1] == "name":
        return before in _NAMED_THINGS
    return kind == "USER" and parts[-1] == "login" and before in _PROTOCOLS


def _is_named_key(key: str, parts: Sequence[str]) -> bool:
    """Tell `acme_key` from a bare `key`, from `sort_key` and from words in a sentence."""
    named = len(parts) > 1 and parts[-1] == "key" and " " not in key
    return named and parts[-2] not in _DATA_KEYS


def kind_at(path: Sequence[str]) -> str | None:
    """Say what kind of value stands at a key path, outermost key first.

    A bare `name` says nothing by itself: under a person it is a name, under a company a company.
    """
    if not path:
        return None
    key = path[-1]
    parts = words(key)
    if parts in _LEAVES and len(path) > 1:
        return _kind_inside(_singular(path[-2]), _LEAVES[parts])
    if " ".join(parts) in _PARTS_OF_DAY and len(path) > 1 and kind_of_key(path[-2]) == "BIRTHDATE":
        return "BIRTHDATE"
    kind = kind_of_key(key)
    return (_kind_of_list(key) or kind) if kind in (None, "KEY") else kind


def _kind_inside(parent: str, leaf: str) -> str | None:
    if leaf == "value":
        return kind_of_key(parent)
    if leaf == "name":
        if parent in _FIRMS:
            return "ORGANIZATION"
        return "PERSON" if parent in _PEOPLE else None
    if parent in _PEOPLE:
        return "CUSTOMER" if parent == "customer" else "USER"
    kind = {"organization": "CUSTOMER", "organisation": "CUSTOMER", "company": "CUSTOMER"}
    if parent in _FIRMS or parent in _WHOLE or parent in ("session", "trace"):
        return kind.get(parent) or kind_of_key(f"{parent}_id")
    return None


def _kind_of_list(key: str) -> str | None:
    # `emails: [...]`, `assignees: [...]`; secrets in the plural (`max_tokens`) are counts.
    single = _singular(key)
    kind = kind_of_key(single) if single != key else None
    if kind in ("SECRET", "TOKEN", "NAMED_KEY"):
        # `max_tokens` are a count and `secrets` may be names: what has a digit among letters goes.
        return None if words(key) == ("tokens",) else "TOKEN"
    return kind if kind in _LISTED else None


def _singular(key: str) -> str:
    lowered = key.lower()
    return lowered[:-1] if lowered.endswith("s") and not lowered.endswith(("ss", "us")) else lowered
