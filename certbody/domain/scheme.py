"""Scheme: how one standard is audited and certified here; a value that a plugin hands over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import attrs

from certbody.domain import text
from certbody.domain.audit_time import SiteLoad
from certbody.domain.estimate import Method
from certbody.domain.inputs import NoInputs, Question, questions
from certbody.domain.objection import Objection
from certbody.domain.table import Table
from certbody.domain.time_method import Adjust, Determination

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

Folder = Traversable
"""A folder of data: a `pathlib.Path`, or `importlib.resources.files(...)` of a plugin; read when asked for."""

Objections = Callable[["Dossier", "Body", Any, date], Iterable[Objection]]
"""What a scheme has, beyond the rules of the core, against an act: ``(dossier, body, act, on)``."""


def _no_objections(dossier: Dossier, body: Body, act: Any, on: date) -> Iterable[Objection]:
    return ()


@attrs.frozen(kw_only=True)
class Scheme:
    """How the body certifies against one standard.

    Attributes:
        code: short and unique, such as `iso10002`; what commands and applications name.
        standard: the folder that holds standard.toml, checklist.toml, requirements.toml, fees.toml, wording.toml.
        audit_time: ``(inputs, sites, tables, adjust)`` → `Determination`; `sites` are the audited ones, the central
            one and the sampled; `tables` gives a `Table` by name. Quotation and quick estimate use the same.
        inputs: an attrs class of what the method asks beyond personnel and sites; see `inputs.ask`.
        demo: a folder of files and a script of commands for `certbody demo`, if any.
        objections: what it may add to the rules of the core; it can never take one away.
        deliverables: documents of this scheme alone, such as its scheme document.
    """

    code: str = text.number()
    standard: Folder
    audit_time: Method
    inputs: type = NoInputs
    demo: Folder | None = None
    objections: Objections = _no_objections
    deliverables: tuple[Any, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the scheme asks of an applicant: command options and form fields."""
        return questions(self.inputs)

    def check(self) -> None:
        """Go on only where the scheme is whole, as far as can be said without reading its data.

        Raises:
            TypeError: a part is missing or of the wrong kind.
        """
        if not self.code:
            raise TypeError("a scheme has no code")
        if not (hasattr(self.standard, "joinpath") and hasattr(self.standard, "is_dir")):
            raise TypeError(f"scheme {self.code}: standard {self.standard!r} is no folder")
        if not (callable(self.audit_time) and callable(self.objections)):
            raise TypeError(f"scheme {self.code}: audit_time and objections are functions")
        questions(self.inputs)

    def determine(
        self, inputs: Any, sites: Iterable[SiteLoad], tables: Callable[[str], Table], adjust: Adjust | None = None
    ) -> Determination:
        """The audit time by the scheme's method, for the sites that are audited.

        Raises:
            Undetermined: the method gives no number, and why.
        """
        return self.audit_time(inputs, tuple(sites), tables, adjust or Adjust())
