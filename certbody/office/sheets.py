"""The information sheet for applicants: the scheme's data, what examples cost, and the body's own rules, on paper."""

from __future__ import annotations

from datetime import date

from certbody import resources
from certbody.domain.audit_time import Rounding
from certbody.domain.sheet import Sheet, costs
from certbody.domain.standard import Nature
from certbody.domain.time_method import Adjust
from certbody.office.office import BODY, Office
from certbody.office.papers import Paper, make
from certbody.office.quotations import fees_of

KIND = "information-sheet"
SELF_ASSESSMENT = "self-assessment.toml"
"""The file that a scheme with a self-assessment workbook has."""


def sheet_of(office: Office, code: str) -> Sheet:
    """What the sheet says of a scheme: the body's own file standards/CODE/sheet.toml in the office, else the shipped.

    Raises:
        BadData: with every fault in it.
    """
    own, shipped = office.folder / "standards" / code, office.scheme(code).standard
    return resources.sheet(own, of=shipped) if (own / "sheet.toml").is_file() else resources.sheet(shipped)


def make_sheet(office: Office, code: str, *, on: date) -> Paper:
    """The information sheet of a scheme (ISO/IEC 17021-1:2015, 8.1, 8.5.1), as of a day.

    It is a draft while guidance, or a scheme that another owns, has not been published on record by the body.

    Raises:
        BadData: nobody certifies to a document of this nature; the data or the fees cannot be used.
    """
    scheme, standard, body = office.scheme(code), office.standard(code), office.body
    sheet, policy, published = sheet_of(office, code), body.policy, body.scheme_for(code, on)
    adjust = Adjust(rounding=Rounding(policy.rounding), surveillance_minimum=policy.minimum_surveillance_days)
    priced = costs(sheet, scheme, tables=resources.table, fees=fees_of(office, code), adjust=adjust)
    return make(
        office,
        KIND,
        BODY,
        published.id if published else "",
        on=on,
        standard=code,
        draft=published is None and standard.nature in (Nature.GUIDANCE, Nature.CLOSED),
        extra={
            "sheet": sheet,
            "costs": priced,
            "self_assessment": (scheme.standard / SELF_ASSESSMENT).is_file(),
        },
    )
