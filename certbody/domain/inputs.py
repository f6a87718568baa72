"""What a scheme asks of an applicant: fields of an attrs class that become command options and form fields."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

import attrs

from certbody.domain import text

KINDS = (str, int, bool, Decimal)
"""What a question may ask for."""


@attrs.frozen(kw_only=True)
class NoInputs:
    """For a scheme that asks for nothing beyond personnel and sites."""


@attrs.frozen(kw_only=True)
class Question:
    """One question of a scheme: `kind` is str, int, bool or Decimal; `choices` where only these are answers."""

    name: str
    kind: type
    default: Any
    help: str
    choices: tuple[str, ...] = ()

    def read(self, said: str) -> Any:
        """The answer in its kind.

        Raises:
            ValueError: naming the question and what it takes.
        """
        said = said.strip()
        if self.kind is bool:
            if said.casefold() not in ("yes", "no", "true", "false"):
                raise ValueError(f"{self.name}: {said!r} is neither yes nor no")
            return said.casefold() in ("yes", "true")
        if self.kind is int:
            if not (said.isascii() and said.isdigit() and len(said) < 10):
                raise ValueError(f"{self.name}: {said!r} is no whole number")
            return int(said)
        if self.kind is Decimal:
            return self._decimal(said)
        if self.choices and said not in self.choices:
            words = ", ".join(choice or "(none)" for choice in self.choices)
            raise ValueError(f"{self.name}: {said!r} is none of {words}")
        return said

    def _decimal(self, said: str) -> Decimal:
        try:
            value = Decimal(said)
        except InvalidOperation:
            raise ValueError(f"{self.name}: {said!r} is no number") from None
        if not value.is_finite():
            raise ValueError(f"{self.name}: {said!r} is no number")
        return value


def ask(default: Any, help: str, *, choices: tuple[str, ...] = ()) -> Any:
    """A field of a scheme's inputs: its default, the sentence that asks for it, and its choices, if any.

    A text is checked as any other on record; a number is not negative.
    """
    checks: list[Any] = []
    if choices:
        checks.append(attrs.validators.in_(choices))
    if isinstance(default, int | Decimal) and not isinstance(default, bool):
        checks.append(attrs.validators.ge(0))
    if isinstance(default, str):
        checks.append(_one_line)
    return attrs.field(
        default=default,
        converter=text.normal if isinstance(default, str) else None,
        validator=checks,
        metadata={"help": help, "choices": choices},
    )


def _one_line(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if fault := text.fault(value, lines=False):
        raise text.BadText(f"{attribute.name} {fault}")


def questions(kind: type) -> tuple[Question, ...]:
    """The questions that a class of inputs holds, in its order.

    Raises:
        TypeError: it is no attrs class, or a field has no default, no help, or another type than `KINDS`.
    """
    if not (isinstance(kind, type) and attrs.has(kind)):
        raise TypeError(f"inputs {kind!r} is no attrs class")
    hints = get_type_hints(kind)
    found = []
    for field in attrs.fields(kind):
        help = field.metadata.get("help", "")
        if hints[field.name] not in KINDS or field.default is attrs.NOTHING or not help:
            raise TypeError(
                f"{kind.__name__}.{field.name} needs a default, help, and a type of str, int, bool, Decimal"
            )
        choices = tuple(field.metadata.get("choices", ()))
        found.append(
            Question(name=field.name, kind=hints[field.name], default=field.default, help=help, choices=choices)
        )
    return tuple(found)


def answers(kind: type, said: Iterable[tuple[str, ...]]) -> Any:
    """The inputs of a class from pairs of name and text, as they stand on an application; what is empty is default.

    Raises:
        ValueError: with every fault at once, each naming its question.
    """
    known = {question.name: question for question in questions(kind)}
    values, faults = {}, []
    for name, value in said:
        if name not in known:
            faults.append(f"{name}: the scheme asks no such thing; it asks for {', '.join(known) or 'nothing'}")
        elif value.strip():
            try:
                values[name] = known[name].read(value)
            except ValueError as fault:
                faults.append(str(fault))
    if faults:
        raise ValueError("; ".join(faults))
    return kind(**values)


def as_text(inputs: Any) -> tuple[tuple[str, str], ...]:
    """Inputs as pairs of name and text, as they go on record; `answers` reads them back."""
    words = {True: "yes", False: "no"}
    return tuple(
        (name, words[value] if isinstance(value, bool) else str(value))
        for name, value in attrs.asdict(inputs, recurse=False).items()
    )
