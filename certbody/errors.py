"""What a person may be told instead of a result: what happened, which rule, what next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from certbody.domain.objection import Objection


class CertbodyError(Exception):
    """Foreseen trouble: a headline and its particulars, printed without a traceback.

    Attributes:
        headline: one sentence on what was not done.
        particulars: one line each on why, place and fault first.
        next: what to do now.
        exit_code: what the command line ends with.
    """

    exit_code = 1

    def __init__(self, headline: str, particulars: Iterable[str] = (), *, next: str = "") -> None:
        super().__init__(headline)
        self.headline = headline
        self.particulars = tuple(particulars)
        self.next = next

    def __str__(self) -> str:
        lines = [self.headline, *(f"  {line}" for line in self.particulars)]
        return "\n".join([*lines, f"  Next: {self.next}"] if self.next else lines)


class BadData(CertbodyError):
    """A file, a field or a name that cannot be used: nothing was changed."""


class NotFound(BadData):
    """Something was named that is not on record."""


class Refused(CertbodyError):
    """A rule forbids it. Carries every objection at once."""

    exit_code = 3

    def __init__(self, headline: str, objections: Sequence[Objection]) -> None:
        super().__init__(headline)
        self.objections = tuple(objections)

    def __str__(self) -> str:
        lines = [self.headline]
        for objection in self.objections:
            mark = "Warning: " if objection.level == "W" else ""
            basis = f" ({objection.clause})" if objection.clause else ""
            lines.append(f"  {mark}{objection.text}{basis}")
            if objection.next:
                lines.append(f"    Next: {objection.next}")
        return "\n".join(lines)


class Changed(CertbodyError):
    """Somebody else put something on record meanwhile: read again, then decide again."""

    exit_code = 4


class Damaged(CertbodyError):
    """A file of the office is not what was put there."""

    exit_code = 5
