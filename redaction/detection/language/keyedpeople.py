# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds who stands under a person's key, after a person's verb or before one: the key decides."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from redaction.detection import Finding
from redaction.detection.language.namevalues import (
    AFTER,
    COMMA,
    PART,
    WORD,
    Trust,
    Value,
    begins_no_name,
    counts,
    is_named,
    login_of_name,
    values_at,
)
from redaction.detection.language.things import is_label
from redaction.detection.language.words import LETTER, is_common, is_known
from redaction.detection.patterns.ordinary import words_of
from redaction.detection.patterns.searching import Searches

_SURE = (
    r"user(?:[ _-]?(?:name|id))?|usr|uid|owner|author|assignee|assigned[ _]to|agent|operator|engineer|caller|requester|requestor|reporter|approver|reviewer|submitter|creator"
    r"|employee|patient|sender|recipient|culprits?|notify|maintainers?|cn|sn|gn|given ?name|surname|last[ _-]?name|first[ _-]?name|full[ _-]?name|display[ _-]?name|real[ _-]?name|nick(?:name)?|payee"
    r"|beneficiary|actor|sudo|ruser|logname|acct|sasl_username|samaccountname|accountname|account[ ]name|login|logon|principal|resolver|watchers?|participants?|attendees?|organi[sz]er|host|on[ -]?call|clerk|nurse|doctor|physician|technician|dispatcher|cashier"
    r"|passenger|visitor|subscriber|student|tenant[ _]admin|signer|signatory|tagger|commander|responder|acknowledger|sponsor|mentor|trainer|deputy|substitute|(?:requested|reserved|booked|opened|created)[ _]for|(?:escalation|emergency|primary|backup)[ _]contact|contact[ _]name|customer[ _]name|client[ _]name|user[ _]full[ _]name|rep|supervisor|delegate|editor|committer|maintainer|initiator|invitee|inviter|invited|member|reply-to|orig_from"
)
_NOUNS = (
    r"user|owner|author|assignee|agent|operator|engineer|contact|customer|client|caller|requester|requestor|reporter|approver|reviewer|submitter|creator|employee|patient|manager|member|person|recipient|sender|student|admin|analyst"
    r"|principal|actor|initiator|holder|payee|beneficiary|guest|driver|visitor|passenger|subscriber|physician|doctor|nurse|technician|supervisor|delegate|resident|tenant|applicant|candidate|colleague|teacher|cashier|courier|attendee|participant|login|account|profile|identity"
    r"|role|schema|mailbox|rep|maintainer|culprit|signer|tagger|commander|lead|signatory|welcome|hello|paging|paged|notify|notified|notifying|impersonating|impersonate|granted|denied|accept|sudo|on[ -]?call|cc|attn"
)
_KEYS = r"name|who|from|to|cc|as|subject|contact|customer|client|manager|person|profile|session|identity|account|with|for|of|guest|driver|holder|member|role|signed|user[ ]agent[ ]of"
_MARK = r"(?:\\{0,2}[\"'])?[\])]?[ \t]{0,2}(?:=>|->|[:=|(\[<\"'`])[ \t]{0,8}(?:\\{0,2}[\"'(\[<`]){0,3}(?:(?:oidc|ldap|saml|sso|keycloak|okta|github|gitlab|azure|aad|idp|local|user|mailto):)?"
# The directory that vouches for a login may stand before it: `oidc:jroe`.
_QUOTE = r"(?:\\{0,2}[\"'`(\[<]){0,2}(?:(?:oidc|ldap|saml|sso|keycloak|okta|github|gitlab|azure|aad|idp|local|user|mailto):)?"
_CONTEXTS: Final = tuple(
    (trust, re.compile(rf"(?i:(?<![a-z0-9.@/])(?:{pattern}))(?={LETTER})"))
    for trust, pattern in (
        (Trust.SURE, rf"(?:{_SURE})s?(?:[ _-]?(?:name|login|id))?{_MARK}"),
        (
            Trust.TOLD,
            rf"(?:who|from|to|cc|as|u|contact|customer|client|manager|person|guest|driver|holder|member|subject|identity|signed|attn|kontakt(?:person)?|ansprechpartner(?:in)?|contact(?:o|persoon)|contatto|(?:[a-z]{{2,12}}[_-]?)?session[_-]?name){_MARK}",
        ),
        (
            Trust.SURE,
            rf"(?:[a-z_]{{2,20}}\.){{1,3}}(?:{_SURE})(?:[._-]?(?:full[_-]?|display[_-]?)?(?:name|login|id))?(?:=|:[ ]|\":[ ]?)[\"']?",
        ),
        (
            Trust.SURE,
            rf"(?:{_SURE})\.(?:full[_-]?|display[_-]?)?(?:name|login|id)(?:=|:[ ]|\":[ ]?)[\"']?",
        ),
        (
            Trust.SURE,
            r"(?:first|given)(?:=|\"?:[ ]?)[\"']?(?=[^=:\n]{2,24}\b(?:last|family)\"?[=:])",
        ),
        (
            Trust.SURE,
            rf"(?:first|given)(?:=|\"?:[ ]?)[\"']?{LETTER}{{2,24}}[\"']?[,;][ ]?\"?(?:last|family)(?:=|\"?:[ ]?)[\"']?",
        ),
        (Trust.SURE, rf"(?:[a-z]{{2,14}}[ _-]?)?by{_MARK}"),
        (
            Trust.TOLD,
            r"(?:(?:log|sign)[ ]?in[ ](?:with|as|using)|(?:login|user|username|user[ ]?id)[ ]is)[ ](?=[\w.-]{3,30}(?:[ ]/[ ]|,?[ ](?:and|with)[ ](?:the[ ]|her[ ]|his[ ]|my[ ]|our[ ])?(?:pin|pass|pw)))|c/o[ ]|(?:kicked|banned|muted|paged|pinged|impersonated|invited|onboarded|offboarded)[ ](?=[a-z]{2,20}\.[a-z]{3,20}\b)|(?:get|post|put)[ ]/[^\s?]{0,80}[ ?](?:name|q|query|search)=(?-i:(?=[A-Z][a-z]))|ssid[ ]?[=:][ ]?\"?(?:wlan|wi-?fi|home|net)[-_ ]",
        ),
        (
            Trust.TOLD,
            r"(?:lead|commander|manager|owner|contact|analyst|approver|assignee|deputy|host|expert|winner|responsible|on[ -]?call)[ ](?:is|was|will[ ]be|now|remains)[ ](?:now[ ]|still[ ])?",
        ),
        (
            Trust.TOLD,
            r"(?:hand[ -]?off|hand[ -]?over|shift|duty|pager|rotation|on[ -]?call)[ ](?:passed[ ]|goes[ ]|moved[ ]|given[ ])?(?:from|to|with|now|:)[ ]",
        ),
        (
            Trust.TOLD,
            r"[!/](?:ack|page|assign|reassign|invite|kick|ban|mute|oncall|escalate|notify|whois|take|resolve|call|add|remove)[ ]@?",
        ),
        (
            Trust.SURE,
            rf"(?:for|of|by|as|from|invalid|authenticating|unknown|to|new|loaded|found)[ ]user[ ]{_QUOTE}",
        ),
        (
            Trust.SURE,
            r"(?:github|gitlab|skype|telegram|discord|twitter|mastodon|instagram)[ ]?:[ ]@?(?=[a-z]{3,20}\d{1,4}\b)",
        ),
        (
            Trust.SURE,
            r"(?:users?|principal|account|login|employee|patient|passenger|role|name)[ ]\\{0,2}[\"'`(\[<]",
        ),
        (
            Trust.SURE,
            rf"(?:logged[ ](?:in|on|out)[ ]as|logon[ ]denied[ ]for|run[ ]as|became|su:|sudo:)[ ]{_QUOTE}",
        ),
        (Trust.TOLD, rf"(?:{_NOUNS})[ ]{_QUOTE}"),
        (
            Trust.TOLD,
            rf"(?:[a-z]{{3,14}}(?:ed|wn|en|de|ld|ent|ut)|login|logout|change|comment|request|owner)[ ](?:off[ ]|over[ ]|out[ ]|again[ ])?by:?[ ]{_QUOTE}",
        ),
        (
            Trust.TOLD,
            r"(?:(?:re)?assign(?:ed|ing)?|escalated|escalating|issued|granted|granting|handed|routed|delegated|allocated|addressed|sent|access|readonly|readwrite|select|approval|waiting)[ ](?:[a-z]{3,12}[ ](?:#?\d{1,9}[ ])?)?(?:to|for|from):?[ ]"
            + _QUOTE,
        ),
        (
            Trust.TOLD,
            rf"(?:on[ ]behalf[ ]of|belongs[ ]to|belonging[ ]to|held[ ]by|last[ ](?:edited|modified|updated|changed)(?:[ ]by)?:?|signed[ ]by|reassigned[ ]from|granted:|denied:?)[ ]{_QUOTE}",
        ),
        (
            Trust.TOLD,
            rf"by[ ]{_QUOTE}|/(?:invite|msg|kick|ban|assign|whois|dm)[ ]@?|(?:dm|pm|ping|invite|privmsg|nick)[ ]",
        ),
        (Trust.HINTED, rf"(?:{_KEYS}){_MARK}"),
        (
            Trust.HINTED,
            rf"(?:=>|->|0{{7,40}}|[0-9a-f]{{7,40}}|blame:)[ ]|(?:for|from|to|of|with|in|as|via|per|subject|card|branch|out|clone|fork|head|not[ ]find|handover|grant|mention|benutzer|utilisateur|usuario|utente|gebruiker)[ ]{_QUOTE}|(?<!\w)[|\[('\"]",
        ),
    )
)
# What stands in a column of `ls`, `who`, `ps`, of a list of accounts or jobs; in brackets of its
# own, before a command, in a home of its own, behind a domain.
_PLACES: Final = (
    (Trust.SURE, re.compile(r"(?<![\w-])[-bcdlps](?:[r-][w-][xsStT-]){3}[.+@]?[ ]+\d{1,6}[ ]+")),
    (
        Trust.SURE,
        re.compile(
            rf"(?m:^)(?={LETTER}[\w.-]{{1,31}}[ ]+(?:(?:pts/|tty|console|:\d)|\d{{1,7}}[ ]+\d{{1,3}}\.\d[ ]))"
        ),
    ),
    (Trust.SURE, re.compile(rf"(?m:^)(?={LETTER}[\w.-]{{1,31}}:[x*!]?:\d{{1,7}}:\d{{1,7}}:)")),
    (Trust.SURE, re.compile(r"\b[\w.-]{2,32}:[x*!]?:\d{1,7}:\d{1,7}:")),
    (
        Trust.SURE,
        re.compile(
            rf"(?m:^)(?={LETTER}[\w.-]{{1,31}}:(?:0{{8,200}}|\$[^:\s]{{4,200}}):\d{{3,6}}:\d{{1,5}}:\d{{1,5}}:)"
        ),
    ),
    (
        Trust.SURE,
        re.compile(rf"(?<=\d:\d\d - )(?={LETTER}[^:\n]{{1,40}}[ ](?:added|removed|left|joined)\b)"),
    ),
    (
        Trust.SURE,
        re.compile(
            r"(?<!\S)(?:[\d*,/-]{1,20}[ \t]+){4}[\d*,/-]{1,20}[ \t]+(?=[a-z][\w.-]{1,31}[ \t]+[/\w])"
        ),
    ),
    (
        Trust.TOLD,
        re.compile(
            r"\b(?i:add|added|adding|remove|removed|removing|promoted?|demoted?|invited?|moved?)[ ][\"'](?=[^\"'\n]{2,40}[\"'][ ](?:to|from|as|into)\b)"
        ),
    ),
    (
        Trust.HINTED,
        re.compile(
            r"\b(?:add|added|adding|remove|removed|removing|promoted?|demoted?|invited?)[ ](?=[^\"'\n]{2,40}[ ](?:to|from|as|into)\b)"
        ),
    ),
    (Trust.SURE, re.compile(rf"(?:(?<=[\d\])] )|^)<(?={LETTER}[\w.-]{{1,40}}> )")),
    (
        Trust.SURE,
        re.compile(
            rf"\b(?:orig_)?(?:to|from)=<(?={LETTER}[\w.-]{{1,40}}>)|\bctladdr=<?(?={LETTER})"
        ),
    ),
    (Trust.SURE, re.compile(rf"(?:\b[a-z]?[ug]id=\d{{1,9}}\(|\(to \w{{2,30}}\) )(?={LETTER})")),
    (
        Trust.SURE,
        re.compile(
            rf"\((?={LETTER}[\w.+-]{{1,40}}\)[ ](?:CMD|CMDEND|CMDOUT|LIST|RELOAD|REPLACE|DELETE|MAIL|AUTH|BEGIN|END|EDIT)\b)"
        ),
    ),
    (
        Trust.SURE,
        re.compile(
            rf"(?i:(?:/home/|/users/|/people/|/profiles?/|/staff/|/owners/|/authors/|/agents/|/assignees/|/customers/|/contacts/|/kunden?/|/mitarbeiter/|/clientes?/|/clienti/|/klanten/|/employees/|/members/|/mail/|/spool/|/cron/|/crontabs/|/homes/|/~|[\\/](?:users|home|profiles?)\\{{1,2}}))(?={LETTER})"
        ),
    ),
    (
        Trust.SURE,
        re.compile(
            rf"(?<![\w\\:.%])[A-Z][A-Z0-9]{{1,14}}\\{{1,2}}(?={LETTER}[\w.-]{{2,40}}(?![\w\\(]))"
        ),
    ),
    (
        Trust.SURE,
        re.compile(
            rf"(?:imap|pop3|lda|lmtp|managesieve)(?:-login)?\((?={LETTER}[\w.+-]{{1,40}}[)@])"
        ),
    ),
    (
        Trust.TOLD,
        re.compile(
            rf"(?m:^(?:LG|VG|MfG|KR|BR),?[ \n]{{1,2}})(?={LETTER}{{3,20}}[ \t]*$)", re.MULTILINE
        ),
    ),
    (Trust.SURE, re.compile(rf"(?<= - )(?={LETTER}[\w.@-]{{1,40}} \[\d\d/)")),
    (Trust.TOLD, re.compile(rf"(?<![\w.+/-])@(?={LETTER})")),
    (
        Trust.HINTED,
        re.compile(
            rf"(?i:\b(?:(?:heads|origin|feature|bugfix|hotfix|fix|topic|wip|users?|personal|dev|u)/|(?:jupyter|notebook|sandbox|workspace|claim|home|profile|namespace|ns|laptop|desktop|pc|iphone|macbook|mbp|edit|view)-))(?={LETTER})"
        ),
    ),
)
_BEFORE_NAMES: Final = (*_CONTEXTS, *_PLACES)
_DOES = re.compile(
    r"[\"')\]>]{0,2}[ ](?:has[ ]|had[ ]|have[ ]|was[ ]|is[ ](?=typing|online|offline|away|on[ ]call))?"
    r"(?P<sure>logged[ ](?:in|out|on|off)|signed[ ](?:in|out|up|off)|authenticated|joined|is[ ]typing|typing|checked[ ]in|badged|impersonated|left[ ]the[ ](?:room|channel|chat|call))?"
    r"(?(sure)|(?:[a-z]{2,12}ed|left|sent|wrote|writes|ran|took|said|says|set|put|got|lost|broke|made|gave|sees|saw|wants|asks|needs|sets|acks|takes|joins|gives|owns|approves|confirms|may[ ](?:sign|approve|act|access)|is[ ](?:out|sick|back|responsible|assigned)|does[ ]not|did[ ]not|cannot))\b"
)
_BEFORE = re.compile(
    rf"(?<![\w.@/\\$#~=-])(?:{COMMA.pattern.removesuffix(AFTER)}|{LETTER}{{1,24}}(?:[._-]{LETTER}{{2,24}}){{0,2}}\d{{0,4}}(?:[ ](?:(?:{PART})[ ]){{0,2}}{WORD}\.?){{0,3}})$"
)
# What is a name as a whole: before a mail address, a speaker, in brackets, before a machine.
_WHOLE: Final = (
    (
        Trust.TOLD,
        re.compile(
            rf"(?:^|[:=,>][ ]?|(?<=[ ]))[\"']?(?={LETTER})(?P<name>[^:<>\"'\n\[\]=/@]{{2,40}})[\"']?[ ]<(?:mailto:)?0000"
        ),
    ),
    (
        Trust.TOLD,
        re.compile(
            rf"(?m:^)[*>\"'#]{{0,2}}(?={LETTER})(?P<name>[\w.,'\u2019-]{{3,30}}(?:[ ](?={LETTER})[\w.'\u2019-]{{1,30}}){{0,2}})[ ]{{0,3}}(?:[ ]|,|@|\||\u00b7|[\[(])[ ]{{0,2}}[\[(<]?(?:at[ ]|today[ ]at[ ])?(?:\d{{1,2}}:\d\d|20\d\d-|\d+[ ](?:min|hour|day|sec))"
        ),
    ),
    (
        Trust.HINTED,
        re.compile(
            rf"(?:^|(?<=[\s\"(]))[<*]?(?={LETTER})(?P<name>[\w.,'\u2019-]{{3,30}}(?:[ ](?={LETTER})[\w.'\u2019-]{{1,30}}){{0,2}})(?:[ ]\([^()\n]{{1,20}}\))?(?::[ ]|>[ ]|[ ](?:->|=>|\u2192)[ ])"
        ),
    ),
    (Trust.HINTED, re.compile(rf"(?<=\[)(?={LETTER})(?P<name>[^:<>\n\[\]=/@0-9]{{3,40}})\]")),
    (
        Trust.HINTED,
        re.compile(
            rf"(?<![\w.@/\\$#~=-])(?={LETTER})(?P<name>[^\W\d][\w.]{{2,40}}(?:,?[ ][^\W\d][\w.]{{2,40}})?)(?:@(?=[\w\[])|/(?=\d{{1,3}}\.\d{{1,3}}\.|0000))"
        ),
    ),
    (
        Trust.HINTED,
        re.compile(
            rf"(?<![\w.@/\\$#~-])(?={LETTER})(?P<name>[^\W\d][\w.]{{2,40}}?(?:[ _-][^\W\d]\w{{2,40}}?)?)(?:['\u2019]?s)?[ _-](?i:iphone|ipad|macbook|mbp|laptop|phone|pc|mac|device|watch|desktop|workstation|sandbox|dev|workspace|worker|playground|scratch|env|box|notebook|galaxy|pixel|surface|thinkpad)\b"
        ),
    ),
)
_LISTED = re.compile(rf"[\"']?(?:,[ ]?(?:and[ ])?|[ ]and[ ]|[ ]?[;&|/][ ]?)[\"']?(?={LETTER}{{3}})")


