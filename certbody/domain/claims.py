"""Whether a text claims conformity to guidance, or certification by ISO: a check of wording, not of truth.

Guidance requires nothing, so nobody conforms to it. "ISO 10002 certified" and "complies with ISO 10002" are claims;
"certified under S-10002, based on ISO 10002" is none; "does not attest conformity to ISO 10002" denies one.
The check links words of conformity to the names of the standard, sentence by sentence. It is a net with meshes:
who writes around it gets through, and a person reads what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import attrs

_WORDS = {
    "certify": r"certif(?:y|ying|ie[srd]?|ient|icate[sd]?|ications?|ié\w*|icats?|ica[nr]?|icad[oa]s?|icaci(?:ón|ones))"
    r"|(?:re)?zertifi\w+|registered|registration|accredited|approved|approval|a[ck]{1,2}r[eé]dit(?:iert\w*|é\w*|ad[oa]s?)"
    r"|anerkannt\w*|homolog(?:ad[oa]s?|ué\w*)|belgeli|sertifikalı",
    "conform": r"conform(?:s|ed|ing|ant|ity|ance|es?|ité|idad|ément)?|(?!nicht)\w*konform\w*"
    r"|cumpl(?:en?|ir|imiento|id[oa]s?)|compl(?:y|ies|ied|ying|iant|iance)|entsprich\w*|entsprechen\w*"
    r"|überein(?:stimm\w*)?|eingehalten|einhält|einhaltung|einzuhalten|adhere[sd]?|adherence|adhering"
    r"|répond(?:ent|re)?|satisf(?:ait\w*|aire|ont)|se ajustan?|ajustad[oa]s?",
    "meet": r"meets?|met|(?<=as )meeting|(?<=for )meeting|fulfill?(?:s|ed|ing|ment)?"
    r"|satisf(?:y|ies|ied|ying|acen?|acer)|erfüll\w*|genüg(?:t|en)|h(?:ält|alten)(?=[^.;]{0,80}\bein\s*(?:[.,;]|$|und\b))"
    r"|respecte\w*|rempli\w*",
}
_CONFORMITY = re.compile(
    "|".join(rf"(?P<{kind}>(?<![\w{{])(?<!non-)(?<!non )(?:{words})(?![\w}}]))" for kind, words in _WORDS.items()),
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"conforms|complies|meets|fulfill?s|satisfies|certifies|adheres|erfüllt|entspricht|genügt|cumplen?|satisface|satisfait"
    r"|répond|respecte|remplit",
    re.I,
)
_JOINING = (
    r"(?:requirements?|criteria|provisions?|guidance|guidelines?|principles?|recommendations?"
    r"|anforderungen|requisitos|exigences)\s+(?:and|und|et|y)"
    r"|the|all|any|every|each|an?|its|our|their|your|both|also|now|hereby|full(?:y)?|wholly|entirely|completely"
    r"|strict(?:ly)?|applicable|relevant|current|latest|third|edition|version|international|standards?|norm(?:as?|es?|en)?"
    r"|requirements?|criteria|provisions?|guidance|guidelines?|recommendations?|clauses?|principles?|documents?"
    r"|quality|management|systems?|process(?:es)?|complaints?|handling|complaints-handling|customer|satisfaction"
    r"|of|de[rmnsl]?|die|das|von|vom|du|la|le|les|los|las|el|[dl](?=')|alle[nrs]?|sämtliche[nrs]?|tou(?:te)?s|tod[oa]s"
    r"|anforderungen|vorgaben|exigences|requisitos|voll(?:ständig|umfänglich)?|plenamente|totalmente|pleinement|totalement"
    r"|entièrement|íntegramente|dite|internationale|internacional|iso|\d[\d.]*|[-:\"'(]"
)
_PREPOSITION = (
    r"to|with|against|by|under|for|per|as|in|accordance|according|conformity|compliance|line|nach|gemäß|gemäss|laut"
    r"|mit|zu|zur|selon|suivant|à|aux?|avec|en|par|con|según|conforme|acuerdo|bajo|por|a"
)
_JOINED = re.compile(rf"(?:\s*(?:{_JOINING}|{_PREPOSITION})(?![\w]))*\s*", re.IGNORECASE)
_DIRECT = re.compile(rf"(?:\s*(?:{_JOINING})(?![\w]))*\s*", re.IGNORECASE)
_AT_LENGTH = {
    "certify": re.compile(
        rf"(?:\W+[\w'/-]+){{0,8}}?\s+(?:to|against|under|per|according to|accordance with|nach|gemäß|selon|según|bajo)"
        rf"(?:\s*(?:{_JOINING})(?![\w]))*\s*",
        re.IGNORECASE,
    ),
    "conform": re.compile(
        rf"(?:\W+[\w'/-]+){{0,8}}?\s+(?:to|with|mit|à|aux?|avec|con)(?:\s*(?:{_JOINING})(?![\w]))*\s*", re.IGNORECASE
    ),
}
_BARRIER = re.compile(
    r"[,;]|\{criteria\}|\bscheme\b|\bS-?\d|\b(?:bas(?:ed|es|is)|refer\w*|relat\w*|dr(?:aw|ew)\w*|deriv\w*|buil[dt]\w*"
    r"|us(?:e[sd]?|ing)|appl(?:y|ies|ied|ying)|follow\w*|contribut\w*|belong\w*|prior|due|thanks|regard|respect to"
    r"|subject|similar|addition|link\w*|attention|introduc\w*|train\w*|comment\w*|contrast|compar\w*|oppos\w*|map\w*"
    r"|inspir\w*|lean\w*|point\w*|mention\w*|which|who|whose|because|beruh\w*|angelehnt|lehnt|orientier\w*"
    r"|berücksichtig\w*|basé\w*|basad\w*|basan?|fond(?:é\w*|ent)|appui\w*|appuy\w*|compte|cuenta)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"(?:\s*(?:{_JOINING}|{_PREPOSITION})(?![\w]))*\s*(?:scheme\s+)?(?:[A-Z]{{1,5}}[\w/]*[\s-]*\d[\w:.-]*|\{{\w+\}})"
    rf"(?:,\s*[A-Z]{{2,5}}[\w/]*[\s-]*\d[\w:.-]*)*\s*(?:,?\s*(?:and|or|as well as|&|plus|und|oder|et|ou|[yeo])"
    rf"|/|,(?=\s*$))(?:\s*(?:{_JOINING}|{_PREPOSITION})(?![\w]))*\s*"
)
_BESIDE = re.compile(  # "complies with the law and ISO 10002"
    rf"\s+(?:to|with|against)(?:\s+[\w'/-]+){{1,4}}\s+(?:and|or|as well as)"
    rf"(?:\s*(?:{_JOINING}|{_PREPOSITION})(?!\w))*\s*",
    re.IGNORECASE,
)
_OWN_VERB = re.compile(
    r"\s+(?:is|are|was|were|has|serves?|gives?|helps?|advises?|says?|asks?|remains?)\b", re.IGNORECASE
)
_BEHIND = re.compile(
    r"[\s\"')\]-]*(?:\([^)]*\)\s*)?(?:(?:requirements?|guidance|guidelines?|recommendations?|criteria|principles?"
    r"|standards?|norm(?:as?|es?|en)?|complaints?|complaints-handling|handling|customer|satisfaction|quality"
    r"|management|systems?|process(?:es)?|has|have|had|is|are|was|were|be|been|being|ist|sind|w[ie]rd(?:en)?|wurden?"
    r"|also|now|fully|wholly|entirely|completely|already|vollständig|voll|geprüft(?:e[nrs]?)? und|est|sont|été|son|es"
    r"|están?|se|sido)[\s-]+)*",
    re.IGNORECASE,
)
_UNDER_SCHEME = re.compile(r"\s+(?:under|to|against|by)\s+(?:\w+\s+){0,3}?(?:scheme\b|S-?\d|\{criteria\})", re.I)
_AS_SUBJECT = re.compile(r"conforms|complies|comply|meets?|fulfill?s?|satisf(?:y|ies)", re.IGNORECASE)

_NEGATION = re.compile(
    r"\b(?:not(?! only\b| just\b| merely\b| least\b)|cannot|never|neither|nor|nothing|nobody|none|without(?! exception"
    r"| doubt| fail)|no(?! doubt\b|\.? ?\d|,| less\b| fewer\b| s[oó]l(?:o|amente)\b)|instead of|rather than|far from"
    r"|fail(?:s|ed)? to|unable to|refus\w+|den(?:y|ies|ied)|declin\w+|prohibit\w*|forbid\w*|avoid\w*|refrain\w*"
    r"|inappropriate|misleading|lacks?|wrong(?:ly)?|falsely|nichts?(?! nur\b)|keine?[rmns]?|niemand(?:em|en)?|weder"
    r"|ohne(?! zweifel\b| ausnahme\b)|pas(?! seulement\b)|jamais|rien|aucune?|(?:personne|nul(?:le)?)(?= ne\b| n')"
    r"|sans(?! (?:aucun )?doute\b| exception\b)|ningun[oa]?|ningún|nunca|jamás|nada|nadie|sin(?! duda\b| excepción\b)"
    r"|değil)\b|n't\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\W*(?:nothing|nobody|no one|none|neither|no|nichts|niemand|rien|personne|nada|nadie)\b(?!,)", re.IGNORECASE
)
_TURN = re.compile(r"\b(?:but|however|yet|although|though|while|whereas|sondern|aber|mais|pero|sino)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|which|who|so|therefore|und|et|y)\b", re.IGNORECASE)
_HOLDS = re.compile(r"\b(?:is|are|was|were|has|have|had|remains?|holds?|got|ist|sind|est|está)\b", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\b(?:or|nor|oder|noch|ou|ni|o)\b", re.IGNORECASE)
_ATTEST = (
    r"attest|certif|claim|stat(?:e|ing)|impl(?:y|ies)|mean|say|suggest|confirm|assert|d[eé]clar|bescheinig|besag"
    r"|sag(?:t|en)|behaupt|bestätig|erklär|affirm|afirm|acredit|prétend|revendi"
)
_ATTESTS = re.compile(rf"\b(?:{_ATTEST})", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"[\s\"')\]]*(?:(?:is|are|was|were|can|could|may|must|shall|should|will|would|does|do|has|have|ist|wird|kann)"
    rf"\s*(?:n't|not|never|nicht|kein\w*)\s+(?:(?:be|been|an?|the)\s+)*(?:{_ATTEST}|permi|allow|grant|offer|possib|giv"
    r"|issu|exist|sought|us(?:e|able)|made|make|avail|appropri|intend|part|assess|audit|met|fulfil|granted|möglich"
    r"|angeboten)|(?:is|are|was|were|would be|counts? as|remains?)\s+(?:an?\s+)?(?:misuse|misleading|inappropriate"
    r"|forbidden|refused|prohibited|wrong|false|impossible|excluded|inconsistent|unavailable)|cannot\b"
    r"|(?:is|are) (?:nowhere|neither|no )|does not exist|nicht\b|gibt es (?:nicht|keine)\b|kann n\w+"
    r"|no (?:es posible|existe|se \w+)|n'e(?:st|xiste) pas|ne (?:peut|saurait)|nobody\b|no one\b|nothing\b|none\b)",
    re.IGNORECASE,
)
_REACH = 250
"""Characters between a word and its object, at most; it keeps the check quick on texts without a full stop."""
_LONE = re.compile(
    r"\b(?:products?|produkte?[ns]?|productos?|produits?|accredited|akkreditiert\w*|acreditad[oa]s?|accrédité\w*)\b",
    re.I,
)
_SPACES = {ord(each): " " for each in "\u00a0\u2007\u2009\u202f\u2003\u2002"}
_DASHES = {ord(each): "-" for each in "\u2010\u2011\u2012\u2013\u2014\u2212"}
_QUOTES = {ord(each): '"' for each in "“”„«»‹›"} | {ord(each): "'" for each in "‘’‚"}
_DROPPED: dict[int, str] = {ord(each): "" for each in "\u00ad\u200b\u200c\u200d\u2060*_"}


@attrs.frozen
class Claim:
    """What in a text looks like a claim.

    Attributes:
        said: the words, as they stand, spaces and dashes aside.
        certain: False for a word alone ("product", "accredited") that a person should look at.
    """

    said: str
    certain: bool = True


def conformity_claims(text: str, names: Sequence[str]) -> list[Claim]:
    """The claims in a text that ISO, or a standard of those names, is what something is certified to or fulfils.

    A quotation counts: the caller knows whether the body speaks (refuse) or an auditor quotes (warn).

    Args:
        names: the standard's number and title, such as `ISO 10002:2018` and its published name.
    """
    standard = _pattern(tuple(names))
    found: dict[Claim, None] = {}
    for sentence in _sentences(text):
        found.update(dict.fromkeys(_in_sentence(sentence, standard)))
    return list(found)


def _sentences(text: str) -> Iterator[str]:
    plain = text.translate(_SPACES | _DASHES | _QUOTES | _DROPPED)
    plain = re.sub(r"([a-z])-[ \t]*\r?\n[ \t]*([a-z])", r"\1\2", plain)
    for block in re.split(r"\n\s*\n|\n\s*(?=[-•·]\s|\d+[.)]\s)", plain):
        yield from re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖØ-Þ\"'({])|;\s", re.sub(r"\s+", " ", block))


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """ISO alone, each name with or without its year, and a four-digit number alone."""
    year = r"(?:\s*[:-]?\s*\(?(?:19|20)\d\d\b\)?)?(?!\d)"
    no_other = r"(?![\s/-]*(?:IEC|TS|TR|PAS|Guide|\d))"  # "ISO 9001" is another document
    ways = [rf"\bISO\b{no_other}", r"\bInternational Organi[sz]ation for Standardi[sz]ation\b"]
    for name in names:
        base = re.sub(r":\d{4}$", "", name.strip())
        for title in {base, base.rsplit(" - ", 1)[-1]}:
            if parts := re.findall(r"\w+", title):
                ends = year if parts[-1].isdigit() else no_other
                ways.append(r"(?<![\w-])" + r"[\W_]*".join(map(re.escape, parts)) + rf"(?!\w){ends}")
        if number := re.search(r"\d{4,}$", base):
            ways.append(rf"(?<![\w-])(?<!\bS )(?<!ISO )(?<!ISO/){number[0]}{year}")
    return re.compile("|".join(sorted(ways, key=len, reverse=True)), re.IGNORECASE)


def _in_sentence(sentence: str, standard: re.Pattern[str]) -> Iterator[Claim]:
    named = list(standard.finditer(sentence))
    words = list(_CONFORMITY.finditer(sentence)) if named else []
    for word in words:
        for name in named:
            if name.end() < word.start() - _REACH or name.start() > word.end() + _REACH:
                continue
            first, last = sorted((word, name), key=lambda each: each.start())
            between = sentence[first.end() : last.start()]
            rest = sentence[last.end() :]
            linked = _links(word, between, rest) if first is word else _follows(word, between, rest)
            if linked and not _denied(sentence, first, last, word):
                yield Claim(sentence[first.start() : last.end()].strip())
                break
    for lone in _LONE.finditer(sentence):
        if not _negated(sentence[: lone.start()], lone[0]):
            yield Claim(lone[0], certain=False)


def _links(word: re.Match[str], between: str, rest: str) -> bool:
    """Whether the standard is the object of a word before it."""
    kind = str(word.lastgroup)
    if kind == "meet":
        return bool(_DIRECT.fullmatch(between))
    if _JOINED.fullmatch(between) or _LISTED.fullmatch(between):
        return True
    if _BARRIER.search(between) or _CONFORMITY.search(between):
        return False
    beside = _BESIDE.fullmatch(between) and not _OWN_VERB.match(rest)
    return bool(beside or _AT_LENGTH[kind].fullmatch(between))


def _follows(word: re.Match[str], between: str, rest: str) -> bool:
    """Whether a word behind the standard has it as its object: "ISO 10002 certified", "ISO 10002 is met"."""
    if _AS_SUBJECT.fullmatch(word[0]) or _UNDER_SCHEME.match(rest):
        return False
    return bool(_BEHIND.fullmatch(between))


def _denied(sentence: str, first: re.Match[str], last: re.Match[str], word: re.Match[str]) -> bool:
    if _NEGATION.search(sentence, first.end(), last.start()) or _TAKEN_BACK.match(sentence, last.end()):
        return True
    return _negated(sentence[: first.start()], word[0])


def _negated(before: str, word: str) -> bool:
    """Whether what stands before a word in its sentence denies it."""
    clause = _last_part(before[-3 * _REACH :], _TURN)
    tail = _last_part(clause, _AND)
    governed = _NOBODY.match(clause) and _ATTESTS.search(tail)  # "Nothing in A and B says that ..."
    if tail != clause and not governed and (_FINITE.fullmatch(word) or _HOLDS.search(tail)):
        clause = tail
    negations = list(_NEGATION.finditer(clause))
    if not negations:
        return False
    rest = clause[negations[-1].end() :]
    return (
        "," not in rest
        or rest.lstrip().startswith(",")
        or bool(_ALTERNATIVE.search(rest))
        or bool(_ATTESTS.search(rest))
    )


def _last_part(text: str, divider: re.Pattern[str]) -> str:
    cuts: Iterable[re.Match[str]] = divider.finditer(text)
    return text[max((cut.end() for cut in cuts), default=0) :]
