# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds who stands under a person's key, after a person's verb or before one: the key decides."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.detection import Finding
from redaction.detection.language.namevalues import (
    AFTER,
    COMMA,
    PART,
    WORD,
    Trust,
    Value,
    counts,
    is_named,
    values_at,
)
from redaction.detection.language.words import LETTER, is_known

_SURE = (
    r"user(?:[ _-]?(?:name|id))?|usr|uid|owner|author|assignee|assigned[ _]to|agent|operator|engineer|caller|requester|requestor|reporter|approver|reviewer|submitter|creator"
    r"|employee|patient|sender|recipient|cn|sn|gn|given ?name|surname|last[ _-]?name|first[ _-]?name|full[ _-]?name|display[ _-]?name|real[ _-]?name|nick(?:name)?|payee"
    r"|beneficiary|actor|sudo|ruser|logname|acct|sasl_username|samaccountname|accountname|account[ ]name|login|logon|principal|resolver|watchers?|participants?|attendees?|organi[sz]er|host|on[ -]?call|clerk|nurse|doctor|physician|technician|dispatcher|cashier"
    r"|passenger|visitor|subscriber|student|tenant[ _]admin|signer|signatory|contact[ _]name|customer[ _]name|client[ _]name|user[ _]full[ _]name|rep|supervisor|delegate|editor|committer|maintainer|initiator|invitee|inviter|invited|member|reply-to|orig_from"
)
_NOUNS = (
    r"user|owner|author|assignee|agent|operator|engineer|contact|customer|client|caller|requester|requestor|reporter|approver|reviewer|submitter|creator|employee|patient|manager|member|person|recipient|sender|student|admin|analyst"
    r"|principal|actor|initiator|holder|payee|beneficiary|guest|driver|visitor|passenger|subscriber|physician|doctor|nurse|technician|supervisor|delegate|resident|tenant|applicant|candidate|colleague|teacher|cashier|courier|attendee|participant|login|account|profile|identity"
    r"|role|schema|mailbox|rep|welcome|hello|bye|paging|paged|notify|notified|notifying|impersonating|impersonate|granted|denied|accept|sudo|on[ -]?call|cc|attn"
)
_KEYS = r"name|who|from|to|cc|as|subject|contact|customer|client|manager|person|profile|session|identity|account|with|for|of|guest|driver|holder|member|role|signed|user[ ]agent[ ]of"
_MARK = (
    r"(?:\\{0,2}[\"'])?[\])]?[ \t]{0,2}(?:=>|->|[:=|(\[<\"'`])[ \t]{0,8}(?:\\{0,2}[\"'(\[<`]){0,3}"
)
_QUOTE = r"(?:\\{0,2}[\"'`(\[<]){0,2}"
_CONTEXTS: Final = tuple(
    (trust, re.compile(rf"(?i:(?<![a-z0-9.@/]){pattern})(?={LETTER})"))
    for trust, pattern in (
        (Trust.SURE, rf"(?:{_SURE})s?(?:[ _-]?(?:name|login|id))?{_MARK}"),
        (
            Trust.TOLD,
            rf"(?:who|from|to|cc|as|u|contact|customer|client|manager|person|guest|driver|holder|member|subject|identity|signed){_MARK}",
        ),
        (Trust.SURE, rf"(?:[a-z]{{2,14}}[ _-]?)?by{_MARK}"),
        (
            Trust.SURE,
            rf"(?:for|of|by|as|from|invalid|authenticating|unknown|to|new|loaded|found)[ ]user[ ]{_QUOTE}",
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
            rf"(?:=>[ ]|->[ ]|\b0{{7,40}}[ ]|\b[0-9a-f]{{7,40}}[ ])|(?:for|from|to|of|with|in|as|via|branch|out|clone|fork|head|not[ ]find|handover|grant|mention)[ ]{_QUOTE}|(?<!\w)[|\[('\"]|blame:[ ]|(?:heads|origin|feature|bugfix|hotfix|fix|topic|wip|users?|personal|dev|u)/|(?:jupyter|notebook|sandbox|workspace|ns|laptop|desktop|pc|iphone|macbook|mbp|edit|view)-",
        ),
    )
)
# What stands in brackets of its own, before a command, in a home of its own, behind a domain.
_PLACES: Final = (
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
            rf"(?i:(?:/home/|/users/|/people/|/profiles?/|/staff/|/employees/|/members/|/mail/|/spool/|/cron/|/crontabs/|/homes/|/~|[\\/](?:users|home|profiles?)\\{{1,2}}))(?={LETTER})"
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
    (Trust.SURE, re.compile(rf"(?<= - )(?={LETTER}[\w.@-]{{1,40}} \[\d\d/)")),
    (Trust.TOLD, re.compile(rf"(?<![\w.+/-])@(?={LETTER})")),
)
_DOES = re.compile(
    r"[\"')\]>]{0,2}[ ](?:has[ ]|had[ ]|have[ ]|was[ ]|is[ ](?=typing|online|offline|away|on[ ]call))?"
    r"(?P<sure>logged[ ](?:in|out|on|off)|signed[ ](?:in|out|up|off)|authenticated|joined|is[ ]typing|typing|checked[ ]in|badged|impersonated|left[ ]the[ ](?:room|channel|chat|call))?"
    r"(?(sure)|(?:[a-z]{2,12}ed|left|sent|wrote|writes|ran|took|said|says|set|put|got|lost|broke|made|gave|sees|saw|wants|asks|needs))\b"
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
            rf"(?<![\w.@/\\$#~-])(?={LETTER})(?P<name>[^\W\d][\w.]{{2,40}}?(?:[ _-][^\W\d]\w{{2,40}}?)?)(?:['\u2019]?s)?[ _-](?i:iphone|ipad|macbook|mbp|laptop|phone|pc|mac|device|watch|desktop|workstation|galaxy|pixel|surface|thinkpad)\b"
        ),
    ),
)
_LISTED = re.compile(rf"[\"']?(?:,[ ]?(?:and[ ])?|[ ]and[ ]|[ ]?[;&|/][ ]?)[\"']?(?={LETTER}{{3}})")


