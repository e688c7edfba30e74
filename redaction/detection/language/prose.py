# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds in prose, by pattern, what a strict policy replaces: dates, ages, titles, places, firms, files."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from redaction.detection import Finding
from redaction.detection.language.people import NAME_RUN
from redaction.detection.language.words import (
    LETTER,
    UPPER,
    is_common,
    is_known,
    places,
    technical_words,
)

KINDS: Final = frozenset(
    "COMPANY LOCATION NATIONALITY TITLE AGE DATE WEBSITE REFERENCE".split()  # noqa: SIM905 - read as a list
)

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_LONG_MONTH = r"(?:January|February|April|June|July|August|September|October|November|December)"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_CLOCK = r"(?:,?[ T](?:at[ ])?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?:[ ]?[ap]\.?m\b\.?)?(?:[ ]?(?:Z|UTC|GMT)\b)?)?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_FREE = r"(?<![\w./:$#-])"
_PLAIN_DATE = rf"{_ORDINAL}[ ](?i:{_MONTH})\b(?:[ ]{_YEAR}\b)?"
_DATE = re.compile(
    "|".join(
        (
            rf"\b(?:(?:[Bb]etween|[Ff]rom)[ ])?{_PLAIN_DATE}(?:,[ ]{_PLAIN_DATE})*(?:[ ](?:and|to|until|or)[ ]|[ ]?[\u2013-][ ]?){_PLAIN_DATE}",
            rf"{_FREE}{_YEAR}(?:,[ ]{_YEAR})*(?:[ ](?:and|to|or)[ ]|\u2013){_YEAR}(?![\w/:%-])",
            rf"{_FREE}(?:(?i:{_DAY}|sat|sun|mon|tue|wed|thu|fri),?[ ](?:the[ ])?)?{_ORDINAL}(?:[ ](?i:of))?[ ](?i:{_MONTH})\b\.?(?:,?[ ]{_YEAR}\b|[ ]'\d\d\b)?{_CLOCK}",
            rf"\b(?:(?i:{_DAY}),?[ ])?(?:(?:mid|early|late)[- ])?(?i:{_MONTH})\b\.?[ ](?:the[ ])?{_ORDINAL}(?![\w:.]*\d)(?:(?:,|[ ]of)?[ ]{_YEAR}\b)?{_CLOCK}",
            rf"\b(?i:{_MONTH})\b\.?(?:,|[ ]of)?[ ]{_YEAR}\b",
            rf"{_FREE}\d{{1,2}}[-/.](?:\d{{1,2}}|{_MONTH})[-/.](?:{_YEAR}|\d\d)(?![\w/])(?!\.\d){_CLOCK}",
            rf"{_FREE}{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?![\w/])(?!\.\d){_CLOCK}",
            rf"(?<![\w./:$#-])(?:(?i:early|late|mid|summer|spring|autumn|winter|fall)[- ](?:of[ ])?)?{_YEAR}(?:[-/](?:{_YEAR}|\d\d))?s?(?![\w/:%-])(?![.,]\d)(?![ ](?:ms|rows|users|MB|KB|GB|bytes|times|requests|records|records|connections|lines|items|files|errors|objects)\b)",
            rf"\b(?:(?i:next|last|this)[ ])?{_DAY}s?\b",
            rf"\b(?:(?i:next|last|this|early|late|mid)[- ])?{_LONG_MONTH}\b",
            r"\b(?i:in|since|until|of|last|next|by|during)[ ](?P<late>March|May)\b(?![ ](?:not|be|have|I))",
        )
    )
)
_NUMBER = r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:eigh|nine|six|seven|four|fif|thir)teen|ten|eleven|twelve)"
_AGE = re.compile(
    rf"(?i)\b(?P<a>{_NUMBER}[- ](?:years?|months?|yrs?|weeks?)[- ](?:old|of[ ]age))\b"
    rf"|\b(?:aged?(?:[ ]of|[ ]is)?|age[ ]?[:=])[ ]?(?P<b>{_NUMBER})\b(?![-/:.]\d)"
    rf"|\b(?P<c>{_NUMBER}[ ]?y/?o)\b"
    rf"|\b(?:turn(?:ed|ing|s)?|when[ ](?:he|she|i|they|we)[ ](?:was|were|is|turned)|(?:he|she)(?:[ ]is|'s|[ ]was)|(?:^|[.!?\"][ ])i(?:[ ]am|'m)(?:[ ](?:only|already|now))?|at[ ]the[ ]age[ ]of|died[ ]at)[ ](?P<d>\d{{1,2}})\b(?![-/:.%]\d)(?![ ](?:minutes|hours|seconds|days|percent|of|km|miles|times|per))"
)
_HONORIFIC = re.compile(
    rf"\b(?P<t>(?:Mrs|Mr|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Mme|Rev|Hon|Herr|Frau|Judge|Justice|Lord|Lady|Sgt|Lt|Capt|Col|Gen|Captain|Major|Colonel|General|Sergeant|Ambassador|Senator|President)\b\.?[ ]{{1,2}})(?=[{UPPER}0]|(?:van|von|de)[ ])"
    r"|(?i:\b(?P<u>(?:mrs|mr|ms|miss|dr|prof)\.))"
)
_HEADS = (
    "accountant actor actress actuary administrator adviser advisor advocate agent aide ambassador analyst announcer anthropologist architect archivist artist assembler assessor assistant "
    "associate astronomer athlete attendant attorney auctioneer auditor author baker banker barber bartender biologist blaster boilermaker bookkeeper bricklayer broker builder butcher buyer "
    "captain cardiologist caretaker carpenter cashier caterer caseworker ceo cfo chairman chairwoman chairperson chef chemist chief chiropractor cinematographer cio cleaner clerk coach collector commissioner composer consultant "
    "contractor controller cook coordinator corporal cosmetologist counselor counsellor courier craftsman critic cto cutter dancer dealer dentist dermatologist designer detective developer dietitian diplomat director "
    "dispatcher distributor diver doctor dressmaker driller driver ecologist economist editor educator electrician engineer engraver estimator examiner executive expediter fabricator farmer "
    "faller fighter firefighter fireman fisherman fitter florist foreman forester founder gardener geographer geologist geoscientist glazier grader guard guide hairdresser handler head helper "
    "historian hygienist illustrator inspector installer instructor interpreter interviewer inventor investigator janitor jeweler journalist judge keeper labourer laborer lawyer leader lecturer lender librarian "
    "lieutenant lifeguard lineman linguist locksmith machinist maid major manager manicurist marshal mason mathematician mayor mechanic mediator merchandiser messenger meteorologist microbiologist midwife "
    "miller miner minister model mortician mover musician negotiator nurse nutritionist offbearer officer official operator optician optometrist orderly orthodontist packager packer painter paralegal paramedic "
    "patternmaker pathologist performer pharmacist pharmacologist photographer physician physicist physiotherapist pilot planner plasterer player plumber podiatrist poet policeman "
    "policewoman politician porter postmaster president priest principal printer producer professor programmer projectionist promoter proofreader prosecutor psychiatrist psychologist publisher "
    "rancher ranger realtor receptionist recruiter referee reporter repairer representative researcher rigger roofer sailor salesperson salesman saleswoman scientist sculptor secretary sergeant server setter shipmate singer soldier solicitor "
    "specialist sportscaster statistician steward stewardess stocker strategist student superintendent supervisor surgeon surveyor tailor teacher technician technologist telemarketer teller tender tester therapist trader "
    "trainer translator transcriptionist treasurer treater trimmer trooper tutor typist umpire undertaker underwriter upholsterer usher veterinarian waiter waitress warden watchman weaver welder worker writer zoologist"
)
_HEAD = rf"(?:{'|'.join(sorted(_HEADS.split(), key=len, reverse=True))})s?"
_JOB_WORDS = rf"(?:{LETTER}[\w'-]{{1,20}}[ /,]{{1,2}}(?:(?:and|of|or|for|the|&)[ ])?){{0,5}}"
_JOB_LINE = re.compile(
    rf"(?im)^[ \t]*(?P<t>{_JOB_WORDS}{_HEAD}(?:,[ ]{_JOB_WORDS}{LETTER}+)?)[ \t]*\.?$"
)
_JOB_AFTER = re.compile(
    rf"(?<=, )(?:(?:the|our|their|his|her)[ ]|(?=[{UPPER}]))(?P<t>(?i:(?:(?!(?:had|has|was|is|been|who)\b){LETTER}[\w'-]{{1,20}}[ ]){{0,4}}{_HEAD}))(?=[ ]?[,.;:(]|[ ](?:at|of|for|in|from|practising|said|says)\b|\s*$)"
)
_JOB_AS = re.compile(
    rf"\b(?i:(?:as|is|was|am|became|be|become|i'm|he's|she's)[ ](?:a|an|the|our|their|his|her))[ ](?P<t>(?i:(?:{LETTER}[\w'-]{{1,20}}[ ]){{0,3}}?{_HEAD}))\b(?![-'])"
)
_LEGAL = r"(?:Inc|Incorporated|Ltd|Limited|LLC|LLP|LP|GmbH|AG|SE|KG|SA|S\.A|SARL|SAS|NV|N\.V|BV|B\.V|AB|AS|ASA|ApS|A/S|Oy|Oyj|Plc|PLC|plc|Corp|Corporation|Co|Company|SpA|S\.p\.A|Srl|S\.r\.l|Sp\.[ ]z[ ]o\.o|Kft|Zrt|d\.o\.o|s\.r\.o|Pty|Bhd|Holdings?|Group|Bank|Partners|Associates|Industries|Enterprises|Foundation|Institute|University|College|Association|Trust|Agency|Council|Committee|Commission|Ministry|Department|Court|Police|Hospital|School|Church|Museum|Society|Union|Federation|Authority|Board|Office|Prison|Parliament|Government|Senate|Assembly|Party|Army|Chamber|Tribunal|Bureau|Directorate|Treasury)"
_CAPPED = rf"(?:[{UPPER}][\w&'\u2019-]{{0,30}}|&)"
_COMPANY = re.compile(
    "|".join(
        (
            rf"(?<![\w.@/-]){_CAPPED}(?:,?[ ](?:(?:of|and|for|the|de|des|et)[ ])?{_CAPPED}){{0,5}},?[ ]{_LEGAL}(?![\w-])(?:(?<=Inc|Ltd)\.|(?<=Corp)\.|(?<=Co)\.)?(?:[ ]of[ ](?:the[ ])?{_CAPPED}(?:[ ](?:(?:and|for|of)[ ])?{_CAPPED}){{0,4}})?",
            rf"\b(?:Ministry|Court|University|Bank|Department|Institute|Faculty|Republic|Board|Council|Office|Government|Association|Chamber|Bar)[ ](?:of|for)[ ](?:the[ ])?{_CAPPED}(?:[ ](?:(?:and|for|of|the)[ ])?{_CAPPED}){{0,4}}",
            rf"(?<![\w.@/-]){_CAPPED}(?:[ ]{_CAPPED}|,[ ]{_CAPPED}){{0,2}}[ ]and[ ](?:Sons|Co\b\.?|Daughters|Partners|Brothers)",
            rf"(?<![\w.@/-])[{UPPER}]{LETTER}{{2,20}},[ ][{UPPER}]{LETTER}{{2,20}}[ ]and[ ][{UPPER}]{LETTER}{{2,20}}(?=[ ,.]|$)",
        )
    )
)
_CHAMBER = re.compile(
    rf"(?<![\w.@/-])(?:\d{{1,3}}(?:st|nd|rd|th)|{_CAPPED})[ ](?:(?:Civil|Criminal|Grand|Joint|Air|Infantry|Assault)[ ]){{0,2}}(?:Chambers?|Sections?|Senate|Divisions?|Regiment|Brigade|Battalion|Branch|Panel|Circuit)[ ]of[ ](?:the[ ])?{_CAPPED}(?:[ ](?:(?:and|for|of|the)[ ])*{_CAPPED}){{0,4}}"
)
# A body named in full, and in brackets by its letters or in its own language.
_BODY_ALIAS = re.compile(
    rf"[ ]\((?:[\"\u201c\u2018]?(?=[{UPPER}])[^()\n\d]{{2,60}}|(?:the|hereinafter)[ ][^()\n\d]{{2,40}})\)"
)
_LEGAL_FORM = r"(?:GmbH(?:[ ]&[ ]Co\.?[ ]KG)?|gGmbH|AG|KG|KGaA|e\.V|Ltd|Limited|LLC|LLP|Inc|Corp|Plc|PLC|S\.A|S\.L|SARL|SAS|B\.V|BV|N\.V|NV|AB|ApS|A/S|Oy|Oyj|S\.p\.A|SpA|S\.r\.l|Srl|Kft|s\.r\.o|d\.o\.o|Sp\.[ ]z[ ]o\.o)"
_FIRM_LINE = re.compile(
    rf"(?m)(?:^|(?<=[|\u00b7\u2022]))[ \t]*(?P<t>{_CAPPED}(?:[ ](?:(?:and|und|et|y|&)[ ])?{_CAPPED}){{0,4}},?[ ]{_LEGAL_FORM}\.?)(?=[ \t]*(?:$|[|\u00b7\u2022]))"
)
_EMPLOYER = re.compile(
    rf"\b(?i:works?[ ](?:for|at)|working[ ](?:for|at)|worked[ ](?:for|at)|employed[ ](?:by|at)|job[ ]at|joined|founded|acquired[ ]by|subsidiary[ ]of|company[ ]called|firm|employer|president[ ]of|director[ ]of|ceo[ ]of|headquarters[ ]of|offices?[ ]of|company:?|organi[sz]ation:?)[ ]"
    rf"(?P<t>{_CAPPED}(?:[ ]{_CAPPED}){{0,4}})"
)
_OFFICE = re.compile(
    rf"(?<![\w.@/-])(?:(?:{_CAPPED}[ ]){{1,3}}(?:Prosecutor|Inspector|Governor|Ombudsman|Commissioner|Counsel|Registrar|Advocate|Adviser|Officer|Secretary|Minister|Constable)(?:s?\b)"
    rf"|(?:Prime[ ]|Deputy[ ]|Vice-)?(?:Minister|Secretary|Commissioner|Governor|Mayor|Director|Ombudsman|Ambassador)[ ](?:of|for)[ ](?:the[ ])?{_CAPPED}(?:[ ](?:(?:and|of|for|the)[ ])*{_CAPPED}){{0,4}})"
)
_STATE = re.compile(
    rf"\b(?:{_CAPPED}[ ]){{0,2}}(?:Republic|Kingdom|Principality|Federation|Commonwealth|Grand[ ]Duchy|Union)[ ]of[ ](?:the[ ])?{_CAPPED}(?:[ ](?:and[ ])?{_CAPPED}){{0,4}}"
)
_AT_PLACE = re.compile(
    rf"\b(?:in|at|from|to|near|via|towards|visit|visiting|visited|leaving|outside|called|became|become)[ ](?P<t>(?:[{UPPER}]{LETTER}{{2,24}}|[{UPPER}]{{4,20}})(?:[ -](?:[{UPPER}]{LETTER}{{0,24}}))*)(?![\w@\\(=/])(?!\.[A-Za-z])"
)
_REFERENCE = re.compile(
    r"(?i)\b(?:applications?|cases?|files?|complaints?|petitions?|dockets?|appeals?|judg(?:e)?ments?|decisions?|decrees?|protocols?|invoices?|policy|claims?|records?|ref(?:erence)?)?[ ]?\(?(?:nos?|numbers?|nr|ref|№)\b\.?:?[ ](?P<t>(?=[A-Z0-9./ -]{0,5}\d)[\w]+(?:[./:-]\w+){0,6}(?:(?:,|[ ]and|,[ ]and)[ ]\d+(?:[./:-]\w+){0,6}){0,20})"
)
_SLASHED = re.compile(r"(?<![\w./:-])\d{3,6}/\d{2}(?![\w/:-])(?!\.\d)")
_LAW = re.compile(r"(?<![\w.:/-])(?:1[89]|20)\d\d:\d{1,4}(?![\w:])")
_TLD = r"(?:com|net|org|edu|gov|info|biz|eu|co\.uk|org\.uk|ac\.uk|com\.au|com\.br|de|fr|it|es|nl|be|at|ch|se|no|dk|fi|pl|cz|hu|pt|ie|us|ca|gr|ro|si|sk|hr|is|ru|cn|jp|in|gl|nu|example)"
_WEBSITE = re.compile(
    rf"(?i)(?P<t>\bhttps?://(?!localhost|127\.)(?:[\w-]+\.)+[a-z]{{2,12}}(?::\d+)?/?(?=[\s\"')>,.;]|$|(?P<path>[^\s])))"
    rf"|(?<![\w.@/:-])(?P<u>(?:www\.[\w-]+(?:\.[\w-]+)+|[a-z0-9-]{{2,40}}\.{_TLD})\b/?)(?![\w.@-]*\w@|[\w(/:]|\.\w)"
)
_ISMS = r"(?:Christian|Muslim|Jewish|Catholic|Protestant|Buddhist|Hindu|Sikh|Orthodox|Sunni|Shia|Republican|Democrat|Democratic|Communist|Socialist|Liberal|Conservative|Kurdish|Kurd|Sami|Roma|Arab|Arabic|African|European|Asian|Latino|Hispanic|Slavic|Flemish|Catalan|Basque)"
_DEMONYM = re.compile(
    rf"\b(?:{_ISMS}|Afghan|Albanian|Algerian|American|Andorran|Angolan|Argentin(?:e|ian|ean)|Armenian|Aruban|Australian|Austrian|Azerbaijani|Azeri|Bahamian|Bahraini|Bangladeshi|Barbadian|Belarusian|Belgian|Belizean|Beninese|Bermudian|Bhutanese|Bolivian|Bosnian|Botswanan|Brazilian|British|Bruneian|Bulgarian|Burkinabe|Burmese|Burundian|Cambodian|Cameroonian|Canadian|Cape Verdean|Chadian|Chilean|Chinese|Colombian|Congolese|Costa Rican|Croat(?:ian)?|Cuban|Cypriot|Czech|Danish|Dominican|Dutch|Ecuadorian|Egyptian|Emirati|English|Eritrean|Estonian|Ethiopian|Fijian|Filipino|Finnish|French|Gabonese|Gambian|Georgian|German|Ghanaian|Greek(?:[- ]Cypriot)?|Greenlandic|Grenadian|Guatemalan|Guinean|Guyanese|Haitian|Honduran|Hungarian|Icelandic|Indian|Indonesian|Iranian|Iraqi|Irish|Israeli|Italian|Ivorian|Jamaican|Japanese|Jordanian|Kazakh|Kenyan|Korean|Kosovar|Kuwaiti|Kyrgyz|Lao(?:tian)?|Latvian|Lebanese|Liberian|Libyan|Lithuanian|Luxembourgish|Macedonian|Malagasy|Malawian|Malaysian|Maldivian|Malian|Maltese|Mauritanian|Mauritian|Mexican|Moldovan|Mongolian|Montenegrin|Moroccan|Mozambican|Namibian|Nepalese|Nepali|New Zealander|Nicaraguan|Nigerian|Norwegian|Omani|Pakistani|Palestinian|Panamanian|Paraguayan|Persian|Peruvian|Portuguese|Qatari|Romanian|Russian|Rwandan|Saudi|Scottish|Senegalese|Serb(?:ian)?|Singaporean|Slovak(?:ian)?|Slovene|Slovenian|Somali|South African|Spanish|Sri Lankan|Sudanese|Swedish|Swiss|Syrian|Taiwanese|Tajik|Tanzanian|Thai|Tongan|Tunisian|Turk(?:ish|men)?(?:[- ]Cypriot)?|Ugandan|Ukrainian|Uruguayan|Uzbek|Venezuelan|Vietnamese|Welsh|Yemeni|Zambian|Zimbabwean)s?(?:[ ](?:nationals?|citizens?|nationality|citizenship|subjects?)(?=\b))?\b(?![-_.]\w)(?![ ](?:Government|Republic|Parliament|Constitution|Court|State|authorities))"
)


