"""The word lists of the check: words that change the truth of what they stand by, and words that mean the same."""

from __future__ import annotations

from typing import Literal

OperatorClass = Literal[
    "negation", "reversal", "future", "expected", "possible", "intent", "reported", "condition", "approximate", "more", "less", "most",
    "portion", "only", "all", "former",
]  # fmt: skip

_PHRASES: dict[OperatorClass, str] = {
    "negation": "not|no|never|none|nobody|nothing|nowhere|neither|nor|without|hardly|scarcely|barely|fail to|failed to|"
    "fails to|failing to|failure to|unable to|yet to|no longer|impossible|unlikely|instead of|rather than|far from|"
    "stopped short of|other than|except|except for|excluding|short of|inability to|anything but|rule out|ruled out|rules out",
    "reversal": "refuse|refused|refuses|refusing|refusal|decline to|declined to|declines to|deny|denied|denies|denying|denial|"
    "reject|rejected|rejects|rejecting|dismiss|dismissed|dismisses|refute|refuted|refutes|lack|lacked|lacks|lacking|avoid|avoided|avoids|avoiding|"
    "prevent|prevented|prevents|preventing|stop|stopped|stops|stopping|cease|ceased|cancel|cancelled|canceled|cancels|"
    "ban|banned|bans|banning|block|blocked|blocks|blocking|halt|halted|halts|halting|bar|barred|prohibit|prohibited|"
    "forbid|forbade|forbidden|doubt|doubted|doubts|false|untrue|unproven|abandon|abandoned|abandons|abandoning|withdrew|"
    "scrap|scrapped|suspend|suspended|suspends|postpone|postponed|oppose|opposed|opposes|opposing",
    "future": "will|would|shall|going to|set to|due to|scheduled to|about to|gonna|is to|are to|"
    "was to|were to|slated to|scheduled",
    "expected": "expected to|is expected|are expected|was expected|were expected|expected|planned|poised to|"
    "on track to|on course to|tipped to|forecast to|predicted to|projected to|anticipated",
    "possible": "may|might|could|likely|possibly|perhaps|maybe|probably|potentially|potential|apparently|seemingly|"
    "presumably|possible|probable|appears to|appear to|appeared to|seems|seem|seemed|thought to|"
    "believed to|is believed|are believed|was believed|is thought|are thought|likelihood|unclear|uncertain|"
    "suspected|suspect|suspects|estimated|possibility|hopefully|believed|thought|arguably|tentatively",
    "intent": "plan to|plans to|planned to|planning to|want to|wants to|wanted to|hope to|hopes to|hoped to|hoping to|"
    "aim to|aims to|aimed to|aiming to|intend to|intends to|intended to|try to|tries to|tried to|trying to|"
    "attempt to|attempts to|attempted to|attempting to|agree to|agrees to|agreed to|agreement to|vow to|vows to|vowed to|"
    "pledge to|pledges to|pledged to|promise to|promises to|promised to|threaten to|threatens to|threatened to|threatening to|"
    "offer to|offers to|offered to|seek to|seeks to|sought to|seeking to|consider|considers|considered|considering|"
    "propose|proposes|proposed|proposing|proposal to|proposal|plan for|plans for|call for|calls for|called for|calling for|"
    "urge|urges|urged|urging|demand|demands|demanded|decide to|decided to|decides to|bid to|effort to|efforts to|"
    "attempt|attempted|prepare to|prepares to|preparing to|prepared to|ready to|willing to|wish to|wishes to|"
    "asked to|asks to",
    "reported": "according to|reportedly|allegedly|purportedly|supposedly|said to|reported to|understood to|rumoured to|"
    "rumored to|alleged to|alleged|so called|accused of|accuse|accuses|accused|claimed to|suspected of|in the words of|"
    "in the view of|in the opinion of",
    "condition": "if|unless|provided that|providing that|as long as|in case|in the event|assuming|whether|would have|"
    "subject to|depending on|depends on|only if|hypothetical|hypothetically|conditional on|even if",
    "approximate": "about|around|approximately|roughly|circa|some|an estimated|in the region of|close to|nearly|almost|"
    "or so|virtually|or thereabouts|more or less",
    "more": "more than|over|at least|above|exceeding|in excess of|upwards of|no fewer than|no less than|greater than|"
    "a minimum of|or more|not less than|not fewer than|higher than|larger than|longer than|older than",
    "less": "less than|fewer than|under|below|up to|at most|no more than|not more than|as many as|as much as|"
    "a maximum of|or less|or fewer|lower than|smaller than|shorter than|younger than",
    "most": "most|majority of|most of|mostly|mainly|largely|much of|bulk of|primarily",
    "portion": "half of|half|part of|partly|partially|few|some of|a fraction of|quarter of|third of|one of|partial|in part|"
    "sometimes|occasionally|rarely|seldom|a few|minority of|some",
    "only": "only|solely|merely|exclusively",
    "all": "all|every|everyone|everybody|everything|always|entire|entirely|forever|completely|totally|nationwide",
    "former": "former|ex|formerly|acting|interim|deputy|vice|assistant|would be|fake|self styled|"
    "self proclaimed|mock|hoax|counterfeit|ousted|retired|incoming|outgoing",
}  # fmt: skip

