# ruff: noqa: E501 - a word list is easier to check on one line
"""The words that streets, units and post boxes have in twenty languages, and words no street has."""

from typing import Final

from redaction.detection.patterns.ordinary import words_of

# After the name, as a word of its own: English, Hungarian, Estonian, Turkish.
STREET_AFTER: Final = (
    r"streets?|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|court|ct|square|place|terrace|parkway|pkwy"
    r"|highway|hwy|crescent|quay|mews|alley|gardens|utca|rakpart|rkp|\u00fatja|\u00fat|t\u00e9r|k\u00f6r\u00fat|krt|s\u00e9t\u00e1ny|fasor|t\u00e4nav|maantee|puiestee|caddesi|sokak|soka\u011f\u0131"
)
# The same, but ordinary words too: they count beside a house number or a cue only.
PLAIN_AFTER: Final = (
    r"way|dr|sq|pl|cl|close|row|circle|cir|trail|loop|bend|bypass|causeway|centers?|cliffs?|corners?|coves?|creek|crest|crossing"
    r"|dale|estates?|expressway|extensions?|ferry|fields?|fords?|forest|forges?|forks?|forts?|freeway|garden|gateway|glens?|greens?"
    r"|groves?|harbors?|haven|heights|hills?|hollow|inlet|islands?|isle|junctions?|keys?|knolls?|lakes?|landing|lodge|manors?|meadows?"
    r"|mills?|motorway|mount|mountains?|neck|orchard|oval|overpass|parks?|parkways|pass|passage|path|pike|pines?|plains?|plaza|points?"
    r"|ports?|prairie|ramp|ranch|rapids?|rest|ridges?|river|route|run|shoals?|shores?|springs?|spurs?|squares|station|stravenue|stream"
    r"|summit|terrace|throughway|trace|track|trafficway|tunnel|turnpike|underpass|unions?|valleys?|via|viaduct|views?|villages?|ville"
    r"|vista|walks?|walls?|wells?|u|ter|k\u00f6z|alleys?|bridge|brooks?|burgs?|camp|canyon|cape|club|common|course|curve|dam|divide|fall|falls|flats?|light|locks?|mall|mission"
)
# Before the name: French, Italian, Spanish, Portuguese, Polish, Czech, Croatian, Romanian, Russian, Greek, Dutch, Indonesian.
BEFORE_NAME: Final = (
    r"rue|c/|all[e\u00e9]e|avenue|boulevard|chemin|impasse|quai|cours|via|viale|piazza|piazzetta|piazzale|corso|vicolo|contrada|strada"
    r"|calle|avenida|avda\.?|av\.|paseo|camino|carretera|traves[i\u00ed]a|rambla|rua|travessa|pra[c\u00e7]a|estrada|alameda|rodovia|largo"
    r"|ul\.|ulica|aleja|aleje|al\.|os\.|osiedle|plac|ulice|n[a\u00e1]m[e\u011b]st[i\u00ed]|t\u0159[i\u00ed]da|trg|bulevar|calea|bulevardul|\u0219oseaua|\u0443\u043b\.|\u0443\u043b\u0438\u0446\u0430"
    r"|\u043f\u0440\u043e\u0441\u043f\u0435\u043a\u0442|\u043f\u0435\u0440\.|\u03bf\u03b4\u03cc\u03c2|\u03bb\u03b5\u03c9\u03c6\u03cc\u03c1\u03bf\u03c2|\u03bb\u03b5\u03c9\u03c6\.|jalan|jl\."
)
# At the end of a name, in one word: German, Dutch, Norwegian, Danish, Swedish, Finnish, Icelandic, Estonian.
COMPOUND: Final = (
    r"stra[s\u00df]s?e|str\.|gasse|weg|platz|allee|damm|ufer|chaussee|steig|graben|straat|laan|plein|kade|gracht|dijk|singel|steeg"
    r"|veien|vegen|vei|gaten|gata|gade|vej|str[\u00e6]de|torv|gatan|gr[a\u00e4]nd|v[a\u00e4]gen|v\u00e4g|katu|tie|kuja|polku|raitti|braut|vegur|st\u00edgur|sk\u00f3li"
    r"|t\u00e4nav|maantee|tee"
)
# The same as a word of its own.
ALONE: Final = r"stra[s\u00df]s?e|gasse|weg|platz|allee|all\u00e9|gate|vei|vej|v\u00e4g|p\u00f5ik|laan|plein|straat|katu|tie|rkp|park\u00fa"
UNIT: Final = r"apt|apartment|suite|ste|unit|flat|floor|room|rm|bldg|building|piso|appartement|wohnung|lok|byt|et"
BOX: Final = r"\bp\.?[ ]?o\.?[ ]?box|\bpostbox|\bpostboks|\bpostfach|\bbo\u00eete postale|\bapartado|\bcaixa postal|\bskrytka"
FORCES: Final = r"(?:PSC|CMR|Unit)[ ]\d{2,5},?[ ]Box|(?:APO|FPO|DPO)[ ](?:AA|AE|AP)|US(?:NS|NV|S|CGC)[ ][^\W\d_]{1,20}"

# Small words inside the names of streets.
PARTICLES: Final = words_of(
    "a al am an auf av da das de dei del della der des di do dos du e el en i in la las le les lo los na nad of op pod"
    " the u van vom von y z zu zum zur"
)
# What ends an address, or cannot be part of one.
STOP: Final = words_of(
    "a after again all also am an any and are as at back be because been before but by call can card case code could"
    " customer did does email e-mail error every failed fax for from get gets got has have he her here his how i"
    " if in into is it its just last mail me mobile more my next no not now of off office on one only or order our out over"
    " phone please pm said she should since so some than that the their them then there these they this those"
    " to today tomorrow tel telephone until us version was we were what when where which who why will with would"
    " yesterday you your desk cell website web minutes hours days seconds times users rows items requests ms"
    " thanks regards street-level line lines bytes port percent files jobs events messages errors"
    " monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september october november december dear hi hello best kind sincerely mr mrs"
) - words_of("no of")