def with_alias(text: str, end: int) -> int:
    """Take in what stands in brackets behind a body's name: its letters, its name at home."""
    alias = _BODY_ALIAS.match(text, end)
    return alias.end() if alias else end


def find_prose(text: str, wanted: Callable[[str], bool]) -> list[Finding]:
    """Find the kinds of `KINDS` that are `wanted` in a stretch of prose, never a record of a log."""
    found: list[Finding] = []
    for kind, pattern, name, score in _RULES:
        if wanted(kind):
            for match in pattern.finditer(text):
                start, end = _span(match)
                if kind == "COMPANY":
                    end = with_alias(text, end)
                if end > start and (kind != "COMPANY" or names_somebody(match.string[start:end])):
                    found.append(Finding(start, end, kind, f"prose:{name}", score, False))
    if wanted("LOCATION"):
        found.extend(_places(text))
        found.extend(_reached(text))
    return found


def _span(match: re.Match[str]) -> tuple[int, int]:
    start, end = next(
        (match.span(group) for group in match.re.groupindex if group != "path" and match[group]),
        match.span(),
    )
    while end > start and match.string[end - 1] in ",;:":
        end -= 1
    if match.string.startswith(("The ", "the "), start):
        start += 4
    value = match.string[start:end]
    return start, end - (2 if value.endswith(("'s", "\u2019s")) else 0)