NUMERIC = frozenset({"approximate", "more", "less"})
"""Classes that govern a number and nothing else."""

SAYING = frozenset(
    [
        "say",
        "says",
        "said",
        "saying",
        "tell",
        "tells",
        "told",
        "claim",
        "claims",
        "claimed",
        "claiming",
        "allege",
        "alleges",
        "report",
        "reports",
        "reported",
        "reporting",
        "state",
        "states",
        "stated",
        "stating",
        "argue",
        "argues",
        "argued",
        "believe",
        "believes",
        "believed",
        "think",
        "thinks",
        "thought",
        "suggest",
        "suggests",
        "suggested",
        "warn",
        "warns",
        "warned",
        "insist",
        "insists",
        "insisted",
        "maintain",
        "maintains",
        "maintained",
        "add",
        "adds",
        "added",
        "quote",
        "quotes",
        "quoted",
        "cite",
        "cites",
        "cited",
        "citing",
        "estimate",
        "estimates",
        "predict",
        "predicts",
        "predicted",
        "assert",
        "asserts",
        "asserted",
        "speculate",
        "speculated",
        "write",
        "writes",
        "wrote",
        "explain",
        "explains",
        "explained",
        "joke",
        "joked",
        "announce",
        "announces",
        "announced",
        "confirm",
        "confirms",
        "confirmed",
        "note",
        "notes",
        "noted",
        "reveal",
        "reveals",
        "revealed",
        "declare",
        "declares",
        "declared",
        "acknowledge",
        "acknowledged",
        "acknowledges",
        "admit",
        "admits",
        "admitted",
        "testify",
        "testified",
        "complain",
        "complained",
        "comment",
        "commented",
        "describe",
        "describes",
        "described",
        "tweet",
        "tweeted",
        "post",
        "posted",
        "concede",
        "conceded",
        "recall",
        "recalled",
        "remark",
        "remarked",
        "reply",
        "replied",
        "hint",
        "hinted",
        "indicate",
        "indicates",
        "indicated",
        "conclude",
        "concludes",
        "concluded",
        "forecast",
        "forecasts",
        "forecasted",
        "show",
        "shows",
        "showed",
        "find",
        "finds",
        "found",
    ]
)
"""Verbs that give a statement to somebody."""

WEAK_SAYING = frozenset(
    [
        "say",
        "says",
        "said",
        "tell",
        "tells",
        "told",
        "claim",
        "claims",
        "claimed",
        "allege",
        "alleges",
        "report",
        "reports",
        "reported",
        "argue",
        "argues",
        "argued",
        "believe",
        "believes",
        "believed",
        "suggest",
        "suggests",
        "suggested",
        "warn",
        "warns",
        "warned",
        "insist",
        "insists",
        "insisted",
        "maintain",
        "maintains",
        "maintained",
        "quote",
        "quotes",
        "quoted",
        "cite",
        "cites",
        "cited",
        "citing",
        "predict",
        "predicts",
        "predicted",
        "assert",
        "asserts",
        "asserted",
        "speculate",
        "speculated",
        "state",
        "states",
        "stated",
        "estimate",
        "estimates",
        "testify",
        "testified",
        "complain",
        "complained",
        "forecast",
        "forecasts",
        "think",
        "thinks",
        "hint",
        "hinted",
        "indicate",
        "indicates",
        "indicated",
        "saying",
        "claiming",
        "reporting",
        "stating",
    ]
)
"""Of these, those whose loss turns a report into a fact; what one announces, admits or shows may stand alone."""

NOUNS_TOO = frozenset(
    """note notes report reports state states claim claims show shows find finds found post posted comment estimate
    forecast hint joke tweet add quote reply remark thought think cite describe""".split()
)
"""Verbs of saying that are often something else: they count only before "that" or a quotation."""

