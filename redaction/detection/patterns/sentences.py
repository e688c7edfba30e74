# ruff: noqa: E501, RUF001 - a pattern is easier to check on one line, and as people write it
"""The shapes of passwords, pins and keys that people tell each other in a sentence, in many languages."""

import re
from typing import Final

from redaction.detection.patterns.ordinary import is_empty, words_of
from redaction.detection.patterns.randomness import is_issued_key
from redaction.detection.patterns.rules import Rule
from redaction.detection.patterns.states import says_nothing
from redaction.detection.patterns.vendors import is_misshapen

_IDENTIFIER: Final = re.compile(
    r"[a-z_]+\d{0,2}|[\w.]*\(.*|\d+(?:\.\d+)+|\d+(?:st|nd|rd|th|[smhd]|ms)"
)
_SMALL: Final = words_of(
    "the and are was were been has have had not for from with your you our their his her its all any"
    " this that these those must can could should would will may please when then than but only also"
    " der die das ist und nicht wird les des est pas une los las una non del che niet het een"
)
# A state rather than a password: `das Passwort ist abgelaufen`, `the password is encrypted`.
_STATE: Final = re.compile(
    r"(?i).*(?:ed|ing|able|ible|ful|less|ly|ory|ous|ive|ent|ant|ary|ment|tion|é|ée|és|ado|ada|ido|ida|ato|ata|uto|uta|rto|rta|zt|cht|llt|ben|den|fen|gen|len|men|nen|ren|sen|ten|zen|lich|bar|los|ig|eerd|est)"
)
_VALUE: Final = r"[^\s\"'`<>,;]{1,500}"
_SPOKEN: Final = r"password|passwd|passwort|kennwort|pwd|passphrase|passcode|pass|pw|pin|login"
_ABROAD: Final = (
    r"mots? de passe|mdp|contrase[ñn]as?|clave|palavra-passe|senha|parola d'ordine|passord(?:et)?|adgangskode(?:n)?|kodeord(?:et)?|l[öo]senord(?:et)?|wachtwoord|salasana|has[łl]o|heslo|jelsz[óo]|parol[aeăã]?"
    r"|[şs]ifre(?:si|niz|m)?|lozinka|kata sandi|mật khẩu|κωδικός(?: πρόσβασης)?|парол[ьяіи]|سر كلمة|كلمة (?:ال)?(?:مرور|سر)|סיסמ[הא]|पासवर्ड|รหัสผ่าน|密码|密碼|口令|パスワード|暗証番号|비밀번호|비번|패스워드|암호"
)
# What may stand between the word and the value: `Password (new): x`, `new pw -> x`.
_NOTE: Final = r"(?:[ ]?[(\[（][^()\[\]（）\n]{1,30}[)\]）])?"
_SIGN: Final = r"(?:[:=：＝]|-{1,2}>|=>|→|[ ][-–—][ ])"
_VERB: Final = r"(?:is|was|now|to|ist|lautet|war|are|est|es|era|é|è|er|är|on|je|jest|este|til|till|sur|en|op|auf|na)"
_VERB_EAST: Final = r"(?:は|が|는|은|이|为|是|為)"
_OPEN: Final = r"(?:<[a-z]{1,6}>)?[\"'`“„«「『]?"


def is_password(value: str) -> bool:
    """Tell a value in the place of a password from a mask or a reference."""
    # What nobody sees before a placeholder does not make it a value.
    bare = _UNSEEN.sub("", value.strip("\"'`"))
    return (
        bool(bare)
        and (bare.lower() in _PLAIN or not is_empty(bare))
        and _POINTER.match(bare) is None
    )