_INSTITUTION = re.compile(
    r"\b(?:Courts?|Ministr(?:y|ies)|Government|Commission|Council|Office|Department|Board|Parliament|Assembly|Chamber|Police|Act|Convention|Law|Code|Regulation|Protocol|Article|Rules|Section|Senate|Tribunal|Committee|Prosecutor|State|Treaty|Constitution|Republic|Army|Directive|Panel|Decree|Municipality)\b"
)


def names_somebody(firm: str) -> bool:
    """Tell whether an organisation's name tells it from others of its kind: `the Court` does not."""
    if _NO_BODY.search(firm):
        return False
    words = re.findall(rf"{LETTER}+", firm)
    if not _INSTITUTION.search(firm):
        return True
    return sum(word[0].isupper() for word in words) > 1


_NO_BODY = re.compile(
    r"\b(?:Republic|Kingdom)[ ]of\b|\b(?:Article|Convention|Act|Regulation|Treaty|Protocol|Directive)\b"
)


def _places(text: str) -> Iterator[Finding]:
    for match in _place_pattern().finditer(text):
        if not re.search(r"Government of (?:the )?$", text[: match.start()]):
            yield Finding(*match.span(), "LOCATION", "prose:place", 0.7, False)


def _reached(text: str) -> Iterator[Finding]:
    """Find a word that no list knows after a preposition of place: `moved to Ettelgem`."""
    for match in _AT_PLACE.finditer(text):
        words = re.split(r"[ -]", match["t"])
        if not any(is_common(word) or len(word) < 2 for word in words):
            yield Finding(*match.span("t"), "LOCATION", "prose:reached", 0.6, False)