BOUNDARIES = frozenset(
    [
        "but",
        "while",
        "when",
        "where",
        "who",
        "which",
        "whose",
        "although",
        "though",
        "because",
        "since",
        "whereas",
        "after",
        "before",
        "until",
        "however",
        "as",
        "despite",
        "amid",
        "following",
    ]
)
"""Words that end the reach of a negation or a hedge."""

AUXILIARIES = frozenset(
    [
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "can",
        "could",
        "must",
        "to",
        "also",
        "still",
        "then",
        "again",
        "already",
        "just",
        "now",
        "not",
        "never",
        "only",
        "'s",
        "'ve",
        "'re",
        "'d",
        "'ll",
    ]
)

PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "from",
        "by",
        "for",
        "with",
        "against",
        "over",
        "under",
        "into",
        "onto",
        "about",
        "between",
        "among",
        "through",
        "during",
        "after",
        "before",
        "since",
        "until",
        "near",
        "towards",
        "toward",
        "via",
        "across",
        "behind",
        "beyond",
        "within",
        "without",
        "per",
        "than",
        "as",
        "like",
        "off",
        "out",
        "around",
        "despite",
        "alongside",
        "outside",
        "inside",
        "above",
        "below",
    ]
)

DIRECTED = frozenset({"to", "from", "against", "over", "by", "for", "than", "after", "before", "behind", "into"})
"""Prepositions whose two sides may not be exchanged."""

PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "him",
        "her",
        "them",
        "his",
        "hers",
        "its",
        "their",
        "theirs",
        "himself",
        "herself",
        "itself",
        "themselves",
        "who",
        "which",
        "this",
        "that",
        "these",
        "those",
        "i",
        "we",
        "you",
        "me",
        "us",
        "my",
        "our",
        "your",
    ]
)

GENDERED = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}

TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "president",
        "prime",
        "minister",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "senator",
        "governor",
        "mayor",
        "general",
        "colonel",
        "captain",
        "major",
        "sergeant",
        "admiral",
        "marshal",
        "professor",
        "chairman",
        "chairwoman",
        "chief",
        "secretary",
        "chancellor",
        "judge",
        "justice",
        "leader",
        "ambassador",
        "foreign",
        "defence",
        "defense",
        "vice",
        "deputy",
        "former",
        "rev",
        "reverend",
        "director",
        "congressman",
        "congresswoman",
        "commissioner",
        "inspector",
        "coach",
        "premier",
        "emperor",
        "sheikh",
        "ayatollah",
        "mp",
        "md",
        "phd",
        "jr",
        "sr",
    ]
)

_ANTONYMS = """rise fall|rise drop|rise decline|increase decrease|increase fall|increase drop|increase decline|grow shrink|gain lose|
gain loss|win lose|won lost|win loss|victory defeat|up down|first last|more less|more fewer|most least|
buy sell|open close|start end|begin end|begin finish|start finish|start stop|arrive leave|arrive depart|enter leave|
accept reject|accept refuse|approve reject|guilty innocent|support oppose|back oppose|legal illegal|allow ban|allow forbid|
allow prevent|allow block|male female|man woman|boy girl|men women|high low|higher lower|highest lowest|large small|larger smaller|largest smallest|
big small|bigger smaller|biggest smallest|best worst|better worse|good bad|early late|earlier later|left right|import export|attack defend|
alive dead|full empty|hot cold|son daughter|brother sister|husband wife|father mother|before after|above below|
north south|east west|northern southern|eastern western|strong weak|strengthen weaken|stronger weaker|success failure|
succeed fail|happy sad|fast slow|faster slower|slow quick|rich poor|young old|younger older|youngest oldest|long short|longer shorter|longest shortest|
hire fire|join leave|include exclude|agree disagree|confirm deny|admit deny|safe dangerous|
positive negative|public private|friend enemy|ally enemy|create destroy|build demolish|expand reduce|
expand contract|raise lower|raise cut|increase reduce|increase cut|grow reduce|lengthen shorten|praise criticise|praise criticize|
praise condemn|love hate|like dislike|remember forget|remove add|advance retreat|heavy light|hard easy|hard soft|
wide narrow|thick thin|deep shallow|near far|rural urban|domestic foreign|major minor|majority minority|
maximum minimum|optimistic pessimistic|permanent temporary|true false|real fake|same different|similar different|
inside outside|day night|morning evening|summer winter|boost cut|boost hurt|improve worsen|improve deteriorate|gain drop|
lend borrow|send receive|give take|launch end|release detain|release arrest|acquit convict|employee employer|buyer seller|
teacher student|doctor patient|parent child|parents children|king queen|prince princess|uncle aunt|nephew niece|
survive die|survive perish|voluntary compulsory|voluntarily forcibly|pro anti|for against|secret public|secretly openly|
secretly publicly|quietly openly|increasingly decreasingly|cheap expensive|cheaper dearer|profit loss|surplus deficit|
ahead behind|leading trailing|lead trail|upper lower|top bottom|recall reclaim|endorse oppose|permit prohibit|
encourage discourage|appear disappear|liberal conservative|occupy withdraw|arm disarm|delay hasten|
deploy withdraw|accelerate slow|tighten loosen|tighten relax|tighten ease|escalate ease|worsen ease"""

