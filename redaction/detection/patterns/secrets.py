# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of secrets by where they stand: after a scheme, in an address, a command, a file.

Each pattern is anchored and of bounded length. What is surely a secret is dropped; what only may be
one (`OPAQUE_ID`) is sealed, and hidden all the same.
"""

import base64
import binascii
import json
import re
from typing import Final

from redaction.detection.patterns.commands import COMMANDS
from redaction.detection.patterns.devices import DEVICES
from redaction.detection.patterns.official_ids import OFFICIAL_IDS
from redaction.detection.patterns.ordinary import is_empty, words_of
from redaction.detection.patterns.randomness import (
    is_issued_key,
    is_made_up,
    is_said_made_up,
    looks_random,
)
from redaction.detection.patterns.rules import Rule as Rule
from redaction.detection.patterns.sentences import SENTENCES, is_password
from redaction.detection.patterns.vendors import VENDOR_TOKENS, is_misshapen


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


def _is_jwt(value: str) -> bool:
    """Tell a signed token by its head, which is JSON and says how it was signed."""
    head = value.partition(".")[0]
    try:
        said = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return False
    return isinstance(said, dict) and bool({"alg", "enc"} & said.keys())


def _is_drawn_state(value: str) -> bool:
    """Tell what a login hands to and fro from the state of a thing: `state=step2-done`."""
    turns = len(re.findall(r"\d+|[A-Z]+|[a-z]+", value))
    return is_issued_key(value) or (_opaque(value) and turns >= 4 and is_credential(value))


def _is_encoded_login(value: str) -> bool:
    try:
        return b":" in base64.b64decode(value + "=" * (-len(value) % 4), validate=True)[:-1]
    except (ValueError, binascii.Error):
        return False


def _scheme_value(value: str) -> bool:
    issued = is_issued_key(value) and not is_misshapen(value)
    return not is_made_up(value) and (issued or _is_encoded_login(value))


def _after_scheme(value: str) -> bool:
    return (_opaque(value) or len(value) >= 24) and len(set(value)) >= 6


def _has_body(value: str) -> bool:
    """Tell a key from the mere armour of one."""
    return sum(c.isalnum() for c in _ARMOUR.sub("", value)) >= 12


_LONG_PART = re.compile(r"[A-Za-z0-9=]{16}")
_ARMOUR = re.compile(r"-----[^-\n]{0,60}-----")


def _is_login(value: str) -> bool:
    bare = value[1:-1] if value[0] == "{" and value[-1] == "}" else value
    if bare is not value and bare.replace("_", "").isalpha():
        return False  # `{password}` is to be filled in, `{p;w}` is quoted
    plain = bare.lower().strip("<>\"'")
    return is_password(bare) and plain not in _USUAL and _PORT.match(bare) is None


_PORT = re.compile(r"\d{1,5};\w+=")


# What documentation writes where a password stands.
_USUAL = words_of(
    "password pass passwd pwd token test secret key apikey api_key yyy xxx username user passw0rd"
    " your_password your-password yourpassword mypassword api_token apitoken"
)


_SECRET_WORD = (
    r"(?:pass(?:word|wd|phrase|code)|pwd|secret(?:[_ -]?key)?|api[_ -]?(?:key|token|secret)|(?:access|auth|bearer|refresh|session)[_ -]?(?:key|token)"
    r"|private[_ -]?key|credentials?|token|license[_ -]?key)"
)
_PRIVATE = (
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:(?!-----)[A-Za-z0-9+/=\\\s:,.\"'>|()<#-]){0,20000}+(?:-----END [^-\n]{0,60}-----)?"
)
_HASH = (
    r"(?:\$(?:1|2[abxy]?|5|6|7|8|9|14|y|gy|apr1|md5|sha1|sha256|P|H|S|bcrypt-sha256|scrypt|argon2(?:id?|d)|pbkdf2[\w-]{0,12}|krb5[a-z]{2,8}|B|NT|SHA)\$"
    r"(?:[A-Za-z0-9./$=,+*@_-]|:(?!\d{3,6}:\d{1,5}:)){20,4000}"
    r"|(?:pbkdf2_sha\d{1,3}|bcrypt(?:_sha256)?|scrypt|argon2|sha1|md5)\$[A-Za-z0-9./$=,+]{20,300}"
    r"|\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]{0,10})\}[A-Za-z0-9+/=.$]{20,200}"
    r"|scrypt:\d{3,6}:\d{1,2}:\d{1,2}\$[\w+/=.]{8,64}\$[a-f0-9]{64,128})"
)

SECRETS: Final[tuple[Rule, ...]] = (
    *VENDOR_TOKENS,
    *OFFICIAL_IDS,
    Rule("JWT", "jwt", re.compile(r"(?<![A-Za-z0-9_-])ey[A-Za-z0-9_-]{10,2000}(?:\.[A-Za-z0-9_-]{0,8000}){1,4}"), ("ey",), accept=_is_jwt),
    Rule("PRIVATE_KEY", "private-key", re.compile(_PRIVATE), ("private key",), 1.0, accept=_has_body),
    Rule("PRIVATE_KEY", "encoded-private-key", re.compile(r"(?<![A-Za-z0-9+/])LS0tLS1CRUdJTi(?:[A-Za-z0-9+/]{8,80}BQUklWQVRFIEtFW|[A-Za-z0-9+/]{8,80}UFJJVkFURSBLRV|[A-Za-z0-9+/]{8,80}QUklWQVRFIEtFW|[A-Za-z0-9+/]{8,80}QUk)[A-Za-z0-9+/]{20,20000}={0,2}"), ("ls0tls1crudjti",), 1.0),
    Rule("PRIVATE_KEY", "putty-key", re.compile(r"Private-Lines: ?\d{1,3}\s{1,4}(?P<PRIVATE_KEY>(?:[A-Za-z0-9+/=]{1,80}\s{1,4}){1,400})"), ("private-lines",), 1.0),
    Rule("PRIVATE_KEY", "xml-private-key", re.compile(r"<(D|P|Q|DP|DQ|InverseQ)>(?P<PRIVATE_KEY>[A-Za-z0-9+/=\s]{40,2000})</\1>"), ("inverseq",), 1.0),
    Rule("PRIVATE_KEY", "jwk-private-key", re.compile(r"\\?\"(?:d|p|q|dp|dq|qi|k)\\?\"[ ]?:[ ]?\\?\"(?P<PRIVATE_KEY>[\w-]{40,1000})\\?\""), ("kty",), 1.0),
    Rule("SECRET", "jenkins-secret", re.compile(r"\{[^{}\s]{0,40}[ ]?AQAAAB[^{}\n]{10,600}\}"), ("aqaaab",)),
    Rule("PASSWORD", "password-hash", re.compile(rf"(?<![\w$]){_HASH}"), ("$", "{"), accept=lambda value: len(set(value)) >= 10),
    Rule("PASSWORD", "password-file", re.compile(r"(?m:^[\w.@-]{1,64}:(?P<PASSWORD>[A-Za-z0-9./]{13})$)"), (":",), 0.8, accept=lambda value: looks_random(value) and not value.islower()),
    Rule("PASSWORD", "ntlm-hash", re.compile(r"(?<![\w])(?P<PASSWORD>[a-fA-F0-9]{32}:[a-fA-F0-9]{32})(?=:::|$)", re.MULTILINE), (":",)),
    Rule(
        "TOKEN", "slack-webhook",
        re.compile(r"(?P<TOKEN>(?:https?:\\?/\\?/)?hooks\.slack\.com\\?/(?:services|workflows|triggers)\\?/[\w\\/-]{16,200})"),
        ("hooks.slack",),
    ),
    Rule(
        "TOKEN", "webhook",
        re.compile(
            r"(?P<TOKEN>(?:https?:\\?/\\?/)?(?:(?:[\w-]{1,40}\.)?(?:webhook|outlook)\.office(?:365)?\.com/webhook(?:b2)?/|(?:\w{1,10}\.)?discord(?:app)?\.com/api/webhooks/|hooks\.zapier\.com/hooks/catch/|api\.telegram\.org/bot|chat\.googleapis\.com/v1/spaces/"
            r"|maker\.ifttt\.com/trigger/\w{1,40}/with/key/|open\.(?:feishu|larksuite)\.c(?:n|om)/open-apis/bot/v2/hook/|[\w.-]{1,60}\.logic\.azure\.com(?::443)?/workflows/|hook\.\w{2,6}\.make\.com/|qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=|oapi\.dingtalk\.com/robot/send\?access_token=|[\w.-]{1,60}/hooks/(?=\w{0,20}\d))[\w@/:?=&%.\\-]{16,400})"
        ),
        ("webhook", "zapier", "telegram", "googleapis", "ifttt", "feishu", "larksuite", "logic.azure", "make.com", "dingtalk", "weixin", "/hooks/"),
    ),
    Rule(
        "TOKEN", "auth-scheme",
        re.compile(r"(?i)(?<![\w-])(?:bearer|basic|token|apikey|digest|splunk|ssws|oauth|negotiate|sso-key|aws4-hmac-sha256|sharedkey(?:lite)?)[ \t]{1,3}(?![A-Za-z][\w-]{1,24}=[^=\s])(?P<TOKEN>[A-Za-z0-9._~+/=:-]{8,4000})"),
        ("bearer", "basic", "token", "apikey", "splunk", "digest", "ssws", "oauth", "negotiate", "aws4", "sharedkey", "sso-key"), accept=_scheme_value,
    ),
    Rule(
        "OPAQUE_ID", "auth-scheme-like",
        re.compile(r"(?i)(?:bearer|basic|ssws|oauth|splunk|apikey|authorization:[ ]?token)[ \t]{1,3}(?P<OPAQUE_ID>[A-Za-z0-9._~+/=-]{8,4000})"),
        ("bearer", "basic", "ssws", "oauth", "splunk", "apikey", "authorization"), 0.75, accept=_after_scheme,
    ),
    Rule(
        "PASSWORD", "url-login",
        re.compile(
            r"(?<![\w.+-])[A-Za-z][A-Za-z0-9.+-]{1,40}://(?P<USER>[^\s:/@\"'<>?#]{0,128}):"
            r"(?P<PASSWORD>[^\s\"'<>/]{1,200}|[^\s\"'<>@]{1,200})(?=@[\w.\[%{$<-])"
        ),
        ("://",), accept=_is_login,
    ),
    Rule(
        "OPAQUE_ID", "usual-password",
        re.compile(r"(?i)(?:://[^\s:/@\"'<>?#]{0,128}:(?P<OPAQUE_ID>(?:my)?(?:password|passwd|pass|pwd|secret|token|test|key)\d{0,3})(?=@[\w.\[%{$<-])|(?:password|pwd)[ ]?=[ ]?(?:my)?(?:password|passwd|pass|pwd|secret)\d{0,3}(?=[;\"']))"),
        ("pass", "secret", "token", "test", "key"), 0.75,
    ),
    Rule(
        "TOKEN", "url-token",
        re.compile(r"(?<![\w.+-])[A-Za-z][A-Za-z0-9.+-]{1,40}://(?P<TOKEN>[\w~+=.-]{16,300})(?=@[\w.-])"),
        ("://",), accept=looks_random,
    ),
    # `https://<32 hexadecimal digits>@o1.ingest.sentry.example/2`: the key of a Sentry DSN.
    Rule("API_KEY", "url-key", re.compile(r"(?<![\w.+-])https?://(?P<API_KEY>[0-9a-f]{32})(?::(?P<SECRET>[0-9a-f]{32}))?(?=@[\w.-])"), ("://",), 1.0, accept=lambda value: len(set(value)) >= 4),
    Rule(
        "SIGNATURE", "signed-url",
        re.compile(r"(?i)(?:[?&;]|&amp;|%26|\\u0026)(?:x-amz-signature|x-goog-signature|x-amz-security-token|x-oss-signature|signature|sig|hmac|policy|hdnts|hdnea|se?sig|oh|oauth_signature)(?:=|%3D)(?P<SIGNATURE>[A-Za-z0-9_.~%+/=*-]{8,4000})"),
        ("sig", "hmac", "x-amz-", "policy", "hdn", "oh="), accept=lambda value: not is_empty(value) and len(set(value)) >= 6 and any(c.isdigit() or c == "%" or c.isupper() for c in value),
    ),
    Rule(
        "CLOUD_KEY", "signed-by",
        re.compile(r"(?i)x-(?:amz|goog)-credential\\?[\"']?[ ]?(?:=|%3D|:)[ ]?\\?[\"']?(?P<CLOUD_KEY>[A-Za-z0-9_.@-]{8,128}(?:%40[A-Za-z0-9.-]{4,128})?)(?=/|%2F|%252F)"),
        ("-credential",),
    ),
    Rule(
        "SIGNATURE", "authorization-parameter",
        re.compile(r"(?i)[ ,](?:response|mac|oauth_signature|oauth_token|sso-key|signature)=\\?\"?(?P<SIGNATURE>[A-Za-z0-9+/%=_.-]{16,600})"),
        ("response=", "mac=", "oauth_", "signature="), accept=lambda value: is_issued_key(value.rstrip("=%3Dd")),
    ),
    Rule(
        "TOKEN", "url-parameter",
        re.compile(r"(?i)[?&](?:[a-z_.-]{0,24}(?:key|token|secret|auth|access|code|passw(?:or)?d|pwd|sid|session|jwt|appid|state))=(?P<TOKEN>[A-Za-z0-9_.~%+/=-]{16,2000}+)(?![(\[{])"),
        ("key=", "token=", "secret=", "auth=", "access=", "code=", "pass", "pwd=", "sid=", "session=", "jwt=", "appid=", "state="), accept=is_issued_key,
    ),
    # What OpenID Connect hands to and fro, and may be short: `#state=…&session_state=…`.
    Rule("TOKEN", "login-state", re.compile(r"(?i)[?&#](?:session_)?state=(?P<TOKEN>[A-Za-z0-9_.~%+/=-]{8,2000}+)(?![(\[{])"), ("state=",), accept=_is_drawn_state),
    Rule(
        "SAML", "saml-message",
        re.compile(r"(?i)\bSAML(?:Response|Request|Art|Assertion)\"?(?:=|%3D|[ ]?:[ ]?\"|\"[ ]value=\"|\"(?:\r?\n){2})(?P<SAML>(?:[A-Za-z0-9+/=%_\\-]|\r?\n(?!--)){16,60000})"),
        ("saml",), 1.0,
    ),
    Rule("SAML", "saml-signature", re.compile(r"<(?:\w{1,10}:)?(?:SignatureValue|X509Certificate|CipherValue)>(?P<SAML>[A-Za-z0-9+/=\s]{16,20000})</"), ("signaturevalue", "x509certificate", "ciphervalue"), 1.0),
    Rule(
        "PASSWORD", "oracle-login",
        re.compile(r"(?:jdbc:oracle:(?:thin|oci):|sqlplus[ ](?:-\w[ ]){0,2}|expdp[ ]|impdp[ ])(?P<USER>[^\s/@:\"']{1,64})/(?P<PASSWORD>[^\s@\"']{1,128})(?=@)"),
        ("jdbc:oracle", "sqlplus", "expdp", "impdp"), accept=is_password,
    ),
    Rule(
        "PASSWORD", "connection-string",
        re.compile(
            r"(?i)(?:user[ _]?(?:id|name)?|uid)[ ]?=[ ]?(?P<USER>[^;\s\"'=]{1,64})[ ]?;(?:[^;\"\n]{0,80};){0,4}?[ ]?"
            r"(?:password|pwd)[ ]?=[ ]?(?P<PASSWORD>\{(?:[^{}\n]|\}\}){1,200}\}|[^;\"'\n]{1,200})"
        ),
        ("user", "uid"), accept=_is_login,
    ),
    Rule(
        "PASSWORD", "connection-password",
        re.compile(r"(?i)(?:server|data source|host|database(?:name)?|provider|driver|dsn|initial catalog|endpoint|user|uid)[ ]?=[^;\"\n]{1,120};(?:[^;\"\n]{0,120};){0,8}?[ ]?(?:password|pwd|sharedaccesskey|accountkey)[ ]?=[ ]?(?P<PASSWORD>\{(?:[^{}\n]|\}\}){1,200}\}|[^;\"'\s]{1,200})"),
        ("password", "pwd", "accesskey", "accountkey"), accept=_is_login,
    ),
    Rule("USER", "connection-user", re.compile(r"(?i);[ ]?(?:user[ _]?(?:id|name)?|uid)[ ]?=[ ]?(?P<USER>[^;\s\"'=${#]{2,64})(?=;|\"|$)"), ("user", "uid"), 0.8, accept=lambda value: not is_empty(value)),
    Rule(
        "PASSWORD", "command-flag",
        re.compile(
            r"(?i)(?<![\w-])--?(?:[a-z]{1,20}-){0,3}(?:password|passwd|pass(?:phrase|code)?|pwd|token|secret|api-?(?:key|token)|access-?(?:token|key)|auth-?token|secret-?key"
            r"|client-?secret|private-?token|license-?key)(?:[ \t]{1,3}|=)(?:\(ConvertTo-SecureString[ ](?:-String[ ])?)?[\"']?(?P<PASSWORD>[^\s\"'$%<({-][^\s\"']{3,300})"
        ),
        ("-p", "-t", "-s", "-a", "-c", "-l"), accept=lambda value: is_password(value) and not (len(value) >= 16 and is_said_made_up(value)),
    ),
    Rule("PASSWORD", "secure-string", re.compile(r"(?i)ConvertTo-SecureString[ ](?:-String[ ])?[\"'](?P<PASSWORD>[^\"'$\n]{3,200})[\"']"), ("convertto-securestring",)),
    Rule(
        "PASSWORD", "remote-command",
        re.compile(r"(?i)\b(?:psexec(?:\.exe|64\.exe)?|wmic|winexe|smbclient|net[ ]use|xfreerdp|rdesktop|evil-winrm|crackmapexec|schtasks|connect-viserver)\b[^\n|;]{1,160}?[ ][-/](?:u|user|username)[ :]{1,2}[\"']?(?P<USER>[^\s\"'$%]{2,64})[\"']?[ ]{1,3}[-/](?:p|pass|password)[ :]{1,2}[\"']?(?P<PASSWORD>[^\s\"'-][^\s\"']{1,100})"),
        ("psexec", "wmic", "winexe", "smbclient", "net use", "rdp", "rdesktop", "winrm", "crackmapexec", "schtasks", "viserver"),
    ),
    Rule(
        "PASSWORD", "net-use",
        re.compile(r"(?i)\bnet(?:\.exe)?[ ]{1,3}use[ ]{1,3}(?:(?:[a-z]:|\*)[ ]{1,3})?[\"']?\\\\[^\s\"']{1,120}[\"']?[ ]{1,3}(?:/persistent:\w{2,3}[ ]{1,3}|/savecred[ ]{1,3}){0,2}(?:/u(?:ser)?:[\"']?[^\s\"']{1,80}[\"']?[ ]{1,3})?[\"']?(?P<PASSWORD>[^\s\"'/*$%<{][^\s\"']{2,100})"),
        ("use",), accept=is_password,
    ),
    Rule(
        "PASSWORD", "argument-list",
        re.compile(r"(?i)[\"' -]--?(?:[a-z]{1,20}-)?(?:password|passwd|pass(?:phrase|code)?|pwd|token|secret|api-?(?:key|token)|access-?(?:token|key)|auth-?token|secret-?key|client-?secret)(?:[\"'][ ]?,\s{0,20}[\"']|[\"']?[ ]{0,2}\r?\n[ \t]{0,20}-[ ][\"']?)(?P<PASSWORD>[^\s\"'$%<({-][^\s\"']{2,300})"),
        ("-p", "-t", "-s", "-a", "-c"), accept=is_password,
    ),
    Rule("PASSWORD", "password-argument", re.compile(r"\b(?:(?:mysql|mysqldump|mysqladmin|mariadb(?:-dump)?)\b[^\n|;]{0,160}?[ \"']-p(?=[^\s\"'])|(?:sshpass|mongosh?|mongodump|redis-cli|docker login|htpasswd|ldapsearch|unzip|7z|zip|openssl|keytool)\b[^\n|;]{0,160}?[ \"']-(?:p(?:[ ]|[\"'],[ ]?|(?!ass|ort\b))|a[ ]|w[ ]|P[ ]))[\"']?(?P<PASSWORD>[^\s\"'$%{(<-][^\s\"']{3,100})"), ("sshpass", "mysql", "mongo", "redis-cli", "docker login", "htpasswd", "ldapsearch", "zip", "7z", "openssl", "keytool"), 0.85, accept=lambda value: is_password(value) and not value.isdigit() and "/" not in value[:1]),
    Rule(
        "PASSWORD", "curl-login",
        re.compile(r"(?<![\w-])(?:-u|--user|--proxy-user)[ \t=]{0,3}[\"']?(?P<USER>[^\s:\"'/$]{1,64}):(?P<PASSWORD>[^\s\"']{1,200})"),
        ("-u", "user"), accept=_is_login,
    ),
    Rule("TOKEN", "curl-token", re.compile(r"\bcurl\b[^\n]{0,200}?[ ](?:-u|--user)[ \t=]{0,3}[\"']?(?P<TOKEN>[\w.~+/=-]{12,300})(?=:?[\"'\s]|$)"), ("curl",), accept=lambda value: looks_random(value) and not is_made_up(value)),
    Rule(
        "PASSWORD", "netrc",
        re.compile(r"(?:\bmachine[ \t]{1,4}[\w.-]{1,120}|\bdefault)\s{1,8}login\s{1,4}(?P<USER>\S{1,64})\s{1,8}password\s{1,4}(?P<PASSWORD>\S{1,200})"),
        ("login",), accept=is_password,
    ),
    Rule("PASSWORD", "pgpass", re.compile(r"(?m:^[\w.*-]{1,120}:(?:\d{2,5}|\*):[\w*.-]{1,63}:(?P<USER>[^:\s/]{1,63}):(?P<PASSWORD>[^\s:]{3,100})$)"), (":",)),
    Rule(
        "PASSWORD", "sql-password",
        re.compile(r"(?i)(?:identified[ ](?:with[ ]\w{3,40}[ ])?(?:by|as)|password|encrypted[ ]password|with[ ]password)[ \t]{1,3}[\"'](?P<PASSWORD>[^'\"\n]{1,200})[\"']"),
        ("identified ", "password"), accept=is_password,
    ),
    Rule(
        "PASSWORD", "xml-password",
        re.compile(
            r"(?i)<(?:\w{1,40}:)?\w{0,40}(?:password|passwd|secret|apikey|api_key|api-key|token|passphrase|privatekey|accesskey)(?:[ ][^<>]{0,80})?(?<!/)>"
            r"[ \t\n]{0,8}(?P<PASSWORD>[^<>\s][^<>\n]{2,500}?)[ \t\n]{0,8}</"
        ),
        ("</",), accept=is_password,
    ),
    Rule(
        "PASSWORD", "named-value",
        re.compile(
            rf"(?i)(?:key|name|id)\\?[\"']?[ ]?[=:][ ]?\\?[\"'](?![\w-]{{0,20}}(?:csrf|xsrf|authenticity|verification))[\w:.-]{{0,60}}(?:{_SECRET_WORD}|[._-]p(?:w|ass))[\w-]{{0,12}}\\?[\"']"
            r"[ ]{0,4},?[ ]{0,4}\\?[\"']?(?:value|val|text|content)\\?[\"']?[ ]?[=:][ ]?\\?[\"'](?P<PASSWORD>[^\"'\n\\]{3,500})"
        ),
        ("value", "val", "text", "content"), accept=lambda value: (is_password(value) and not _WORDS.fullmatch(value)) or is_issued_key(value),
    ),
    # What stands beside `<input name="password">` is not in it: the element's own end follows a value.
    Rule(
        "PASSWORD", "named-element",
        re.compile(r"(?i)<([\w:.-]{1,40})[ ][^<>]{0,80}?(?:key|name|id)=[\"'][\w:.-]{0,60}(?:pass(?:word|wd|phrase|code)?|pwd|[._-]pw|secret|api[_-]?key|token)[\"'][^<>]{0,80}(?<!/)>\s{0,8}(?P<PASSWORD>[^<>\s][^<>\n]{2,500}?)\s{0,8}</\1\s{0,8}>"),
        ("</",), accept=lambda value: is_password(value) and (is_credential(value) or " " not in value),
    ),
    # `<input type="hidden" name="csrf_token" value="…">`: the hidden fields of a form.
    Rule("TOKEN", "named-input", re.compile(r"(?i)<input[ ][^<>]{0,120}?name=[\"'][\w:.\[\]-]{0,60}(?:token|csrf|xsrf|nonce|viewstate|password|secret)[\w\]]{0,8}[\"'][^<>]{0,80}?[ ]value=[\"'](?P<TOKEN>[^<>\s\"']{6,4000})[\"']"), ("<input",), 0.9, accept=is_credential),
    Rule(
        "API_KEY", "variable-default",
        re.compile(rf"(?i)variable[ ]\"[\w-]{{0,60}}{_SECRET_WORD}[\w-]{{0,12}}\"[ ]?\{{[^{{}}]{{0,300}}?\bdefault[ ]{{0,12}}=[ ]{{0,4}}\"(?P<API_KEY>[^\"\n$]{{8,500}})\""),
        ("variable",), accept=is_credential,
    ),
    Rule(
        "TOKEN", "named-argument",
        re.compile(rf"(?i)[\"'][\w.-]{{0,40}}{_SECRET_WORD}[\"'][ ]?,[ ]{{0,3}}[\"'](?P<TOKEN>[^\"'\s]{{8,500}})[\"']"),
        (",",), accept=is_issued_key,
    ),
    Rule(
        "OPAQUE_ID", "named-argument-like",
        re.compile(rf"(?i)[\"'][\w.-]{{0,40}}{_SECRET_WORD}[\"'][ ]?,[ ]{{0,3}}[\"'](?P<OPAQUE_ID>[^\"'\s]{{8,500}})"),
        (",",), 0.75, accept=lambda value: is_credential(value) and _opaque(value) and not is_empty(value),
    ),
    Rule("PASSWORD", "password-call", re.compile(r"(?i)\b\w{0,40}(?:password|passwd|passphrase|pwd|secret)\(\\?[\"'](?P<PASSWORD>[^\"'\n\\]{3,200})\\?[\"']\)"), ("pass", "pwd", "secret"), 0.85, accept=lambda value: is_password(value) and is_credential(value)),
    Rule(
        "PASSWORD", "terraform-password",
        re.compile(r"\"random_(?:password|string)\"(?:(?!\"type\")[^\0]){0,3000}?\"result\"\s{0,4}:\s{0,4}\"(?P<PASSWORD>[^\"\n]{4,200})\""),
        ("random_password", "random_string"),
    ),
    Rule("OPAQUE_ID", "digest-nonce", re.compile(r"[ ,]c?nonce=\\?\"(?P<OPAQUE_ID>[^\"\\\n]{6,200})"), ("nonce=",), 0.75, accept=_opaque),
    *DEVICES,
    *COMMANDS,
    *SENTENCES,
    Rule(
        "PASSWORD", "credential-call",
        re.compile(r"(?i)(?:NetworkCredential|PSCredential|DirectoryEntry|UsernamePasswordCredentials?|BasicAuthentication|HTTPBasicAuth|BasicAWSCredentials|login|setCredentials|basicAuth|authenticate)[ ]?\((?:[ ]?\"LDAP:[^\"]{0,100}\",)?\s{0,20}@?[\"'](?P<USER>[^\"'\s$]{2,64})[\"'],\s{0,20}@?[\"'](?P<PASSWORD>[^\"'\n$]{3,200})[\"']"),
        ("credential", "directoryentry", "basicauth", "login", "authenticat"), accept=is_password,
    ),
    Rule(
        "PASSWORD", "username-beside-password",
        re.compile(r"(?i)\buser(?:name)?[ ]{1,4}[\"'](?P<USER>[^\"'\s$]{2,64})[\"']\s{1,20}password[ ]{1,4}[\"'](?P<PASSWORD>[^\"'\n$]{2,200})[\"']"),
        ("password",), accept=is_password,
    ),
    Rule("ACCOUNT", "storage-account", re.compile(r"(?i)AccountName=(?P<ACCOUNT>[a-z0-9]{3,24})(?=[;\"'\s]|$)"), ("accountname=",)),
    Rule("USER", "access-policy", re.compile(r"(?i)SharedAccessKeyName=(?P<USER>[\w.-]{2,64})(?=[;\"'\s]|$)"), ("sharedaccesskeyname=",)),
    Rule("SECRET", "app-configuration", re.compile(r"(?i)(?:Endpoint=)?https://[\w.-]{1,80}\.azconfig\.io;Id=[^;\s\"']{1,64};Secret=[A-Za-z0-9+/=]{20,120}"), ("azconfig",)),
    Rule(
        "PASSWORD", "login-pair",
        re.compile(r"(?i)\b(?:user(?:name)?|login|account|id|credentials?)[ ]?(?:/|&|and|\|)[ ]?(?:password|pass|pw|pwd)\b[ ]{0,2}(?:is|are|[:=])?[ ]{0,2}[\"'`]?(?P<USER>[\w.@\\-]{2,64})[ ]?(?:/|\|| and |,)[ ]?(?P<PASSWORD>[^\s\"'`<>,;]{3,100})"),
        ("pass", "pw"), 0.8, accept=lambda value: is_password(value) and not value.isdigit(),
    ),
    Rule(
        "LICENCE_KEY", "licence",
        re.compile(r"(?<![A-Za-z0-9-])[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){3,7}(?![A-Za-z0-9-])"),
        ("-",), 0.9, accept=lambda value: _is_licence(value) and not is_made_up(value),
    ),
    Rule(
        "API_KEY", "key-told",
        re.compile(
            rf"(?i)(?<![A-Za-z]){_SECRET_WORD}s?\b(?:[ \t]{{1,2}}(?:is|was|value|for|here|as|using|used|of|the|this|below|following|\w{{1,12}})){{0,3}}[ \t]{{0,3}}[:=]?\W{{0,3}}(?:[\s\"'`,]|\\n?){{1,16}}(?P<API_KEY>[A-Za-z0-9_.~+/=-]{{20,500}})(?![\w(%^&$#@!])"
        ),
        ("pass", "pwd", "secret", "key", "token", "credential"), 0.85, accept=lambda value: is_issued_key(value) and not is_misshapen(value) and "/" not in value[:4] and not value.startswith(("http", "--")),
    ),
    Rule(
        "OPAQUE_ID", "random-token",
        re.compile(r"[A-Za-z0-9_+/~-](?<![A-Za-z0-9_+/@.-][A-Za-z0-9_+/~-])(?=[A-Za-z0-9_+/~-]{19})(?<=(?=[A-Za-z0-9_+/~-]{0,60}\d)[A-Za-z0-9_+/~-])[A-Za-z0-9_+/~-]{19,3999}={0,2}(?![\w@/])"),
        (), 0.56, soft=True, accept=lambda value: value[0] != "/" and _LONG_PART.search(value) is not None and looks_random(value),
    ),
)  # fmt: skip
