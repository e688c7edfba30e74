"""Knows how English puts a person at fault: who can be blamed, with which verbs and phrases."""

import re
from typing import Final


def _any(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


_ROLE: Final = _any(
    "engineers?", "developers?", "dev", "operators?", "admin(?:istrator)?s?", "analysts?",
    "manager", "technicians?", "contractors?", "consultants?", "employees?", "staff",
    "colleagues?", "vendor", "supplier", "provider", "on-call", "responders?", "reviewers?",
    "authors?", "maintainers?", "dba", "sre", "management", "leadership", "intern",
)  # fmt: skip
_GROUP: Final = (
    r"(?:(?:the|our|your|their|its|his|her|an?)\s+)?(?:[\w-]+\s+){0,2}?(?:teams?|crew|department)"
)
_CUSTOMER: Final = (
    r"(?:the|this|our|your)\s+(?:customer|client|reporter|tenant)(?!['\u2019]s\s+\w+\s+(?:rate|traffic))"
    r"(?:['\u2019]s\s+\w+)?"
)
_PRONOUN: Final = _any(
    "he", "she", "they", "you", "someone", "somebody", "nobody", r"no\s+one", "whoever",
    "engineering", "support", "operations", "ops", "qa", "devops",
)  # fmt: skip
_PLACEHOLDER: Final = (
    r"<(?:PERSON|USER|HANDLE|EMAIL|EMAIL_ADDRESS|ORGANIZATION)_\d+>(?:@(?:<DOMAIN_\d+>|[\w.-]+))?"
)
_PERSON: Final = (
    rf"(?:{_PLACEHOLDER}|\b(?:{_GROUP}|{_CUSTOMER}|(?:[\w-]+\s+)?{_ROLE}|{_PRONOUN})\b)"
    r"(?:\s+(?:who|that|on)(?:\s+\w+){1,4}?)?"
)
_SUBJECT: Final = rf"{_PERSON}(?:\s+(?:also|again|simply|clearly|obviously|repeatedly|then|just|apparently|had|has|have|who|really|even|probably))*\s+"  # noqa: E501
_DUTY: Final = _any(
    "follow", "test", "check", "review", r"verif\w+", r"validat\w+", r"updat\w+", r"renew\w*",
    r"rotat\w+", r"notif\w+", "tell", "inform", r"escalat\w+", "read", r"back\s+up", "monitor",
    r"communicat\w+", "report", "patch", "notice", "respond", "act", "document", "plan",
    "consider", r"anticipat\w+", "catch", "spot", "prevent", "raise", "mention", "warn", "ask",
    "apply", r"configur\w+", "secure", "do", "deliver", "take", "pay", "understand", "think",
    r"bother\w*", "coordinate", "maintain", "ensure", "set", "keep", "spend", "look", "own", "know",
)  # fmt: skip
_NOT: Final = r"(?:fail(?:ed|s)\s+to|(?:did|does|had)(?:\s+not|n['\u2019]t))"
_THING: Final = _any(
    r"rates?\b", r"messages?\b", r"logs?\b", r"codes?\b", r"counts?\b", r"pages?\b", r"reports?\b",
    r"budget\b", r"handling\b", r"responses?\b", r"such\b",
)  # fmt: skip
_FAULT: Final = (
    rf"(?:mistakes?|faults?|negligence|oversight|blunders?|lapses?|slips?|errors?\b(?!\s+{_THING}))"
)
_PARTICIPLE: Final = r"\w+(?:ed|en|ne|wn|ad|ught|pt|ld|nt)\b"

# Words that blame whoever the sentence is about.
_CHARACTER: Final = _any(
    r"negligen\w+", r"careless\w*", r"incompeten\w+", "sloppy", "sloppiness", r"reckless\w*",
    r"irresponsibl\w+", r"inattenti\w+", r"unprofessional\w*", "clueless", "amateur", "botched",
    "bungled", r"inexcusabl\w+", "lazy", "laziness", r"foolish\w*", r"stupid\w*", "shoddy",
    r"inexperienced?", "rookie", "self-inflicted", r"finger-?point\w*", r"poor\s+judge?ment",
)  # fmt: skip
_IDIOM: Final = _any(
    r"(?:messed|screwed)\s+(?:\w+\s+){0,2}?up", r"screw-up", r"dropp(?:ed|ing)\s+the\s+ball",
    r"(?:was|were|is|are|fell)\s+asleep", r"cut(?:s|ting)?\s+corners", r"jumped\s+the\s+gun",
    r"(?:them|it|him|her|your)sel(?:f|ves)\s+to\s+blame", r"got\s+it\s+wrong",
    r"blam(?:e|es|ed)\s+(?:the|lies|rests|falls|<)",
    r"(?:not|n['\u2019]t|never|hardly|had|have)\s+(?:\w+\s+)?pa(?:id|y|ying)\s+(?:\w+\s+)?attention",
    r"pa(?:id|y|ying)\s+(?:no|little|too\s+little)\s+attention",
    r"without\s+(?:even\s+)?(?:thinking|asking|bothering|telling\s+(?:us|anyone))",
    r"what\s+(?:they|he|she)\s+(?:was|were)\s+doing", r"not\s+up\s+to\s+the\s+job",
    r"unable\s+to\s+do\s+(?:the|their|his|her)\s+jobs?",
    r"(?:caused|brought)\s+(?:\w+\s+)?(?:them|him|her)sel(?:f|ves)",
    r"lack\s+of\s+(?:care|diligence|competence|attention|discipline|professionalism|skill)",
    r"should\s+(?:have\s+known|know)\s+better",
    r"let\s+(?:\w+\s+)?(?:everyone|us|customers)\s+down",
    r"(?:fault|responsibility|blame)\s+(?:\w+\s+){0,3}?(?:lies|rests|belongs|falls|sits)\s+with",
)  # fmt: skip
_VERB: Final = _any(
    r"forg[eo]t\w*", "neglect(?:s|ed)", "overlooked", "omitted", "ignored", "disregarded",
    "mishandled", "mismanaged", "misconfigured", "mistyped", "misread", "misjudged", "fumbled",
    "mistakenly", "wrongly", "incorrectly", "inadvertently", "accidentally", "erroneously",
    "unwisely", "blindly", "bypassed", "skipped", "rushed", r"sat\s+on", r"slept\s+(?:on|through)",
    r"could\s+not\s+be\s+bothered", "broke",
    r"never\s+(?:bothered|checked|tested|looked|read|asked|thought|verified|reviewed|told|raised)",
    r"(?:took|brought)\s+(?:down\s+)?(?:\w+\s+)?(?:production|service|site|system|platform)",
    r"made\s+(?:an?|the|another|this)\s+(?:\w+\s+)?(?:mistake|error|blunder)",
    r"(?:was|were|is|are)\s+(?:\w+\s+)?(?:at\s+fault|to\s+blame|guilty|responsible\s+for\s+"
    r"(?:the|this)\s+(?:\w+\s+)?(?:outage|incident|problem|failure|error|issue)|slow\s+to)",
    r"(?:was|were)\s+(?:too\s+)?(?:unprepared|distracted)",
    rf"{_NOT}\s+(?:\w+ly\s+)?{_DUTY}\b(?!\s+(?:any|an?)\s+(?:errors?|impact|issues?|changes?))",
    r"could\s+(?:\w+\s+)?have\s+(?:easily\s+)?(?:prevented|avoided|caught|checked|spotted|told|warned)",
    r"(?:should|ought\s+to|needed\s+to)(?:\s+(?:not|never|really|at\s+least))*\s+have\s+(?:not\s+)?"
    rf"(?!experienced|seen|observed|encountered|been|received|noticed\s+errors){_PARTICIPLE}",
)  # fmt: skip
_SENTENCE: Final = (
    rf"\b(?:human|operator|user|pilot|personnel|engineer|developer|admin)['\u2019]?s?\s+{_FAULT}\b",
    rf"\b{_CHARACTER}\b",
    rf"\b{_IDIOM}\b",
    rf"(?:\b(?:their|his|her|your|my|(?:customer|team|vendor|client|engineering|admin|support"
    rf"|{_ROLE})['\u2019]s)|<[A-Z_]+_\d+>['\u2019]s)\s+(?:own\s+)?(?:\w+\s+)?(?:{_FAULT}|failure\s+to)\b",
    rf"\b{_FAULT}\s+(?:(?:was|were)\s+)?(?:made\s+)?(?:by|of|on\s+the\s+part\s+of|from)\s+"
    rf"(?:(?:the|an?|our|one\s+of)\s+)*(?:<|{_ROLE}\b|{_GROUP}\b|customer|client)",
    rf"{_SUBJECT}(?:{_VERB})\b",
    r"\b(?:someone|somebody|whoever)\s+(?:\w+\s+){1,4}?(?:made\s+an?\s+(?:mistake|error)|forgot)\b",
    rf"\bhad\s+(?:it\s+not\s+been\s+for\b|{_PERSON}\s+(?:not\s+)?(?:\w+ly\s+)?{_PARTICIPLE})",
    rf"\bif\s+(?:only\s+)?{_PERSON}\s+had\s+(?:not\s+)?{_PARTICIPLE}",
    rf"\b(?:caused|broken|introduced|triggered)\s+by\s+(?:the\s+)?(?:<PERSON_\d+>|customer\b(?!['\u2019]s)"
    rf"|{_ROLE}\b(?!\s+(?:role|portal|api|panel)))",
    r"<PERSON_\d+>\s+(?:caused|introduced\s+the\s+(?:bug|error|fault|defect))\b",
    r"\b(?:no\s+one|nobody)\s+(?:\w+\s+)?(?:bothered|checked|noticed|thought|tested|reviewed|cared"
    r"|took\s+ownership|was\s+watching|verified|looked)\b",
)
BLAME: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _SENTENCE)