@cache
def _searches() -> Searches:
    """Return all expressions, searched for together: nearly none of them matches in a line."""
    return Searches([*(each for _, each in _BEFORE_NAMES), _DOES, *(each for _, each in _WHOLE)])


# A key of documents that names a thing as often as a person: only a name or a login counts.
_LOOSE: Final = words_of(
    "account agent client driver guest handler host identity member profile rep role sender session subject tenant user"
)
_BY_THING: Final = re.compile(
    r"(?:sort|order|group|partition|filter|power|manag|caus|block|limit|split|follow|index)(?:e?d)?_?by$"
)
_LONGEST_VALUE: Final = 80


def person_under(key: str, value: str) -> Iterator[Finding]:
    """Find the person or login that a value of a document is, by the key it stands under."""
    trust = _trust_of(key) if len(key) < 40 and len(value) <= _LONGEST_VALUE else None
    if trust is None or not value[:1].isalpha():
        return
    words = value.split()
    if trust is Trust.SURE and 1 < len(words) < 4 and all(map(_unheard, words)):
        yield Finding(0, len(value), "PERSON", "name:keyed", 0.75, True)
        return
    lone = trust is Trust.TOLD and not re.search(r"[ ._]", value)
    yield from _found(value, 0, len(value), Trust.HINTED if lone else trust)


