"""Plugins as installed distributions: what is found, what is at fault, and that no fault of one hides another."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from textwrap import dedent

import pytest

from certbody.domain.act import Act
from certbody.domain.application import Application, Basis
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection
from certbody.domain.standard import Nature
from certbody.errors import NotFound
from certbody.hookspecs import GROUP
from certbody.registry import Registry, WiringFault

Install = Callable[..., None]

SCHEME = """
    from pathlib import Path
    import attrs
    from certbody import Scheme, hookimpl

    def audit_time(inputs, sites, tables, adjust):
        raise NotImplementedError

    @hookimpl
    def certbody_schemes():
        yield Scheme(code="{code}", standard=Path(__file__).parent, audit_time=audit_time)
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a distribution of one module, with its entry point, where Python finds it."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made: list[str] = []

    def put(name: str, source: str, *, version: str = "1.0", module: str = "") -> None:
        module = module or f"plugin_{tmp_path.name.replace('-', '_')}_{name}"
        (tmp_path / f"{module}.py").write_text(dedent(source), encoding="utf-8")
        info = tmp_path / f"{module}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: {version}\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {module}\n", encoding="utf-8")
        made.append(module)

    yield put
    for module in made:
        sys.modules.pop(module, None)


def gathered(block: str = "iso10002") -> Registry:
    return Registry(entry_points(group=GROUP), block=block)


def faults(tmp_path: Path) -> list[str]:
    return [fault.replace(str(tmp_path), "…") for fault in gathered().faults]


class TestWhatIsFound:
    """The group `certbody` of entry points; what each supplies is looked up by code."""

    def test_the_shipped_scheme_is_a_plugin_like_any_other(self) -> None:
        registry = Registry.gathered({})
        assert registry.scheme("iso10002").code == "iso10002"
        assert registry.describe()[0]["schemes"] == ["iso10002"]

    def test_an_installed_plugin_supplies_its_scheme(self, install: Install, tmp_path: Path) -> None:
        install("acme", SCHEME.format(code="acme1"), version="2.3")
        registry = gathered()
        assert list(registry.schemes) == ["acme1"]
        described = next(each for each in registry.describe() if each["name"] == "acme")
        assert (described["state"], described["version"]) == ("loaded", "2.3")
        assert described["file"].startswith(str(tmp_path))
        assert described["hooks"] == ["certbody_schemes"]

    def test_a_misspelt_code_gets_the_nearest(self, install: Install, tmp_path: Path) -> None:
        install("acme", SCHEME.format(code="acme1"))
        with pytest.raises(NotFound, match="did you mean acme1"):
            gathered().scheme("ACME")

    def test_a_code_like_no_other_gets_the_list(self, install: Install, tmp_path: Path) -> None:
        install("acme", SCHEME.format(code="acme1"))
        with pytest.raises(NotFound, match="schemes installed here: acme1"):
            gathered().scheme("zzz")

    def test_a_blocked_plugin_is_not_even_imported(self, install: Install, tmp_path: Path) -> None:
        install("acme", "raise SystemExit('never')")
        registry = gathered("iso10002, acme")
        assert not registry.faults
        assert [each["state"] for each in registry.describe() if each["name"] == "acme"] == ["blocked"]

    def test_no_plugin_is_no_fault(self) -> None:
        assert Registry().schemes == {}


