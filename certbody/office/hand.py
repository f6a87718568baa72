"""By whose hand an act is entered, and how the office knows that hand."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class Hand:
    """Whose act it is, and what shows it.

    Attributes:
        by: id of the person whose act it is.
        pin: that person's own PIN, where it was given; never printed, never kept.
        form: a scanned form that the person signed, where somebody else enters it.
        entered_by: id of who enters the act, if another.
    """

    by: str
    pin: str = attrs.field(default="", repr=False)
    form: bytes = attrs.field(default=b"", repr=False)
    entered_by: str = ""
