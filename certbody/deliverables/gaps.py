"""What fills the gaps of a scheme's wording: body, client, sites, scope, and the document that is audited against."""

from __future__ import annotations

from datetime import date

from certbody.deliverables.deliverable import Showing
from certbody.deliverables.spelled import listed
from certbody.domain.application import Application
from certbody.domain.wording import fill


def said(showing: Showing, application: Application, sentence: str, on: date | None = None) -> str:
    """A sentence of the wording with its gaps filled, as of a day (the document's, unless given).

    Raises:
        ValueError: the sentence has a gap that nothing fills.
    """
    dossier, body = showing.dossier, showing.body
    scheme = body.scheme_for(application.standard, on or showing.on)
    sites = [dossier.sites[each].name for each in application.sites if each in dossier.sites]
    return fill(
        sentence,
        {
            "body": body.profile.name if body.profile else "",
            "client": dossier.client.name if dossier.client else "",
            "sites": listed(sites),
            "scope": application.scope,
            "criteria": scheme.document if scheme else application.basis.criteria,
            "issue": str(scheme.issue) if scheme else "",
            "issued": str(scheme.published_on) if scheme else "",
            "accreditation_note": showing.wording.accreditation_note if showing.wording else "",
        },
    )