_UNSEEN = re.compile(r"^[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_PLAIN = frozenset({"secret", "password", "default", "required", "unknown", "changed"})
# What a terminal is told is none either: `--password=` and a colour.
_POINTER = re.compile(r"[\x1b\x9b]|[%$][\w{(]|[#{]\{|<|\\?\$|-{1,2}[A-Za-z]|os\.|process\.|env\b")


def told(value: str) -> bool:
    """Tell a value that somebody typed from a word, a path, a figure or a name of code."""
    bare = value.rstrip(".,;:)")
    return (
        len(bare) >= 5 and bare[0] not in "/<$%{(\\" and not bare.isdigit() and not says_nothing(bare)
        and any(not c.isalpha() and c not in "'-_./()" for c in bare) and any(c.isalpha() for c in bare)
        and _IDENTIFIER.fullmatch(bare) is None
    )  # fmt: skip


def is_passphrase(value: str) -> bool:
    """Tell words that were drawn to be a password from a sentence."""
    words = re.split("[ -]", value)
    fits = 4 <= len(words) <= 8 and all(
        3 <= len(word) <= 10 and word.isalpha() and word.islower() and word not in _SMALL
        for word in words
    )
    return fits and sum(not _is_word(word) for word in words) <= 1


def _is_word(value: str) -> bool:
    """Tell a word that stands where a password does from what may be said of one."""
    lowered = value.lower()
    return not (says_nothing(value) or lowered in _SMALL or _STATE.fullmatch(lowered))


def _beside(value: str) -> bool:
    """Tell a password that stands right behind the word for it: no letters and dots alone."""
    bare = value.rstrip(".,;:)!?")
    signs = any(c.isdigit() or c in "!#$%&*+?@^~" for c in bare)
    return len(bare) >= 6 and signs and told(bare) and "://" not in bare


def _with(value: str) -> bool:
    """Tell a password that somebody logs in with: letters and digits, and no call or version."""
    bare = value.rstrip(".,;:)!?")
    mixed = any(c.isdigit() for c in bare) and sum(c.isalpha() for c in bare) >= 3
    return len(bare) >= 6 and mixed and not says_nothing(bare) and not set(bare) & set("(/$%{<")


def _issued(value: str) -> bool:
    return is_issued_key(value) and not is_misshapen(value)


def _abroad(value: str) -> bool:
    bare = value.rstrip(".,;:)。、!")
    if len(bare) < 4 or says_nothing(bare):
        return False
    # Scripts without spaces go on after the value, and say of it what holds no letter of ASCII.
    return any(c.isdigit() for c in bare) or (
        bare.isascii()
        and any(not c.isalpha() for c in bare)
        and _IDENTIFIER.fullmatch(bare) is None
    )


SENTENCES: Final[tuple[Rule, ...]] = (
    *(
        Rule(
            kind, name,
            re.compile(
                rf"(?i)\b(?:{words})\b{_NOTE}(?:[ \t]{{1,2}}[\w@.'\u2019-]{{1,30}}){{0,4}}?[ \t]{{0,2}}(?:\b(?:is|was|to|auf|ist|lautet|war|now|are|es|est|é|è|er|är)\b|=|:|-{{1,2}}>|→)"
                rf"[ \t]{{1,2}}(?:now |changed to |set to |still )?{_OPEN}(?P<{kind}>{_VALUE})"
            ),
            tuple(hints.split()), 0.8, accept=accept,
        )
        for kind, name, words, hints, accept in (
            ("PASSWORD", "told-password", _SPOKEN, "pass pwd pin pw kennwort login", told),
            ("API_KEY", "told-key", "api[ -]?key|access key|secret|token|credentials?|license key", "key secret token credential", _issued),
            ("OPAQUE_ID", "told-key-like", "api[ -]?key|access key|secret|token|credentials?|license key", "key secret token credential", told),
        )
    ),
    Rule(
        "PASSWORD", "told-password-abroad",
        re.compile(
            rf"(?i)(?:{_ABROAD})[\w]{{0,3}}{_NOTE}(?:[ ][^\W\d_]{{1,20}}){{0,3}}?[ \t]{{0,3}}(?:(?:{_SIGN}|{_VERB_EAST}|{_VERB}\b)[ \t]{{0,3}}){{1,2}}{_OPEN}(?P<PASSWORD>(?:[!-~]{{3,199}}[!-(*+/-9<-~-]|[^\s\"'`<>,;:：。、「」]{{1,200}}))"
        ),
        (), 0.8, accept=_abroad,
    ),
    Rule(
        "PASSWORD", "told-word",
        re.compile(
            rf"(?i)(?:\b(?:password|passwort|kennwort|passphrase|passwd|pwd)|(?:{_ABROAD}))\b{_NOTE}[ \t]{{0,2}}(?:{_SIGN}[ \t]{{0,3}}|[ ](?:ist|lautet|est|es|é|è|er|är|is)[ ]|は)"
            r"[\"'`“„«「『]?(?P<PASSWORD>[^\W\d_]{4,30})(?=[\"'`”“»」』]?[.!。]?[ \t]{0,8}(?:$|\n|\r|,[ ]|です))"
        ),
        (), 0.75, accept=_is_word,
    ),
    Rule(
        "PASSWORD", "told-passphrase",
        re.compile(
            rf"(?i)\b(?:{_SPOKEN}|mot de passe|wachtwoord|senha)\b{_NOTE}[ \t]{{0,2}}(?:{_SIGN}|[ ](?:is|ist|lautet|est))[ \t]{{1,3}}{_OPEN}(?-i:(?P<PASSWORD>[a-z]{{3,10}}(?:[ -][a-z]{{3,10}}){{3,7}}))(?=[\"'`”»]?[.!]?[ \t]{{0,8}}(?:$|\n|\r|,[ ]))"
        ),
        ("pass", "pwd", "pin", "pw", "kennwort", "login", "wachtwoord", "senha"), 0.8, accept=is_passphrase,
    ),
    Rule(
        "PASSWORD", "told-pin",
        re.compile(
            rf"(?i)(?:\b(?:pin(?:[ -]?(?:code|number|nummer))?|code pin|c[óo]digo pin|geheimzahl|passcode|one[- ]time[ ](?:code|password)|verification code|security code|otp|2fa code|mfa code)\b|暗証番号)"
            rf"{_NOTE}[ \t]{{0,2}}(?:(?:{_SIGN}|{_VERB_EAST}|[ ]?(?:is|was|ist|lautet|est|es|é|è|er|är)[ ])[ \t]{{0,3}}){_OPEN}(?P<PASSWORD>\d{{4,8}})(?![\w:/-]|[.,]\d)"
        ),
        ("pin", "geheimzahl", "code", "otp", "password", "暗証番号"), 0.8,
    ),
    Rule(
        "PASSWORD", "told-password-quoted",
        re.compile(
            r"(?i)\b(?:password|passwort|passphrase|passcode|pass ?word)\b(?:[ \t]{1,2}(?:for|of|the|user|account|default|admin|root|['\"](?P<USER>[\w.@-]{2,64})['\"]|[\w.-]{1,20})){0,5}?"
            r"[ \t]{1,2}(?:is|was|to|ist|be)[ \t]{1,2}(?:set to |now )?[\"'`\u201c](?P<PASSWORD>[^\s\"'`\u201d]{3,100})[\"'`\u201d]"
        ),
        ("pass",), 0.85, accept=is_password,
    ),
    Rule(
        "PASSWORD", "password-beside",
        re.compile(r"(?i)\b(?:password|passwort|kennwort|passwd|pwd|passphrase|passcode|pw|mot de passe|contraseña|wachtwoord|lösenord|passord|senha|heslo|hasło|salasana|adgangskode)[ \t]{1,2}" + _OPEN + "(?P<PASSWORD>" + _VALUE + ")"),
        ("pass", "pwd", "pw", "kennwort", "contrase", "wachtwoord", "senord", "senha", "heslo", "has", "salasana", "kode"), 0.8, accept=_beside,
    ),
    # `user jroe, pw autumn22`: behind this abbreviation a word and a number are a password too.
    Rule("PASSWORD", "pw-beside", re.compile(r"(?i)(?<![\w-])pw[ ](?P<PASSWORD>[a-z]{4,20}\d{1,4})(?=[\s,.;)]|$)"), ("pw",), 0.8),
    Rule(
        "OPAQUE_ID", "token-beside",
        re.compile(r"(?i)\b(?:with|using|mit|avec|con|med|use)[ ](?:the |a |dem |le |el )?(?:[a-z]{2,10}[ -])?(?:token|secret|api[ -]?key|credentials?)[ ]" + _OPEN + "(?P<OPAQUE_ID>" + _VALUE + ")"),
        ("token", "secret", "key", "credential"), 0.8, accept=_beside,
    ),
    Rule(
        "PASSWORD", "with-password",
        re.compile(r"(?i)\b(?:with|using|mit|avec|con|med)[ ](?:the |dem |le |el )?(?:password|passwort|kennwort|passwd|pwd|pw)[ ]" + _OPEN + "(?P<PASSWORD>" + _VALUE + ")"),
        ("pass", "kennwort", "pwd", "pw"), 0.8, accept=_with,
    ),
    Rule(
        "PASSWORD", "pin-beside",
        re.compile(r"(?i)\b(?:the|her|his|my|your|our|their|and|with|die|der|meine|ihre|seine|mit|und)[ ]pin[ ]" + _OPEN + r"(?P<PASSWORD>\d{4,8})(?![\w:/-]|[.,]\d)"),
        ("pin",), 0.8,
    ),
    Rule(
        "LICENCE_KEY", "told-licence",
        re.compile(
            rf"(?i)\b(?:licen[cs]e|product|activation|registration|unlock|cd)[ -]?(?:key|code){_NOTE}[ \t]{{0,2}}(?:{_SIGN}|[ ](?:is|was|to|now)[ ]|[ ])[ \t]{{0,3}}{_OPEN}(?-i:(?P<LICENCE_KEY>[A-Z0-9]{{3,8}}(?:-[A-Z0-9]{{3,8}}){{2,8}}))(?![\w-])"
        ),
        ("key", "code"), 0.9, accept=lambda value: any(c.isdigit() for c in value) and len(set(value)) >= 5,
    ),
    Rule(
        "PASSWORD", "login-offered",
        re.compile(r"(?i)\b(?:use|using|with|try|as)[ ][\"'`]?[\w.@\\-]{2,64}[\"'`]?[ ]?[/|][ ]?[\"'`]?(?P<PASSWORD>[^\s\"'`<>,;/]{4,100})[\"'`]?[ ](?:to|for)[ ](?:log|sign|access|auth)"),
        ("log", "sign", "access", "auth"), 0.8, accept=told,
    ),
    Rule(
        "PASSWORD", "login-told",
        re.compile(
            r"(?i)\b(?:log[ -]?[io]n|logged[ ]in|sign[ -]?in|credentials?|creds|access|zugang(?:sdaten)?|identifiants?|acc[èe]s|accesso|acceso|acesso|credenziali|credenciales|credenciais|inloggegevens|user(?:name)?|benutzer)"
            rf"{_NOTE}[ ]?(?:[:=]|is|are|with|using|as)[ ]?[\"'`]?[\w.@\\-]{{2,64}}[\"'`]?(?:[ ]?[/|][ ]?)[\"'`]?(?P<PASSWORD>[^\s\"'`<>,;/]{{4,100}})(?![/\w])"
        ),
        ("log", "sign", "cred", "acces", "zugang", "identifiant", "aces", "inlog", "user", "benutzer"), 0.8, accept=told,
    ),
)  # fmt: skip