@cache
def _place_pattern() -> re.Pattern[str]:
    listed = "|".join(re.escape(place) for place in sorted(places(), key=len, reverse=True))
    return re.compile(rf"(?<![\w.@/-])(?:{listed})(?![\w@/-])")


def jobs_under_names(text: str) -> Iterator[Finding]:
    """Find the job title on a line of its own under the line of a name."""
    for match in _JOB_LINE.finditer(text):
        above = text[: match.start()].rstrip().rpartition("\n")[2].strip()
        run = NAME_RUN.match(above)
        # A name that a pattern has found already stands there as zeros.
        named = run is not None and run.end() == len(above) and " " in above
        known = above.islower() and len(above.split()) < 4 and is_known(above.split()[0])
        if named or known or re.fullmatch(r"[0 .]{5,}", above):
            yield Finding(*match.span("t"), "TITLE", "prose:job-line", 0.75, False)


def firms_signing(text: str) -> Iterator[Finding]:
    """Find the firm that stands on a line of its own, as in a signature or a letterhead."""
    for match in _FIRM_LINE.finditer(text):
        first, *others = re.findall(rf"{LETTER}+", match["t"])
        if len(others) > 1 or first.lower() not in technical_words():
            yield Finding(*match.span("t"), "ORGANIZATION", "prose:firm-line", 0.75, True)


_RULES: Final = (
    ("DATE", _DATE, "date", 0.75),
    ("AGE", _AGE, "age", 0.75),
    ("TITLE", _HONORIFIC, "honorific", 0.75),
    ("TITLE", _JOB_AFTER, "job-after-name", 0.7),
    ("TITLE", _JOB_AS, "job", 0.7),
    ("COMPANY", _COMPANY, "company", 0.7),
    ("COMPANY", _EMPLOYER, "employer", 0.7),
    ("COMPANY", _CHAMBER, "chamber", 0.7),
    ("TITLE", _OFFICE, "office", 0.7),
    ("LOCATION", _STATE, "state", 0.7),
    ("REFERENCE", _REFERENCE, "numbered", 0.75),
    ("REFERENCE", _SLASHED, "slashed", 0.75),
    ("REFERENCE", _LAW, "law", 0.7),
    ("WEBSITE", _WEBSITE, "website", 0.75),
    ("NATIONALITY", _DEMONYM, "demonym", 0.75),
)