def find_keyed_people(text: str) -> Iterator[Finding]:
    """Find people and logins that the words around them give away."""
    for trust, context in (*_CONTEXTS, *_PLACES):
        for match in context.finditer(text):
            yield from _found(text, match.end(), len(text), trust)
    for match in _DOES.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 60), match.start())
        if before is not None:
            trust = Trust.TOLD if match["sure"] else Trust.HINTED
            yield from _doing(text, *before.span(), trust)
    for trust, pattern in _WHOLE:
        for match in pattern.finditer(text):
            yield from _doing(text, *match.span("name"), trust)


def _doing(text: str, first: int, end: int, trust: Trust) -> Iterator[Finding]:
    """Find the longest name between `first` and `end` that ends there."""
    for start in (first, *(match.end() for match in re.compile(" ").finditer(text, first, end))):
        found = list(_found(text, start, end, trust, whole=True))
        if found:
            yield from found
            return


def _found(text: str, start: int, end: int, trust: Trust, whole: bool = False) -> Iterator[Finding]:
    """Find the first reading of what stands at `start` that counts; `whole`: nothing is left."""
    for value in values_at(text, start, end):
        if whole and value.end != end:
            continue
        hinted = trust is Trust.HINTED
        if hinted and (_is_key(text, value) or (not whole and _heads(text, value))):
            continue
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
    return word.isalpha() and word.islower() and text.startswith(": ", value.end)


def _heads(text: str, value: Value) -> bool:
    """Tell whether a run is a label (`From Block Manager:`) and no name."""
    after = text[value.end : value.end + 3]
    if any(is_known(word) or is_named(word) for word in value.words):
        return False
    return re.match(r":[ :]|[=(]|[ ][A-Z][a-z]", after) is not None
