"""The certification body at work: loads, asks the domain, records; the only way onto the record."""

from __future__ import annotations

from certbody.office.hand import Hand
from certbody.office.office import BODY, Office

__all__ = ["BODY", "Hand", "Office"]