_IRREGULAR = """be am is are was were been being|have has had having|do does did done|say said|go goes went gone|get got gotten|
make made|know knew known|think thought|take took taken|see saw seen|come came|give gave given|find found|
tell told|become became|leave left|feel felt|put|bring brought|begin began begun|keep kept|hold held|write wrote written|
stand stood|hear heard|mean meant|meet met|run ran|pay paid|sit sat|speak spoke spoken|lie lay lain|lay laid|lead led|
grow grew grown|lose lost|fall fell fallen|send sent|build built|understand understood|draw drew drawn|break broke broken|
spend spent|rise rose risen|drive drove driven|buy bought|wear wore worn|choose chose chosen|seek sought|fight fought|
throw threw thrown|catch caught|deal dealt|win won|teach taught|sell sold|fly flew flown|steal stole stolen|
shoot shot|strike struck stricken|swear swore sworn|sing sang sung|swim swam swum|drink drank drunk|eat ate eaten|
sleep slept|hide hid hidden|ride rode ridden|shake shook shaken|forget forgot forgotten|freeze froze frozen|
sink sank sunk|tear tore torn|wake woke woken|bear bore borne born|bite bit bitten|blow blew blown|flee fled|
forbid forbade forbidden|hang hung|kneel knelt|lend lent|light lit|overcome overcame|prove proved proven|
ring rang rung|show showed shown|shrink shrank shrunk|slide slid|spin spun|spring sprang sprung|stick stuck|
sting stung|sweep swept|swing swung|undergo underwent undergone|wind wound|withdraw withdrew withdrawn|feed fed|
bend bent|bind bound|bleed bled|breed bred|dig dug|foresee foresaw foreseen|mislead misled|oversee oversaw overseen|
overtake overtook overtaken|undertake undertook undertaken|child children|man men|woman women|person people|
foot feet|tooth teeth|wife wives|life lives|die died dying dead death|wive wives|beat beaten|shut|uphold upheld|arise arose arisen"""

_SYNONYMS = """said stated state|told|about around approximately roughly|percent|big large|begin start commence|end finish|
buy purchase|automobile car|doctor physician|attorney lawyer|film movie|kid child|cop police|mum mother|dad father|
assist help|obtain get|reside live|require need|attempt try|nation country|firm company|roughly approximately|
travel journey|kill slay|ahead before|near close|visit trip|show display|physician doctor|spokesman spokesperson spokeswoman|
chairman chairperson chairwoman|photo photograph picture|aeroplane airplane plane aircraft|soccer football|
injure wound hurt|vehicle car|job post|home house|hit strike|soldier troop|pupil student|town city|deal agreement|
rocket missile|buy acquire|sue litigation|choose select pick|gather collect|answer reply|discuss talk"""

