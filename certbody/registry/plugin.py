"""One plugin: imported, checked, and asked for its values, each fault of it as a sentence."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from traceback import extract_tb
from typing import Any, TypeVar

import attrs
import pluggy

from certbody import hookspecs
from certbody.deliverables.deliverable import Deliverable
from certbody.domain.scheme import Scheme
from certbody.hookspecs import GROUP

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Plugin:
    """One installed plugin: where it comes from, what it supplies, and what is wrong with it.

    Attributes:
        name: of its entry point; what CERTBODY_BLOCK takes.
        file: of its module, as far as it can be found.
        hook: calls the hooks of this plugin alone; None where it could not be imported.
        faults: each a sentence that names plugin and file.
    """

    name: str
    target: str
    file: str = ""
    distribution: str = ""
    version: str = ""
    blocked: bool = False
    hook: Any = None
    hooks: tuple[str, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    faults: tuple[str, ...] = ()

    def call(self, name: str, **given: object) -> Iterator[Any]:
        """What the plugin's own implementation of a hook gives."""
        for values in getattr(self.hook, name)(**given):
            yield from values

    def at_fault(self, fault: str) -> Plugin:
        """The plugin with one fault more, as a sentence that names it and its file."""
        return attrs.evolve(self, faults=(*self.faults, f"Plugin {self.name} ({self.file}) {fault}."))


def loaded(entry: EntryPoint, blocked: bool) -> Plugin:
    """The plugin of an entry point, with its faults; never raises, and imports nothing that is blocked."""
    distribution, version = _origin(entry)
    plugin = Plugin(
        name=entry.name,
        target=entry.value,
        file=_file(entry),
        distribution=distribution,
        version=version,
        blocked=blocked,
    )
    if blocked:
        return plugin
    try:
        module = entry.load()
    except (Exception, SystemExit) as fault:
        return plugin.at_fault(f"cannot be imported: {named(fault)}{_line(fault)}")
    manager = pluggy.PluginManager(GROUP)  # one for each plugin, so that none can wrap or hide another's hooks
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(module, name=entry.name)
    except (pluggy.PluginValidationError, ValueError, TypeError) as fault:
        said = str(fault).strip().splitlines()
        return plugin.at_fault(f"has a hook with wrong arguments: {' '.join(line.strip() for line in said[-3:])}")
    plugin = attrs.evolve(plugin, hook=manager.hook, hooks=tuple(sorted(_hooks(manager, module))))
    for wrong in _misspelt(manager, module):
        plugin = plugin.at_fault(wrong)
    return plugin if plugin.faults else _supplied(plugin)


def _hooks(manager: pluggy.PluginManager, module: object) -> list[str]:
    return [caller.name for caller in manager.get_hookcallers(module) or ()]


def _misspelt(manager: pluggy.PluginManager, module: object) -> Iterator[str]:
    known = [name for name in vars(hookspecs) if name.startswith(f"{GROUP}_")]
    for name in _hooks(manager, module):
        caller = getattr(manager.hook, name)
        if not caller.has_spec():
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {close[0]}?" if close else f"; there are {', '.join(known)}"
            yield f"implements {name}, which is no hook{hint}"
        elif any(each.wrapper or each.hookwrapper for each in caller.get_hookimpls()):
            yield f"wraps {name}; a plugin adds, and wraps nothing"
    for name in known:
        if callable(getattr(module, name, None)) and name not in _hooks(manager, module):
            yield f"has a function {name} that is not marked with certbody.hookimpl"


def _supplied(plugin: Plugin) -> Plugin:
    """The plugin with its schemes and deliverables, or with the fault that one of them has."""
    hook = "certbody_schemes"
    try:
        schemes = tuple(_kind(Scheme, value) for value in plugin.call(hook)) if hook in plugin.hooks else ()
        for scheme in schemes:
            scheme.check()
            for document in scheme.deliverables:
                _kind(Deliverable, document)
        hook = "certbody_deliverables"
        documents = tuple(_kind(Deliverable, value) for value in plugin.call(hook)) if hook in plugin.hooks else ()
    except (Exception, SystemExit) as fault:
        return plugin.at_fault(f"fails in {hook}: {named(fault)}{_line(fault)}")
    return attrs.evolve(plugin, schemes=schemes, deliverables=documents)


def _kind(kind: type[T], value: object) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _origin(entry: EntryPoint) -> tuple[str, str]:
    """Distribution and version, as far as its metadata can be read."""
    try:
        return (entry.dist.name, entry.dist.version) if entry.dist else ("", "")
    except Exception:
        return "", ""


def _file(entry: EntryPoint) -> str:
    """The plugin's file, found without running it where that is possible."""
    try:
        spec = find_spec(entry.module)
    except (Exception, SystemExit):
        return entry.module
    return (spec.origin if spec else None) or entry.module


def named(fault: BaseException) -> str:
    """A fault in one line: its kind and what it says."""
    return f"{type(fault).__name__}: {fault}".strip().rstrip(".:").splitlines()[0]


def _line(fault: BaseException) -> str:
    """Where a fault happened, as file and line."""
    if isinstance(fault, SyntaxError):
        return f" ({fault.filename}, line {fault.lineno})"
    frames = extract_tb(fault.__traceback__)
    inside = [frame for frame in frames if "importlib" not in frame.filename and frame.filename != __file__]
    return f" ({inside[-1].filename}, line {inside[-1].lineno})" if inside else ""