def _unheard(word: str) -> bool:
    return re.fullmatch(rf"{LETTER}{{3,24}}", word) is not None and not is_common(word)


@lru_cache(4096)
def _trust_of(key: str) -> Trust | None:
    """Tell how much a key says of its value: `initiatedBy`, `report_owner`, not `name`."""
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", key).lower()
    if plain in _LOOSE:
        return Trust.HINTED
    if _BY_THING.search(plain):
        return None
    text = f" {plain}="
    trusts = (
        trust
        for trust, context in _CONTEXTS
        if trust is not Trust.HINTED
        and any(match.end() == len(text) for match in context.finditer(f"{text}x"))
    )
    return max(trusts, default=None)


def prepare_keyed(texts: Sequence[str]) -> None:
    """Make ready for these texts: what stands in many short ones is searched for in one pass."""
    _searches().prepare(texts)


def find_keyed_people(text: str) -> Iterator[Finding]:
    """Find people and logins that the words around them give away."""
    does = len(_BEFORE_NAMES)
    for number, matches in _searches().found(text):
        if number < does:
            trust = _BEFORE_NAMES[number][0]
            for match in matches:
                yield from _found(text, match.end(), len(text), trust)
        elif number > does:
            trust = _WHOLE[number - does - 1][0]
            for match in matches:
                yield from _doing(text, *match.span("name"), trust)
        else:
            for match in matches:
                before = _BEFORE.search(text, max(0, match.start() - 60), match.start())
                if before is not None:
                    trust = Trust.TOLD if match["sure"] else Trust.HINTED
                    yield from _doing(text, *before.span(), trust)