_DEMONYMS = """afghan afghanistan|albanian albania|algerian algeria|american america us usa|argentine argentinian argentina|
armenian armenia|australian aussie australia|austrian austria|azerbaijani azeri azerbaijan|bangladeshi bangladesh|
belarusian belarus|belgian belgium|bolivian bolivia|bosnian bosnia|brazilian brazil|british briton britain uk|
bulgarian bulgaria|cambodian cambodia|canadian canada|catalan catalonia|chilean chile|chinese china|colombian colombia|
croatian croatia|cuban cuba|cypriot cyprus|czech czechia|danish dane denmark|dutch netherlands|ecuadorian ecuador|
egyptian egypt|english england|estonian estonia|ethiopian ethiopia|european europe eu|finnish finn finland|french france|
georgian georgia|german germany|ghanaian ghana|greek greece|haitian haiti|hungarian hungary|icelandic iceland|
indian india|indonesian indonesia|iranian iran|iraqi iraq|irish ireland|israeli israel|italian italy|jamaican jamaica|
japanese japan|jordanian jordan|kazakh kazakhstan|kenyan kenya|korean korea|kuwaiti kuwait|latvian latvia|lebanese lebanon|
libyan libya|lithuanian lithuania|malaysian malaysia|maltese malta|mexican mexico|moldovan moldova|mongolian mongolia|
moroccan morocco|nepalese nepali nepal|nigerian nigeria|norwegian norway|pakistani pakistan|palestinian palestine|
peruvian peru|filipino philippine philippines|polish pole poland|portuguese portugal|qatari qatar|romanian romania|
russian russia|rwandan rwanda|saudi|scottish scot scotland|serbian serb serbia|singaporean singapore|slovak slovakia|
slovenian slovenia|somali somalia|spanish spaniard spain|sudanese sudan|swedish swede sweden|swiss switzerland|
syrian syria|taiwanese taiwan|tanzanian tanzania|thai thailand|tunisian tunisia|turkish turk turkey|ugandan uganda|
ukrainian ukraine|uruguayan uruguay|venezuelan venezuela|vietnamese vietnam|welsh wales|yemeni yemen|zimbabwean zimbabwe|
african africa|asian asia|parisian paris|londoner london|texan texas|californian california|muscovite moscow|
muslim islam islamic|catholic catholicism|jewish jew"""

_UNITS = """% percent pct|km kilometre kilometer kilometres kilometers kms|mi mile miles|m metre meter metres meters|
cm centimetre centimeter centimetres centimeters|mm millimetre millimeter millimetres millimeters|ft foot feet|
in inch inches|yd yard yards|kg kilogram kilograms kilo kilos kilogramme kilogrammes|g gram grams gramme grammes|lb lbs pound pounds|oz ounce ounces|
ton tons|tonne tonnes|stone|km/h kph kmh|mph|hour hours hr hrs|min minute minutes mins|sec second seconds secs|day days|week weeks|
month months|year years yr yrs|decade decades|century centuries|$ dollar dollars usd us$|€ euro euros eur|£ gbp sterling|¥ yen jpy yuan|c celsius °c|
f fahrenheit °f|mw megawatt megawatts|gw gigawatt gigawatts|kw kilowatt kilowatts|ha hectare hectares|acre acres|litre liter litres liters l|
gallon gallons|barrel barrels|gb gigabyte gigabytes|mb megabyte megabytes|tb terabyte terabytes|cent cents|degree degrees|
point points|nautical|knot knots|volt volts|watt watts|calorie calories|joule joules|hertz hz|pence penny p|rouble roubles ruble rubles|rupee rupees|franc francs|peso pesos|won|lira|krona|
fold times|dozen dozens|million millions mln mn|billion billions bn|trillion trillions tn|thousand thousands|hundred hundreds"""

MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"], 1
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        [
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ],
        1,
    )
    for name in names.split()
}
RELATIVE_DAYS = frozenset({"yesterday", "today", "tomorrow", "tonight"})


def _groups(text: str) -> list[list[str]]:
    return [group.split() for group in text.replace("\n", "").split("|")]


def _first_of_group(text: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for group in _groups(text):
        for word in group:
            table.setdefault(word, group[0])
    return table


BASE_FORMS = _first_of_group(_IRREGULAR)
"""Irregular form -> base form."""
UNIT_NAMES = _first_of_group(_UNITS)
"""Unit as written -> one name for it. Yen and yuan share a sign, so they share a name."""
COUNTRIES = _first_of_group(_DEMONYMS)
"""A place, or the word for its people -> one key for both."""


def _pairs() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for one, other in _groups(_ANTONYMS):
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in table.items()}


ANTONYMS = _pairs()

SYNONYMS: dict[str, frozenset[str]] = {}
for _group in _groups(_SYNONYMS):
    for _word in _group:
        SYNONYMS[_word] = SYNONYMS.get(_word, frozenset()) | frozenset(_group)

OPERATORS: dict[str, tuple[tuple[tuple[str, ...], OperatorClass], ...]] = {}
"""First word of a phrase -> the phrases it begins with their classes, longest first."""
for _class, _phrases in _PHRASES.items():
    for _phrase in _phrases.split("|"):
        _words = tuple(_phrase.replace("-", " ").split())
        OPERATORS[_words[0]] = (*OPERATORS.get(_words[0], ()), (_words, _class))
OPERATORS = {first: tuple(sorted(phrases, key=lambda p: -len(p[0]))) for first, phrases in OPERATORS.items()}
