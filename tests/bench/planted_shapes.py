# ruff: noqa: E501, RUF001
"""Names planted in log lines: shapes and names written without knowledge of the rules, and frozen.

Nothing in this file may be changed to make a figure better. A shape says how the name stands in
it: `{full}` Given Family, `{lower}` given family, `{comma}` Family, Given, `{upper}` GIVEN FAMILY,
`{dotted}` given.family, `{under}` given_family, `{initial}` gfamily, `{first}` Given. All names are
invented.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast, get_args

Form: TypeAlias = Literal["full", "lower", "comma", "upper", "dotted", "under", "initial", "first"]
NameClass: TypeAlias = Literal["international", "diacritics", "words"]


@dataclass(frozen=True, slots=True)
class Planted:
    """A line, where the name stands in it, how it is written, and what kind of name it is."""

    id: str
    text: str
    start: int
    end: int
    group: str
    form: Form
    names: NameClass


SHAPES: Final[tuple[tuple[str, str], ...]] = (
    # Sign-on and directory services
    (
        "auth",
        "2026-02-11T08:14:52.118Z idp-3 WARN  LoginAttemptFilter - sign-in rejected for {full}: second factor expired after 90 s",
    ),
    (
        "auth",
        "Feb 11 08:15:03 gw2 sshd[20417]: pam_unix(sshd:session): session opened for user {initial}(uid=1043) by (uid=0)",
    ),
    (
        "auth",
        "Feb 11 08:15:40 gw2 sudo: {initial} : TTY=pts/4 ; PWD=/srv/app ; USER=root ; COMMAND=/usr/bin/systemctl restart queue",
    ),
    (
        "auth",
        "2026-02-11 08:16:12,004 ERROR ldap.Sync: entry CN={full},OU=Finance,DC=fjord,DC=example has no mail attribute, skipped",
    ),
    (
        "auth",
        "An account was successfully logged on. Subject: Account Name: {dotted} Account Domain: FJORD Logon ID: 0x3E7 Logon Type: 3",
    ),
    (
        "auth",
        "[keycloak] type=LOGIN_ERROR, realmId=prod, clientId=portal, error=user_temporarily_disabled, username={dotted}",
    ),
    (
        "auth",
        '2026-02-11 08:20:00 INFO  saml-bridge assertion accepted, displayName="{full}" groups=3 ttl=3600',
    ),
    ("auth", "radius[991]: Access-Reject for {comma} from port 14 (bad realm)"),
    # Application logs
    (
        "java",
        "2026-02-11 09:02:17.441  WARN 7 --- [nio-8080-exec-9] c.e.billing.InvoiceService : could not send dunning letter to {full}, retry 2 of 5",
    ),
    (
        "java",
        "09:02:18.020 [scheduler-2] ERROR com.example.hr.PayrollJob - java.lang.IllegalStateException: no bank details on file for employee {comma}",
    ),
    (
        "java",
        "Caused by: com.example.crm.DuplicateContactException: contact '{full}' exists twice (ids 4471, 4519)",
    ),
    (
        "java",
        "2026-02-11 09:03:00,557 INFO  [approval] Workflow 88121 moved to APPROVED by {full} after 00:04:11",
    ),
    (
        "python",
        "INFO 2026-02-11 09:05:33,120 celery.worker: Task app.tasks.export[91] succeeded in 12.3s: report requested by {lower}",
    ),
    (
        "python",
        "WARNING:booking.views:overlapping reservation in room 4, holder {full}, until 11:30",
    ),
    ("python", "KeyError: 'manager' while building org chart node for {full}"),
    (
        "go",
        'time=2026-02-11T09:06:01Z level=error msg="quota exceeded" owner="{full}" used=98GiB limit=100GiB',
    ),
    (
        "go",
        'ts=2026-02-11T09:06:09.331Z caller=mailer.go:118 level=warn recipient={lower} err="mailbox full" attempt=3',
    ),
    (
        "dotnet",
        "2026-02-11 09:07:44.9012 [12] WARN Contoso.Claims.Adjudication: claim 2231-B reassigned from {full} to queue Overflow",
    ),
    (
        "dotnet",
        "System.UnauthorizedAccessException: Access to the path 'C:\\Users\\{dotted}\\AppData\\Local\\Temp\\exp.tmp' is denied.",
    ),
    (
        "node",
        '{{"level":50,"time":1770800000123,"pid":31,"msg":"checkout abandoned","shopper":"{full}","cartItems":4}}',
    ),
    (
        "ruby",
        "I, [2026-02-11T09:09:10.552 #2214]  INFO -- : [ActiveJob] Performed WelcomeMailer for {full} in 220.1ms",
    ),
    (
        "php",
        '[2026-02-11 09:10:21] production.ERROR: Payment declined for customer {full} {{"gateway":"north","code":51}}',
    ),
    # JSON and key-value
    (
        "json",
        '{{"ts":"2026-02-11T09:12:00Z","event":"ticket.assigned","ticket":8841,"assignee":"{full}","priority":"P2"}}',
    ),
    (
        "json",
        '{{"severity":"ERROR","reportedBy":{{"name":"{full}","tz":"UTC+2"}},"summary":"printer offline"}}',
    ),
    ("json", '{{"actor":"{lower}","action":"delete","object":"dashboard/17","ok":true}}'),
    (
        "logfmt",
        'at=info method=PUT path=/v2/profiles/311 status=409 requester="{comma}" service=87ms',
    ),
    ("logfmt", "component=hr-sync record=5512 full_name={under} outcome=merged"),
    ("logfmt", "job=nightly-report owner={lower} rows=18220 dur=41s"),
    # CRM, tickets, chat
    ("crm", "Contact;Owner;Stage;Next step\\n{full};North team;Negotiation;call back on Thursday"),
    ("crm", "00Q3 Lead converted | name: {full} | source: webinar | score: 71"),
    ("crm", "opportunity 7712 lost, decision maker {full} left the company in January"),
    (
        "ticket",
        "INC0091822 Work notes (2026-02-11 09:20:31 - {full}): rebooted the node, error is back after 6 minutes",
    ),
    ("ticket", "Assigned to: {full}  Group: Network L2  State: In progress  Impact: 2 - Medium"),
    ("ticket", "Customer {full} called again, cannot print since the update to 7.4.1"),
    ("ticket", "Escalated by {first} because the workaround from KB 1182 did not help"),
    ("chat", "[09:22] {full}: the replica is 40 minutes behind, I am promoting the standby"),
    ("chat", "{lower} 9:24 AM\\nsame here, dashboards are empty since the deploy"),
    ("chat", "09:25:02 <@{initial}> can you check whether the consumer lag is back to zero?"),
    ("chat", "#incident-4417 | {first} joined the channel"),
    ("chat", "thanks {first}, rolling back 3.18.2 now"),
    # Mail
    (
        "mail",
        "Feb 11 09:30:14 mx1 postfix/smtp[6621]: 4F1D2: to=<ops@fjord.example>, relay=none, status=deferred, comment=({full})",
    ),
    (
        "mail",
        'From: "{comma}" Sent: Wednesday, February 11, 2026 9:31 AM Subject: RE: nodes not ready',
    ),
    ("mail", "dovecot: imap-login: Login: user=<{dotted}>, method=PLAIN, rip=10.20.4.7, TLS"),
    (
        "mail",
        "exim: 1rYx2-0003Kq-Tz H=(laptop-{initial}) F=<noreply@fjord.example> rejected RCPT: quota",
    ),
    ("mail", "On Wed, Feb 11, 2026 at 9:33 AM {full} wrote:"),
    # Build systems and version control
    ("ci", "Build #5512 (release/7.4) started by {full}, agent linux-14"),
    ("ci", "error: pathspec 'fix-{initial}-lag' did not match any file(s) known to git"),
    ("ci", "Merge request !771 approved by {lower} and 1 other, pipeline 90121 passed"),
    ("ci", "commit 4e1b7a2 Author: {full} <> Date: Wed Feb 11 09:36:40 2026 +0100"),
    ("ci", "Deploy of checkout 3.18.2 to eu-1 blocked: change window needs sign-off from {full}"),
    # Databases and audit
    (
        "database",
        "AUDIT: SESSION,14,1,READ,SELECT,TABLE,hr.salaries,\"select * from hr.salaries where name = '{full}'\",<none>",
    ),
    (
        "database",
        "2026-02-11 09:40:12.771 UTC [8812] {under}@ledger LOG:  duration: 5512.004 ms  statement: VACUUM ANALYZE",
    ),
    ("database", "ORA-01017: invalid username/password; logon denied for {initial}"),
    ("database", "Duplicate entry '{comma}' for key 'people.uq_display_name'"),
    ("database", "mysql: Access denied for user '{dotted}'@'10.4.4.19' (using password: YES)"),
    # Machines and clusters
    (
        "kubernetes",
        '{{"kind":"Event","stage":"ResponseComplete","verb":"patch","user":{{"username":"{dotted}"}},"objectRef":{{"resource":"deployments","name":"checkout"}}}}',
    ),
    (
        "kubernetes",
        "Warning  Evicted  2m  kubelet  The node had condition DiskPressure; namespace owner label: {under}",
    ),
    ("cron", "Feb 11 09:45:01 batch3 CRON[4410]: ({initial}) CMD (/opt/jobs/rotate.sh --keep 14)"),
    ("path", 'rsync: opendir "/home/{initial}/exports/2026" failed: Permission denied (13)'),
    ("path", "Skipped file /mnt/share/HR/{full}/contract_signed.pdf: locked by another process"),
    ("path", "\\\\filer02\\profiles\\{dotted}\\Desktop\\notes.txt: sharing violation"),
    ("path", "uploaded s3 object cv/{under}_2026.docx in 1.2 s"),
    # Telephony, badges, machines that people stand at
    ("device", "PBX 7: call from ext 4412 ({full}) to ext 4430 dropped after 00:12:09, cause 38"),
    ("device", "badge reader 12-B: DENIED holder {upper} zone SERVER-ROOM reason EXPIRED"),
    ("device", 'print job 3319 "budget.xlsx" owner {dotted} pages 14 status HELD'),
    ("device", "Bed 14 monitor: attending set to {full}, alarm limits unchanged"),
    ("device", "shift handover 06:00 line 3: {comma} -> operator pool, downtime 11 min"),
)

INTERNATIONAL: Final = """
Torgrim Fjeldheim, Anneke Verhoeve, Kwabena Asantewa, Priyanka Deshmukhe, Hiroto Minagawa, Ngozi Adekunbi,
Giulietta Marcheselli, Bartosz Kowalewicz, Yusuf Karademir, Leilani Kahananui, Thandeka Mthombeni, Oleksii Hrynevych,
Farida Bakhtiari, Diego Arancibia, Wanjiru Kamauni, Soo-jin Parkwon, Ewelina Dobrowska, Rashid Al-Mutaireb,
Camille Beaufrere, Tariq Mahmoodi, Ingeborg Sandvoll, Xiuying Zhaolin, Mateus Figueirinha, Adaeze Okonjiri,
Vikram Sundaresh, Lotte Kraaijvanger, Emeka Chukwudile, Fumiko Tachibanae, Rosalind Hathersage, Zoltan Keresztesi,
Parisa Golestani, Ruaridh MacFadzean, Bogdan Stancescu, Nthabiseng Molefane, Joaquim Valadares, Hedda Lindqvister,
Samuel Oyelaran, Meera Venkatraghavan, Pieter Oosterwijck, Aigerim Nurpeisova, Declan O'Rafferton, Chidi Nwachukwor,
Katarzyna Wisniowska, Takumi Shirogane, Elif Yilmazer, Oluwaseun Babarinde, Marit Hegstad, Giancarlo Pellegrineschi,
Sunita Bhattaraik, Andile Dlaminiko, Yevgenia Morozovets, Hamza Bensalemi, Lien Nguyenthi, Arvid Gustavsberg,
Beatriz Quintanilha, Kofi Boatengson, Shirin Tavakolian, Willem Hoogendam, Dagny Solbakk, Ravindra Kulkarnesh,
Isabela Montenegrino, Tomasz Zielonkowski, Aisha Abubakari, Minh Tranvuong, Gethin Llewelynson, Nadia Benchekroune,
Haruka Fujinomiya, Jelena Markovinac, Obinna Ezekwesiri, Paloma Echevarrieta, Lars-Erik Bjornholt, Sibusiso Ndlovane,
Anjali Ramachandrani, Gunther Oberhauser-Lenz, Mireille Desrochette, Kenji Wakabayashu, Temperance Achiengo, Viktoriya Lysenkova,
Ibrahim Toureh, Saskia van den Broecke, Jun-ho Kimura-Lee, Faisal Qureshimi, Greta Mossbrugger, Amara Diopsy,
Rodrigo Bustamantez, Hyacinth Pemberley, Mandla Khumalong, Oksana Tkachuk-Bilyk, Santiago Irarrazabal, Yolanda Mkhizeni,
Niamh Gallaghan, Pavel Dvorschak, Akosua Frimpongo, Cornelis de Bruyne, Tinashe Mukonori, Laleh Rostamkhani,
Ricardo Alcantarilla, Bronwen Prydderch, Jarkko Hamalaisten, Deepika Chandrasekar, Moses Kiplagatu, Eun-ji Hwangbo,
Teodora Vasilevska, Alasdair Inverarity, Phuong Lethanh, Karim Boudjellal, Wilhelmina Strohbach, Zanele Radebane,
Esteban Villavicen, Roksana Jablonecka, Haakon Tveitnes, Ayumi Kitamurae, Uchenna Onyekaba, Marguerite Lachaisse,
Suleiman Danjumai, Ilse Vandermeulen, Nikhil Joshipura, Anahit Petrosyants, Gareth Penhaligan, Fernanda Carrasquel,
Duc Phamquang, Ludmila Chernyakova, Abena Owusuaa, Stellan Hjortberg, Manoj Tiwarinath, Raquel Sarmientos,
Bohdan Kravchyshyn, Imani Wekesane, Odile Fontanaud, Tadeusz Brzezicki, Mariam Haidarova, Connor McGlashan
"""
DIACRITICS: Final = """
Søren Højgård, Zoë Brontëfield, Łukasz Wójtowicki, Åsa Öhrström, Jiří Dvořáček, François Lefèbvre,
Márta Szőlősi, Bjørn Ødegårdshaug, Ángel Muñozábal, Nguyễn Thị Hường, İbrahim Çağlayan, Şebnem Güngörmüş,
Kateřina Nováčková, Þórdís Guðmundsdóttira, Mădălina Țurcanuș, João Gonçalveira, Inês Magalhãesa, Renée Côtésson,
Jürgen Großkreuzer, Käthe Schönböck, Đorđe Živojinovski, Krešimir Šubarić, Živa Kočevar, Ólafur Sigþórsson,
Agnė Žukauskytė, Jānis Bērziņšek, Anaïs Hébrardin, Gösta Nyström-Ågren, Małgorzata Świątkowicz, Véronique Thébaultin,
Õnne Mägiste, Tuğba Yıldızer, Eliška Procházkovec, Íñigo Zubizarretaé, Hélène Crèvecœur, Ramón Núñezola,
Björgvin Ásgeirsdal, Dương Văn Khải, Ašot Hovhannisjan, Pīters Kļaviņš
"""
WORDS: Final = """
Grace Field, Mark Short, Hope Stone, Will Power, Frank Black, Rose Day, Chase Banks, Summer Rain,
Olive Branch, Rich White, Faith Major, Drew Case, Art Page, Dawn Stark, Pat Long, June Winter,
Reed Cook, Ivy Street, Max Load, Sandy Waters, Bill Price, Joy Little, Guy Noble, Hunter Young,
Skip Best, April May, Lane Cross, Iris Fields, Clay Potter, Amber Wood
"""

LINES_PER_SHAPE: Final = 12


def planted() -> Iterator[Planted]:
    """Yield every shape with a dozen names: six international, three diacritic, three of words."""
    lists = {
        "international": _names(INTERNATIONAL),
        "diacritics": _names(DIACRITICS),
        "words": _names(WORDS),
    }
    turns: tuple[NameClass, ...] = get_args(NameClass)
    order = (*turns, turns[0]) * (LINES_PER_SHAPE // 4)
    taken = dict.fromkeys(turns, 0)
    for number, (group, shape) in enumerate(SHAPES):
        form = cast(Form, next(form for form in get_args(Form) if f"{{{form}}}" in shape))
        before, after = (part.replace("\\n", "\n") for part in shape.split(f"{{{form}}}"))
        before, after = (part.replace("{{", "{").replace("}}", "}") for part in (before, after))
        for turn, names in enumerate(order):
            known = lists[names]
            name = written(known[taken[names] % len(known)], form)
            taken[names] += 1
            start = len(before)
            text = f"{before}{name}{after}"
            yield Planted(
                f"S{number:02}-{turn:02}", text, start, start + len(name), group, form, names
            )


def written(name: str, form: Form) -> str:
    """Write a name as a form asks; logins are ASCII, as directories make them."""
    given, _, family = name.partition(" ")
    match form:
        case "full":
            return name
        case "lower":
            return name.lower()
        case "upper":
            return name.upper()
        case "comma":
            return f"{family}, {given}"
        case "first":
            return given
        case "dotted":
            return f"{_login(given)}.{_login(family)}"
        case "under":
            return f"{_login(given)}_{_login(family)}"
        case "initial":
            return f"{_login(given)[0]}{_login(family)}"


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", " ").split(",") if name.strip()]


_FOLDED: Final = str.maketrans("øØłŁđĐþÞðßœı", "oOlLdDtTdsoi")


def _login(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_FOLDED))
    return "".join(char for char in plain.lower() if char.isascii() and char.isalpha())