def _doing(text: str, first: int, end: int, trust: Trust) -> Iterator[Finding]:
    """Find the longest name between `first` and `end` that ends there."""
    start = first
    for word in text[first:end].split(" "):
        found = () if begins_no_name(word) else list(_found(text, start, end, trust, whole=True))
        if found:
            yield from found
            return
        start += len(word) + 1


def _found(text: str, start: int, end: int, trust: Trust, whole: bool = False) -> Iterator[Finding]:
    """Find the first reading of what stands at `start` that counts; `whole`: nothing is left."""
    for value in values_at(text, start, end):
        if whole and value.end != end:
            continue
        hinted = trust is Trust.HINTED
        if hinted and (_is_key(text, value) or (not whole and _heads(text, value))):
            continue
        heard = is_known(value.words[0]) or is_named(value.words[0])
        if whole and not heard and is_label(text[value.start : value.end], text, value.end):
            return
        if counts(value, trust):
            kind = "USER" if value.login else "PERSON"
            first, *others = value.words
            firm = bool(others) or (trust is Trust.SURE and not is_named(first))
            yield Finding(value.start, value.end, kind, "name:keyed", 0.75, firm)
            more = None if whole else _LISTED.match(text, value.end, end)
            if more is not None:
                yield from _found(text, more.end(), end, Trust.HINTED)
            return


def _is_key(text: str, value: Value) -> bool:
    """Tell the key of a setting: one word in lower case before a colon."""
    word = text[value.start : value.end]
    setting = word.isalpha() and word.islower() and text.startswith(": ", value.end)
    return setting and not login_of_name(word)


def _heads(text: str, value: Value) -> bool:
    """Tell whether a run is a label (`From Block Manager:`) and no name."""
    after = text[value.end : value.end + 3]
    if any(is_known(word) or is_named(word) for word in value.words):
        return False
    return re.match(r":[ :]|[=(]|[ ][A-Z][a-z]", after) is not None