class TestFaultsOfWiring:
    """Each is one sentence that names plugin and file; CERTBODY_BLOCK is the way on."""

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            ("import no_such_module", "cannot be imported: ModuleNotFoundError: No module named 'no_such_module'"),
            ("raise SystemExit(3)", "cannot be imported: SystemExit: 3"),
            ("def f(:\n  pass", "cannot be imported: SyntaxError: invalid syntax"),
            (
                "from certbody import hookimpl\n@hookimpl\ndef certbody_shemes(): return []",
                "implements certbody_shemes, which is no hook; did you mean certbody_schemes?",
            ),
            (
                "from certbody import hookimpl\n@hookimpl\ndef certbody_schemes(office): return []",
                "has a hook with wrong arguments:",
            ),
            (
                "def certbody_schemes(): return []",
                "has a function certbody_schemes that is not marked with certbody.hookimpl",
            ),
            (
                "import pluggy\n@pluggy.HookimplMarker('certbody')(wrapper=True)\n"
                "def certbody_objections(dossier):\n  yield\n  return []",
                "wraps certbody_objections; a plugin adds, and wraps nothing",
            ),
            (
                "from certbody import hookimpl\n@hookimpl\ndef certbody_schemes(): return ['iso10002']",
                "fails in certbody_schemes: TypeError: 'iso10002' is no Scheme",
            ),
            (
                "from certbody import hookimpl\n@hookimpl\ndef certbody_schemes(): raise SystemExit(1)",
                "fails in certbody_schemes: SystemExit: 1",
            ),
            (
                "from certbody import hookimpl\n@hookimpl\ndef certbody_schemes(): return 7",
                "fails in certbody_schemes: TypeError: 'int' object is not iterable",
            ),
            (
                "from certbody import Scheme, hookimpl\n@hookimpl\ndef certbody_schemes():\n"
                "  return [Scheme(code='a b!', standard='folder', audit_time=print)]",
                "fails in certbody_schemes: BadText",
            ),
            (
                "from certbody import Scheme, hookimpl\n@hookimpl\ndef certbody_schemes():\n"
                "  return [Scheme(code='a1', standard='folder', audit_time=print)]",
                "fails in certbody_schemes: TypeError: scheme a1: standard 'folder' is no folder",
            ),
        ],
    )
    def test_a_fault_names_plugin_and_file(self, install: Install, tmp_path: Path, source: str, said: str) -> None:
        install("acme", source)
        (fault,) = faults(tmp_path)
        assert fault.startswith("Plugin acme (…/plugin_")
        assert said in fault
        assert "\n" not in fault

    def test_a_wrong_argument_is_named(self, install: Install, tmp_path: Path) -> None:
        install("acme", "from certbody import hookimpl\n@hookimpl\ndef certbody_schemes(office): return []")
        assert "office" in faults(tmp_path)[0]

    def test_it_stops_whoever_asks_for_a_scheme_and_says_how_to_go_on(self, install: Install, tmp_path: Path) -> None:
        install("acme", "import no_such_module")
        install("fine", SCHEME.format(code="fine1"))
        with pytest.raises(WiringFault) as caught:
            gathered().scheme("fine1")
        assert caught.value.exit_code == 1
        assert caught.value.headline == "1 plugin is wired wrongly."
        assert caught.value.next == "correct the plugin, or go on without it: CERTBODY_BLOCK=acme"

    def test_blocked_it_stops_nobody(self, install: Install, tmp_path: Path) -> None:
        install("acme", "import no_such_module")
        install("fine", SCHEME.format(code="fine1"))
        assert gathered("iso10002,acme").scheme("fine1").code == "fine1"

    def test_two_schemes_of_one_code_are_a_fault_of_both(self, install: Install, tmp_path: Path) -> None:
        install("acme", SCHEME.format(code="same1"))
        install("beta", SCHEME.format(code="same1"))
        found = faults(tmp_path)
        assert [each.split(" supplies ", 1)[1] for each in found] == [
            "scheme same1, which beta supplies too.",
            "scheme same1, which acme supplies too.",
        ]

    def test_two_plugins_of_one_name_are_a_fault_of_both(self, install: Install, tmp_path: Path) -> None:
        install("acme", SCHEME.format(code="one1"), module=f"first_{tmp_path.name.replace('-', '_')}")
        install("acme", SCHEME.format(code="two2"), module=f"second_{tmp_path.name.replace('-', '_')}")
        assert len([each for each in faults(tmp_path) if "shares its name" in each]) == 2

    def test_every_fault_is_said_at_once(self, install: Install, tmp_path: Path) -> None:
        install("acme", "import no_such_module")
        install("beta", "raise SystemExit(3)")
        assert len(faults(tmp_path)) == 2

    def test_describe_works_whatever_is_wrong(self, install: Install, tmp_path: Path) -> None:
        install("acme", "import no_such_module")
        install("fine", SCHEME.format(code="fine1"))
        states = {each["name"]: each["state"] for each in gathered().describe()}
        assert states == {"acme": "faulty", "fine": "loaded", "iso10002": "blocked"}


