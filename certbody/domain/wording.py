"""The sentences a body prints for one scheme, as data with named gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from certbody.domain import text
from certbody.domain.claims import conformity_claims

GAPS = frozenset({"body", "client", "sites", "scope", "criteria", "issue", "issued", "accreditation_note"})
"""The names that may stand in braces."""

_GAP = re.compile(r"\{(\w*)\}")


@attrs.frozen(kw_only=True)
class Wording:
    """What the body says in its documents under one scheme; a body may change every sentence.

    Attributes:
        certificate_titles: the titles that the body may choose from; the first is the default.
        client_sentence: what a certified client may say of itself (8.3).
    """

    certificate_titles: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    certificate_statement: str = text.prose(required=True)
    accreditation_note: str = text.prose(default="")
    attests_not: str = text.prose(default="")
    client_sentence: str = text.prose(required=True)
    quotation_note: str = text.prose(default="")
    sampling_disclaimer: str = text.prose(required=True)

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Every sentence with the name of its field."""
        for index, title in enumerate(self.certificate_titles):
            yield f"certificate_titles[{index}]", title
        for name, value in attrs.asdict(self).items():
            if isinstance(value, str):
                yield name, value


def fill(sentence: str, said: Mapping[str, str]) -> str:
    """A sentence with its gaps filled. What is filled in is never read for gaps again.

    Raises:
        ValueError: the sentence has a gap that nothing fills.
    """

    def put(found: re.Match[str]) -> str:
        if found[1] not in said:
            raise ValueError(f"nothing fills {found[0]}")
        return said[found[1]]

    return _GAP.sub(put, sentence).strip()


def gaps(sentence: str) -> set[str]:
    """The names of a sentence's gaps."""
    return set(_GAP.findall(sentence))


def faults(wording: Wording, names: tuple[str, ...]) -> Iterator[str]:
    """Unknown gaps, and claims of conformity where the standard is guidance (`names`; empty: it is none)."""
    for field, sentence in wording.sentences():
        for gap in _GAP.findall(sentence):
            if gap not in GAPS:
                yield f"{field}: nothing fills {{{gap}}}; known are {', '.join(sorted(GAPS))}"
        for claim in conformity_claims(sentence, names) if names else ():
            if claim.certain:
                yield f"{field}: {claim.said!r} claims conformity to guidance; name the body's own scheme instead"
