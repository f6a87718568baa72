"""ISO 10002, complaints handling: guidance, certified here through the body's own scheme."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

import certbody
from certbody import Objection, Scheme, hookimpl
from certbody.domain.act import Act
from certbody.domain.dossier import Dossier
from certbody_iso10002 import readiness
from certbody_iso10002.audit_time import Inputs, audit_time
from certbody_iso10002.scheme_document import DELIVERABLE


@hookimpl
def certbody_schemes() -> Iterable[Scheme]:
    """The scheme S-10002, which turns the guidance of ISO 10002 into requirements."""
    yield Scheme(
        code="iso10002",
        standard=certbody.standard("iso10002"),
        inputs=Inputs,
        audit_time=audit_time,
        demo=files(__name__) / "demo",
        deliverables=(DELIVERABLE,),
    )


@hookimpl
def certbody_objections(dossier: Dossier, act: Act) -> Iterable[Objection]:
    """What the scheme asks before stage 2."""
    return readiness.objections(dossier, act)
