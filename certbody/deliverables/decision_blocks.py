"""What stands in the letter on each kind of decision, and in which order: the keys of its terms, in templates/terms."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from certbody.deliverables.composed import Block, Part, block, bullet, lead, quote, text
from certbody.domain.decision import Kind

ANNULMENT = "annulment"
"""The kind of letter that tells of a decision annulled."""


@attrs.frozen
class Letter:
    """One kind of letter.

    Attributes:
        opening: what was decided, by whom in general, from when.
        facts: the rows of its table, by the names that `decision_facts` gives them.
        blocks: what follows reason, conditions and nonconformities.
    """

    opening: tuple[Part, ...]
    facts: str
    blocks: tuple[Block, ...]


_REGISTER_AT = ("register.at", "verify")
_APPEAL = block(
    "appeal",
    text(("appeal.where", "email"), ("appeal.write", "!email"), "appeal.how"),
    text(("appeal.meanwhile", "adverse"), "appeal.complain", ("appeal.process", "process")),
)
_PUBLIC = block("public", text("public.facts"), text("public.rest"))
_ENDING = (_PUBLIC, _APPEAL)
_WATCHED = bullet(("next.watched", "watched"))
_SURVEILLANCE = bullet(
    ("stays.surveillance", "surveillance !overdue"), ("stays.planned", "surveillance !overdue planned")
)
_RECERTIFICATION = bullet(("stays.recertification", "recertification"))
_REVISED = bullet(("document.revised_enclosed", "revised"), ("document.revised_follows", "!revised"))
_CHANGES = block(
    "changes",
    lead("changes.when"),
    bullet("changes.status"),
    bullet("changes.management"),
    bullet("changes.sites"),
    bullet("changes.scope"),
    bullet("changes.system"),
    text("changes.answer"),
)
_USE = block(
    "use",
    lead(("use.sentence", "sentence")),
    quote(("use.quoted", "sentence")),
    text("use.limits", ("use.rules", "rules"), ("use.scheme", "scheme")),
)

LETTERS: Mapping[str, Letter] = {
    Kind.GRANT: Letter(
        (text("opening.grant", "taken_on_review"),),
        "decision document criteria scope sites effective valid accreditation",
        (
            block(
                "next",
                bullet(("document.enclosed", "issued"), ("document.follows", "!issued")),
                bullet("next.first", ("stays.planned", "planned"), "next.write"),
                _WATCHED,
                bullet("stays.as_long"),
            ),
            _CHANGES,
            _USE,
            *_ENDING,
        ),
    ),
    Kind.REFUSE: Letter(
        (text("opening.refuse", "taken", "opening.sorry"),),
        "decision criteria scope sites",
        (
            block("can", bullet("can.appeal"), bullet("can.again"), bullet("can.explain"), bullet("can.no_reference")),
            block("public", text("public.refused")),
            _APPEAL,
        ),
    ),
    Kind.MAINTAIN: Letter(
        (text("opening.maintain", "taken"),),
        "decision document criteria scope sites effective ends",
        (
            block("meaning", bullet("meaning.maintain"), bullet(("meaning.use_rules", "rules"))),
            block(
                "next", _SURVEILLANCE, _RECERTIFICATION, _WATCHED, bullet("stays.as_long"), bullet("changes.in_short")
            ),
            *_ENDING,
        ),
    ),
    Kind.RENEW: Letter(
        (text("opening.renew", "taken_on_review"),),
        "decision document criteria scope sites effective valid",
        (
            block("meaning", bullet("meaning.renew"), _REVISED, bullet(("meaning.use_rules", "rules"))),
            block(
                "next",
                bullet(("stays.surveillance", "surveillance issued"), ("stays.planned", "surveillance issued planned")),
                _WATCHED,
                bullet("stays.as_long"),
                bullet("changes.in_short"),
            ),
            *_ENDING,
        ),
    ),
    Kind.EXPAND: Letter(
        (text("opening.expand", "taken"),),
        "decision document criteria scope_before scope_after sites_after sites_added effective ends",
        (
            block(
                "meaning",
                bullet("meaning.expand"),
                _REVISED,
                bullet(("meaning.expand_wait", "!revised"), ("meaning.use_rules", "rules")),
                bullet("register.expand", _REGISTER_AT),
            ),
            block("stays", bullet(("stays.expiry", "expires")), _SURVEILLANCE, _RECERTIFICATION),
            block("next", _WATCHED, bullet("stays.as_long"), bullet("changes.in_short")),
            *_ENDING,
        ),
    ),
    Kind.REDUCE: Letter(
        (text("opening.reduce", "taken", "opening.below"),),
        "decision document criteria scope_before scope_after sites_after sites_removed ground effective ends",
        (
            block(
                "meaning",
                bullet("meaning.reduce"),
                bullet(("meaning.still_suspended", "suspended")),
                bullet("register.reduce", _REGISTER_AT),
            ),
            block("todo", bullet("meaning.publish"), _REVISED, bullet("todo.confirm"), bullet("todo.ask")),
            block(
                "stays",
                bullet(("stays.expiry", "expires !suspended"), ("stays.expiry_suspended", "expires suspended")),
                _SURVEILLANCE,
                _RECERTIFICATION,
                bullet("stays.agreement"),
            ),
            *_ENDING,
        ),
    ),
    Kind.SUSPEND: Letter(
        (text("opening.suspend", "taken", "opening.below_suspend"),),
        "decision document criteria scope sites ground effective until ends",
        (
            block(
                "meaning",
                bullet("meaning.suspend"),
                bullet("meaning.stop"),
                bullet("meaning.no_claim"),
                bullet("register.suspend", _REGISTER_AT),
            ),
            block("todo", bullet("todo.suspend_{cause}"), bullet("todo.ask")),
            block("follows", bullet("follows.restore"), bullet("follows.withdraw")),
            block(
                "stays",
                bullet(("stays.expiry_suspended", "expires")),
                _SURVEILLANCE,
                _RECERTIFICATION,
                bullet("stays.agreement"),
            ),
            *_ENDING,
        ),
    ),
    Kind.RESTORE: Letter(
        (text("opening.restore", "taken"),),
        "decision document criteria scope sites effective ends",
        (
            block(
                "meaning",
                bullet("meaning.restore", ("meaning.use_rules", "rules")),
                bullet(("meaning.restore_gap", "suspended")),
                bullet("register.restore", _REGISTER_AT),
            ),
            block("stays", bullet(("stays.expiry_suspended", "expires")), _SURVEILLANCE, _RECERTIFICATION),
            block("next", _WATCHED, bullet("stays.as_long"), bullet("changes.in_short")),
            *_ENDING,
        ),
    ),
    Kind.WITHDRAW: Letter(
        (text("opening.withdraw", "taken", "opening.below"),),
        "decision document criteria scope sites ground effective",
        (
            block(
                "meaning",
                bullet("meaning.withdraw"),
                bullet("meaning.no_claim"),
                bullet("register.withdraw", _REGISTER_AT),
            ),
            block(
                "todo",
                bullet("meaning.stop"),
                bullet("meaning.amend"),
                bullet("meaning.return"),
                bullet("todo.confirm"),
                bullet("todo.ask"),
            ),
            block("stays", bullet("stays.afterwards")),
            *_ENDING,
        ),
    ),
    ANNULMENT: Letter(
        (text("opening.annul_{decided_kind}", "opening.annulled_by"),),
        "decision annulled document criteria scope sites ends",
        (
            block(
                "meaning",
                bullet("meaning.annulled"),
                bullet(("meaning.annulled_valid", "valid_now"), ("meaning.annulled_invalid", "!valid_now")),
                bullet("meaning.annulled_undone"),
                bullet(("meaning.annulled_copy", "copy")),
                bullet("register.annulment", _REGISTER_AT),
                bullet("meaning.annulled_appeal"),
            ),
            *_ENDING,
        ),
    ),
}
"""For each kind of decision, and for an annulment, its letter."""