OBJECTS = """
    from certbody import Objection, hookimpl

    @hookimpl
    def certbody_objections(dossier, body, act, on):
        {body}
"""


class TestObjectionsOfPlugins:
    """A plugin may only add; one that fails counts as an objection, and stops no other."""

    ACT = Act(act="client registered", by="AK")

    def asked(self, tmp_path: Path, dossier: Dossier | None = None) -> list[Objection]:
        return gathered().objections(dossier or Dossier(), Body(), self.ACT, date(2026, 11, 23))

    def test_what_it_objects_to_is_added(self, install: Install, tmp_path: Path) -> None:
        install("acme", OBJECTS.format(body="yield Objection(text=f'{act.act} on {on}: no.')"))
        assert [each.text for each in self.asked(tmp_path)] == ["client registered on 2026-11-23: no."]

    def test_a_hook_takes_only_what_it_needs(self, install: Install, tmp_path: Path) -> None:
        source = "from certbody import hookimpl\n@hookimpl\ndef certbody_objections(act): return []"
        install("acme", source)
        assert self.asked(tmp_path) == []

    def test_one_that_says_nothing_objects_to_nothing(self, install: Install, tmp_path: Path) -> None:
        install("acme", OBJECTS.format(body="return None"))
        assert self.asked(tmp_path) == []

    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ("raise ValueError('lost')", "ValueError: lost"),
            ("raise SystemExit(0)", "SystemExit: 0"),
            ("return ['no']", "TypeError: 'no' is no Objection"),
            ("return 7", "TypeError: 'int' object is not iterable"),
            ("yield Objection(text='first'); raise KeyError('x')", "KeyError: 'x'"),
        ],
    )
    def test_one_that_fails_counts_as_an_objection(
        self, install: Install, tmp_path: Path, body: str, named: str
    ) -> None:
        install("acme", OBJECTS.format(body=body))
        (found,) = self.asked(tmp_path)
        assert found.text == f"Plugin acme could not judge this act: {named}."
        assert found.level == "B"
        assert found.next == "correct the plugin, or go on without it: CERTBODY_BLOCK=acme"

    def test_one_that_fails_stops_no_other(self, install: Install, tmp_path: Path) -> None:
        install("acme", OBJECTS.format(body="raise ValueError('lost')"))
        install("beta", OBJECTS.format(body="return [Objection(text='beta objects')]"))
        assert [each.text for each in self.asked(tmp_path)][1:] == ["beta objects"]

    def test_a_schemes_objections_are_asked_where_it_is_applied_for(self, install: Install, tmp_path: Path) -> None:
        source = SCHEME.format(code="acme1").replace(
            "audit_time=audit_time)", "audit_time=audit_time, objections=objections)"
        )
        source = source.replace(
            "    @hookimpl",
            "    from certbody import Objection\n"
            "    def objections(dossier, body, act, on):\n"
            "        return [Objection(text='scheme objects')]\n"
            "    @hookimpl",
        )
        install("acme", source)
        applied = Application(
            id="A1",
            number="A-1",
            basis=Basis(standard="acme1", title="Acme 1", nature=Nature.MANAGEMENT_SYSTEM, criteria="Acme 1"),
            received_on=date(2026, 1, 5),
            scope="All",
            sites=("HQ",),
        )
        assert self.asked(tmp_path) == []
        dossier = Dossier().having({"applications": [applied]})
        assert [each.text for each in self.asked(tmp_path, dossier)] == ["scheme objects"]


def test_importing_certbody_loads_nothing_heavy() -> None:
    program = "import sys, certbody; print(*sorted({'attrs','attr','cattrs','pluggy','click'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_public_name_loads() -> None:
    import certbody

    for name in set(certbody.__all__) - {"Office"}:
        assert getattr(certbody, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        certbody.nothing  # noqa: B018
