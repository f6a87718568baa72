"""The sentences of one scheme in a second language, held to those in English sentence by sentence and gap by gap."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from certbody.domain import text
from certbody.domain.claims import conformity_claims
from certbody.domain.wording import Wording, gaps


@attrs.frozen(kw_only=True)
class Translation:
    """What certificate and decision letter say under one scheme in a second language, beside the English wording.

    Attributes:
        certificate_titles: as many as in English, in the same order.
    """

    certificate_titles: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    certificate_statement: str = text.prose(required=True)
    accreditation_note: str = text.prose(default="")
    attests_not: str = text.prose(default="")
    client_sentence: str = text.prose(required=True)

    def title(self, english: str, wording: Wording) -> str:
        """The title in this language that stands where an English one does; empty where the body has one of its own."""
        titles = dict(zip(wording.certificate_titles, self.certificate_titles, strict=False))
        return titles.get(english, "")


def faults(translation: Translation, wording: Wording, names: tuple[str, ...]) -> Iterator[str]:
    """Sentences or gaps that the English wording has and the translation has not, or the other way round.

    Args:
        names: of the standard, where it is guidance: then every claim of conformity to it, too; empty otherwise.
    """
    said, english = translation.certificate_titles, wording.certificate_titles
    if len(said) != len(english):
        yield f"certificate_titles has {len(said)} titles; in English there are {len(english)}"
    pairs = {f"certificate_titles[{index}]": (title, None) for index, title in enumerate(said)} | {
        field: (value, getattr(wording, field))
        for field, value in attrs.asdict(translation).items()
        if isinstance(value, str)
    }
    for field, (sentence, model) in pairs.items():
        if model is not None and bool(sentence.strip()) != bool(model.strip()):
            yield f"{field} is {'empty' if model.strip() else 'not empty'}; in English it is not so"
            continue
        asked = gaps(model or "")
        for gap in sorted(gaps(sentence) - asked):
            known = ", ".join(f"{{{each}}}" for each in sorted(asked)) or "none"
            yield f"{field}: nothing fills {{{gap}}}; the gaps of the English sentence are {known}"
        for gap in sorted(asked - gaps(sentence)):
            yield f"{field}: {{{gap}}} is left out"
        for claim in conformity_claims(sentence, names) if names else ():
            if claim.certain:
                yield f"{field}: {claim.said!r} claims conformity to guidance; name the body's own scheme instead"
