"""Changes at a certified client in the office: received under a number, reviewed, and listed."""

from __future__ import annotations

from datetime import date

from certbody.domain.change import Action, Change, ChangeNotice, ChangeReview, review_of
from certbody.office.hand import Hand
from certbody.office.numbered import record_numbered
from certbody.office.office import Office


def find_change(office: Office, number: str) -> tuple[str, ChangeNotice]:
    """Journal and record of the change notice of a number.

    Raises:
        NotFound: there is none.
    """
    journal, key = office.find("change_notices", number)
    return journal, office.dossier(journal).change_notices[key]


def receive_change(
    office: Office,
    certificate: str,
    kind: Change,
    *,
    what: str,
    by: str,
    on: date,
    hand: Hand,
    sites: tuple[str, ...] = (),
    letter: bytes = b"",
    why: str = "",
) -> ChangeNotice:
    """Put a change on record that the client told, or the body noticed, about the certificate of a number.

    Args:
        sites: ids of the sites it is about, on record before; see `add_site`.
        letter: the client's letter as it came, kept as evidence.
    """
    journal, key = office.find("certificates", certificate)
    held = office.dossier(journal).certificates[key]
    kept = office.keep(letter) if letter else ""

    def made(record: str, number: str) -> ChangeNotice:
        return ChangeNotice(
            id=record,
            number=number,
            application=held.application,
            certificate=held.number,
            received_on=on,
            by=by,
            kind=kind,
            what=what,
            sites=sites,
            letter=kept,
        )

    done = "change notified by client"
    return record_numbered(office, journal, done, "change", "change_notices", made, hand=hand, on=on, why=why)


def review_change(
    office: Office, number: str, action: Action, *, reason: str, on: date, hand: Hand, why: str = ""
) -> tuple[ChangeNotice, ChangeReview]:
    """Put on record what the body makes of a change."""
    journal, notice = find_change(office, number)
    made = ChangeReview(id=office.make_id(), notice=notice.id, reviewed_on=on, by=hand.by, action=action, reason=reason)
    office.record(journal, "change reviewed", {"change_reviews": [made]}, hand=hand, why=why)
    return notice, made


def changes_listed(office: Office, on: date) -> list[tuple[str, ChangeNotice, ChangeReview | None]]:
    """Every change notice received by a day, oldest first, with its journal and its newest review by then."""
    found = []
    for journal in dict.fromkeys(journal for journal, _, _ in office.index.find("change_notices")):
        dossier = office.dossier(journal)
        found += [
            (journal, each, review_of(each, dossier, on))
            for each in dossier.change_notices.values()
            if each.received_on <= on
        ]
    return sorted(found, key=lambda row: (row[1].received_on, row[1].id))
