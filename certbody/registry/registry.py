"""What the installed plugins supply, gathered: an object, never a global."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, partial
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from certbody.deliverables.deliverable import Deliverable
from certbody.domain.act import Act
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection
from certbody.domain.scheme import Scheme
from certbody.errors import BadData, NotFound
from certbody.hookspecs import GROUP
from certbody.registry.plugin import Plugin, loaded, named

BLOCK = "CERTBODY_BLOCK"
"""Environment variable: names of plugins, separated by commas, that are left out."""


class WiringFault(BadData):
    """A plugin cannot be used: one sentence for each fault, naming plugin and file."""


class Registry:
    """What the installed plugins supply. Asking for any of it raises `WiringFault` where one plugin is at fault.

    Attributes:
        plugins: all that were found, in the order of their names, with their faults; never raises.
    """

    def __init__(self, found: Iterable[EntryPoint] = (), *, block: str = "") -> None:
        blocked = frozenset(name.strip() for name in block.split(",") if name.strip())
        ordered = sorted(found, key=lambda entry: (entry.name, entry.value))
        self.plugins = _without_doubles([loaded(entry, entry.name in blocked) for entry in ordered])

    @classmethod
    def gathered(cls, environment: Mapping[str, str] = os.environ) -> Registry:
        """The plugins installed here, without those that CERTBODY_BLOCK names."""
        return cls(entry_points(group=GROUP), block=environment.get(BLOCK, ""))

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the wiring, a sentence each; empty where all is well."""
        return tuple(fault for plugin in self.plugins for fault in plugin.faults)

    def check(self) -> None:
        """Go on only where every plugin is sound.

        Raises:
            WiringFault: with every fault at once, and how to go on without the plugin.
        """
        if faulty := [plugin for plugin in self.plugins if plugin.faults]:
            names = ",".join(dict.fromkeys(plugin.name for plugin in faulty))
            headline = f"{len(faulty)} plugin{' is' if len(faulty) == 1 else 's are'} wired wrongly."
            raise WiringFault(headline, self.faults, next=f"correct the plugin, or go on without it: {BLOCK}={names}")

    @cached_property
    def schemes(self) -> Mapping[str, Scheme]:
        """Every scheme by its code."""
        self.check()
        return {scheme.code: scheme for plugin in self.plugins for scheme in plugin.schemes}

    def scheme(self, code: str) -> Scheme:
        """The scheme of a code.

        Raises:
            NotFound: no plugin supplies it; with the nearest code that there is.
        """
        if code in self.schemes:
            return self.schemes[code]
        close = difflib.get_close_matches(code.lower(), self.schemes, n=1)
        known = ", ".join(sorted(self.schemes)) or "none"
        step = f"did you mean {close[0]}?" if close else f"schemes installed here: {known}"
        raise NotFound(f"There is no scheme {code!r}.", next=step)

    @cached_property
    def deliverables(self) -> tuple[Deliverable, ...]:
        """The documents that plugins and their schemes bring."""
        self.check()
        own = [each for plugin in self.plugins for each in plugin.deliverables]
        return (*own, *(each for scheme in self.schemes.values() for each in scheme.deliverables))

    def objections(self, dossier: Dossier, body: Body, act: Act, on: date) -> list[Objection]:
        """What plugins, and the schemes that the dossier applies for, have against an act.

        Each is asked on its own, so that none can stop, change or hide another's answer. One that raises
        counts as an objection: a gate that fails stays shut.
        """
        self.check()
        found: list[Objection] = []
        ask: Callable[[], Iterable[Any]]
        for plugin in self.plugins:
            if "certbody_objections" in plugin.hooks:
                ask = partial(plugin.call, "certbody_objections", dossier=dossier, body=body, act=act, on=on)
                found += _asked(f"Plugin {plugin.name}", plugin.name, ask)
            applied = {each.standard for each in dossier.applications.values()}
            for scheme in plugin.schemes:
                if scheme.code in applied:
                    ask = partial(scheme.objections, dossier, body, act, on)
                    found += _asked(f"Scheme {scheme.code}", plugin.name, ask)
        return found

    def describe(self) -> list[dict[str, Any]]:
        """What is installed, from where, what it supplies, and what is wrong with it; plain data, and never raises."""
        return [
            {
                "name": plugin.name,
                "state": "blocked" if plugin.blocked else "faulty" if plugin.faults else "loaded",
                "distribution": plugin.distribution,
                "version": plugin.version,
                "module": plugin.target,
                "file": plugin.file,
                "hooks": list(plugin.hooks),
                "schemes": [scheme.code for scheme in plugin.schemes],
                "deliverables": [
                    each.kind
                    for each in (*plugin.deliverables, *(own for s in plugin.schemes for own in s.deliverables))
                ],
                "faults": list(plugin.faults),
            }
            for plugin in self.plugins
        ]


def _asked(who: str, plugin: str, ask: Callable[[], Iterable[Any]]) -> list[Objection]:
    """What a plugin answers; a fault of the plugin is itself an objection."""
    try:
        said = list(ask())
        if strange := [each for each in said if not isinstance(each, Objection)]:
            raise TypeError(f"{strange[0]!r} is no Objection")
    except (Exception, SystemExit) as fault:
        step = f"correct the plugin, or go on without it: {BLOCK}={plugin}"
        return [Objection(text=f"{who} could not judge this act: {named(fault)}.", next=step)]
    return said


def _without_doubles(plugins: list[Plugin]) -> tuple[Plugin, ...]:
    """Two plugins of one name, or two schemes of one code, are a fault of both: nobody knows which is meant."""
    names = Counter(plugin.name for plugin in plugins if not plugin.blocked)
    codes: dict[str, list[Plugin]] = {}
    for plugin in plugins:
        for scheme in plugin.schemes:
            codes.setdefault(scheme.code, []).append(plugin)
    checked = []
    for plugin in plugins:
        if names[plugin.name] > 1 and not plugin.blocked:
            plugin = plugin.at_fault("shares its name with another plugin")
        for code in dict.fromkeys(scheme.code for scheme in plugin.schemes):
            if len(suppliers := codes[code]) > 1:
                others = [each.name for each in suppliers if each.name != plugin.name] or ["itself"]
                plugin = plugin.at_fault(f"supplies scheme {code}, which {', '.join(others)} supplies too")
        checked.append(plugin)
    return tuple(checked)
