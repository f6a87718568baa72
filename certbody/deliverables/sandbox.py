"""The environment in which Word templates run: plain data in, escaped text out, no calls, no attributes, no objects.

Templates are changed by people of the body, so they are programs from outside. Jinja's sandbox stops access to
Python's insides, but not a method of an object that the template was given, nor memory and time; hence plain data
only (see `fields`), and a limited child process for templates that were changed (see `word.fill_untrusted`).
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from certbody.deliverables.fields import LISTED, longest, printed

PRINTED: ContextVar[list[str]] = ContextVar("printed")
"""Every text that the template of this moment printed, in order."""

_FILTERS = ("length", "join", "upper", "lower", "first", "last")
_LOOP = frozenset({"index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem"})
_OPERATORS = frozenset({"+", "-", "*", "//", "%"})
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


class Unknown(StrictUndefined):
    """A field that was not supplied: an error wherever it is used."""

    @property
    def _undefined_message(self) -> str:
        return self._undefined_hint or f"the template asks for {self._undefined_name!r}, which is not among its fields"


class Placed:
    """Something that prints its own XML: a picture. `__html__` is its mark for Jinja."""

    def __html__(self) -> str:
        raise NotImplementedError


@pass_context
def shown(_context: Context, value: Any) -> Markup:
    """What a printed value becomes in the document's XML; the last step of every ``{{ … }}``.

    Braces are written as references, so that no later step takes them for a tag. The context is asked for so that
    Jinja prints nothing while it compiles, unseen by PRINTED.
    """
    if isinstance(value, Placed):
        return Markup(value.__html__())
    if isinstance(value, Undefined):
        str(value)  # raises, with the field's name
    if isinstance(value, Markup):
        value = str(value)
    if not (value is None or isinstance(value, str | int)):
        raise SecurityError(f"it prints a {type(value).__name__}, where a text belongs")
    text = printed(value)
    if text:
        PRINTED.get().append(text)
    marked = escape(text).replace("{", Markup("&#123;")).replace("}", Markup("&#125;"))
    return marked.replace("\n", _BREAK).replace("\t", _TAB)


class StrictEnvironment(ImmutableSandboxedEnvironment):
    """Jinja with nothing but conditions, loops and fields of plain data."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Unknown, finalize=shown, cache_size=0, loader=None)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``a.b``: a key of a dict, or a property of ``loop``; nothing else has attributes here."""
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            str(obj)
        raise _forbidden(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """``a[b]``: a key of a dict, or a place in a list."""
        if type(obj) is dict and type(argument) is str:
            return self.getattr(obj, argument)
        if type(obj) is list and type(argument) is int:
            return obj[argument] if -len(obj) <= argument < len(obj) else self.undefined(obj=obj, name=str(argument))
        if isinstance(obj, Undefined):
            str(obj)
        raise SecurityError(
            f"the template asks a {type(obj).__name__} for {str(argument)[:40]!r}, which no template may"
        )

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        raise SecurityError("the template calls a function, which no template may")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums of numbers; no ``'a' * 1000000000`` and no powers."""
        if operator in _OPERATORS and type(left) is int and type(right) is int:
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"the template uses {operator} on something else than whole numbers")


def _forbidden(obj: object, name: str) -> SecurityError:
    return SecurityError(f"the template asks a {type(obj).__name__} for {name!r}, which no template may")


@cache
def environment() -> StrictEnvironment:
    """The one environment."""
    return StrictEnvironment()


@lru_cache(maxsize=64)
def compiled(source: str) -> Template:
    """The template of that text, compiled once."""
    return environment().from_string(source)


def asked(source: str) -> set[str]:
    """The paths of the fields that a template's text asks for, loops followed: ``items[].ask``."""
    found = Asking()
    found.look(environment().parse(source), {"loop": None})
    return longest(found.paths)


Scope = dict[str, str | None]
"""Names that a loop or ``set`` gives, each with the path that it stands for; None for one that is no field."""


class Asking:
    """Collects what expressions and loops ask for.

    Attributes:
        paths: of all fields, those included that only lead to others.
        listed: of those that are lists, since a loop goes over them or `join`, `first` or `last` is asked of them.
        counted: of those that are whole numbers, since they are calculated with or compared with one.
        keys: of those that name a picture, as in ``pictures[photo.name]``.
    """

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.listed: set[str] = set()
        self.counted: set[str] = set()
        self.keys: set[str] = set()

    def look(self, node: nodes.Node, scope: Scope) -> None:
        """Take in what a node asks for; `scope` takes what ``set`` gives."""
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            path = self.path(node, scope)
            if path:
                self.paths.add(path)
        elif isinstance(node, nodes.For):
            inner = self.turn(node, scope)
            for each in [*node.body, *([node.test] if node.test else [])]:
                self.look(each, inner)
            for each in node.else_:
                self.look(each, scope)
        elif isinstance(node, nodes.Assign):
            self.look(node.node, scope)
            if isinstance(node.target, nodes.Name):
                scope[node.target.name] = self.path(node.node, scope)
        else:
            self._uses(node, scope)
            for each in node.iter_child_nodes():
                self.look(each, scope)

    def turn(self, node: nodes.For, scope: Scope) -> Scope:
        """The scope inside a loop."""
        path = self.path(node.iter, scope)
        if path:
            self.paths.add(path)
            self.listed.add(path)
        else:
            self.look(node.iter, scope)
        target: Scope = {node.target.name: path and path + LISTED} if isinstance(node.target, nodes.Name) else {}
        return scope | target | {"loop": None}

    def path(self, node: nodes.Node, scope: Scope) -> str | None:
        """The path that an expression names, or None where it names none."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name, node.name) if node.ctx == "load" else None
        if isinstance(node, nodes.Getattr):
            base = self.path(node.node, scope)
            return base and f"{base}.{node.attr}"
        if isinstance(node, nodes.Getitem):
            base = self.path(node.node, scope)
            if isinstance(node.arg, nodes.Const):
                return base and (f"{base}.{node.arg.value}" if isinstance(node.arg.value, str) else base + LISTED)
            self.look(node.arg, scope)
            if base == "pictures" and (key := self.path(node.arg, scope)):
                self.keys.add(key)
            return base
        return None

    def _uses(self, node: nodes.Node, scope: Scope) -> None:
        """What an operator or a filter tells of the fields it is used on."""
        if isinstance(node, nodes.Filter) and node.name in ("join", "first", "last") and node.node is not None:
            self._note(self.listed, node.node, scope)
        elif isinstance(node, nodes.Compare):
            sides = [node.expr, *(each.expr for each in node.ops)]
            if any(isinstance(each, nodes.Const) and type(each.value) is int for each in sides):
                for each in sides:
                    self._note(self.counted, each, scope)
        elif isinstance(node, nodes.BinExpr) and not isinstance(node, nodes.And | nodes.Or):
            for each in (node.left, node.right):
                self._note(self.counted, each, scope)

    def _note(self, group: set[str], node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem) and (path := self.path(node, scope)):
            group.add(path)
