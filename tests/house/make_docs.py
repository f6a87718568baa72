"""Writes the generated parts of the documentation: ``python -m tests.house.make_docs``.

The whole of docs/commands.md, and in other files what stands between ``<!-- NAME: begin -->`` and
``<!-- NAME: end -->``. A test says when they are out of date.
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
EXAMPLE = ROOT / "tests" / "plugins" / "second"
ACT = ("as_person", "entered_by", "signed_form", "on", "why")
"""The parameters that `acting` adds to a command."""

COMMANDS_HEAD = """\
# The commands

Every command of certbody, with its examples first. `certbody COMMAND --help` shows the same.

*This page is made from the commands themselves, by `python -m tests.house.make_docs`.*

Before any command: `--office DIR` names the office's folder (else `CERTBODY_OFFICE`, else the nearest parent folder
that is an office); `--debug` shows tracebacks; `--version`. Every command has `--help`, and every command that shows
or writes something has `--json`.

Commands marked **act** put something on record. They all take these options:

| option | meaning |
|---|---|
| `--as PERSON` | whose act it is, by initials or whole name; else `CERTBODY_AS` |
| `--entered-by PERSON` | who enters it, if that is somebody else |
| `--signed-form FILE` | a scan that the person signed, instead of the PIN |
| `--on DATE` | when it happened, as 2026-11-23; default: today where the body is |
| `--why TEXT` | the reason to go on over a warning |

**Exit codes**: 0 done; 1 bad data, or not found; 2 misuse of the command; 3 refused by a rule; 4 somebody else changed
the record meanwhile; 5 verification failed.
"""


def main() -> None:
    """Write every generated part."""
    for path, text in parts().items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


def parts() -> dict[Path, str]:
    """Every file that holds generated parts, as it ought to be."""
    made = {DOCS / "commands.md": commands()}
    for path in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]:
        if path.name == "commands.md" or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        for name, make in REGIONS.items():
            if f"<!-- {name}: begin -->" in text:
                text = with_region(text, name, make())
                made[path] = text
    return made


def with_region(text: str, name: str, inside: str) -> str:
    """A text with a region filled anew."""
    pattern = rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)"
    found, count = re.subn(pattern, lambda mark: f"{mark[1]}{inside.strip()}\n{mark[2]}", text, flags=re.S)
    if count != 1:
        raise ValueError(f"the region {name} stands there {count} times, or has no end")
    return found


# Commands


def walk() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command of the core and of the plugins in this repository, as it is typed, in the order of the help."""
    from certbody.cli.root import COMMANDS, certbody

    top = click.Context(certbody, info_name="certbody")
    for name in COMMANDS:
        found = certbody.get_command(top, name)
        assert found is not None
        yield from _walk(f"certbody {name}", found, click.Context(found, info_name=name, parent=top))


def _walk(typed: str, command: click.Command, ctx: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    yield typed, command, ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None
            if not below.hidden:
                yield from _walk(f"{typed} {name}", below, click.Context(below, info_name=name, parent=ctx))


def commands() -> str:
    """The page of all commands."""
    found = list(walk())
    nouns = [(typed, command) for typed, command, _ in found if typed.count(" ") == 1]
    lines = [COMMANDS_HEAD, "| command | |", "|---|---|"]
    lines += [f"| [`{typed}`](#{_slug(typed)}) | {_first(command.help)} |" for typed, command in nouns]
    for typed, command, ctx in found:
        lines += ["", *_command(typed, command, ctx)]
    return "\n".join(lines).strip() + "\n"


def _slug(heading: str) -> str:
    return heading.lower().replace(" ", "-")


def _first(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


def _command(typed: str, command: click.Command, ctx: click.Context) -> Iterator[str]:
    top = typed.count(" ") == 1
    yield f"{'##' if top else '###'} {typed}"
    yield ""
    if not top or not isinstance(command, click.Group):
        names = {param.name for param in command.params}
        act = " · **act**" if set(ACT) <= names else ""
        words = [_argument(param, ctx) for param in command.params if isinstance(param, click.Argument)]
        yield f"`{' '.join([typed, *words])}`{act}"
        yield ""
    for paragraph in (command.help or "").split("\n\n"):
        yield " ".join(paragraph.split())
        yield ""
    examples = getattr(command, "examples", ())
    if examples:
        yield "```sh"
        yield from _joined(examples)
        yield "```"
    if isinstance(command, click.Group):
        return
    options = [
        param
        for param in command.params
        if isinstance(param, click.Option)
        and not param.hidden
        and param.name != "as_json"
        and not (set(ACT) <= {each.name for each in command.params} and param.name in ACT)
    ]
    if options:
        yield ""
        yield "| option | meaning |"
        yield "|---|---|"
        yield from (_option(option) for option in options)


def _joined(examples: tuple[str, ...]) -> Iterator[str]:
    for line in examples:
        yield f"  {line}" if line.startswith("--") else line


def _argument(param: click.Argument, ctx: click.Context) -> str:
    return param.make_metavar(ctx)


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{each}`" for each in (*option.opts, *option.secondary_opts))
    kind = "" if option.is_flag else _kind(option)
    marks = []
    if option.required:
        marks.append("required")
    if option.multiple:
        marks.append("may be repeated")
    if option.show_default and option.default not in (None, "", ()):
        marks.append(f"default {option.default}")
    said = f"{option.help or ''}{' (' + '; '.join(marks) + ')' if marks else ''}"
    return f"| {names}{' ' + kind if kind else ''} | {said.strip()} |"


def _kind(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return " \\| ".join(str(each) or "(none)" for each in option.type.choices)
    return option.metavar or {"integer": "N", "integer range": "N", "decimal": "NUMBER"}.get(
        option.type.name, option.type.name.upper()
    )


# Hooks and the example plugin


def hooks() -> str:
    """The table of hooks, from hookspecs.py."""
    from certbody import hookspecs

    lines = ["| hook | when, and what it hands over |", "|---|---|"]
    for name, function in inspect.getmembers(hookspecs, inspect.isfunction):
        if name.startswith("certbody_"):
            words = inspect.getdoc(function) or ""
            given = ", ".join(inspect.signature(function).parameters)
            lines.append(f"| `{name}({given})` | {_sentences(words)} |")
    return "\n".join(lines)


def _sentences(doc: str) -> str:
    """A docstring as one line; headings of its parts become words."""
    kept = [line.strip() for line in doc.splitlines() if line.strip() and line.strip() not in ("Returns:",)]
    text = " ".join("With" if line == "Args:" else line for line in kept)
    return text.replace("|", "\\|")


def example() -> str:
    """Every file of the plugin that the tests build, install and use; its template is a workbook and stays outside."""
    lines = []
    for path in sorted(EXAMPLE.rglob("*"), key=_reading_order):
        if path.is_file() and path.suffix in (".py", ".toml") and "__pycache__" not in path.parts:
            lines += [f"`{path.relative_to(EXAMPLE).as_posix()}`", "", f"```{_language(path)}"]
            lines += [path.read_text(encoding="utf-8").strip(), "```", ""]
    return "\n".join(lines)


def _reading_order(path: Path) -> tuple[int, str]:
    names = ("pyproject.toml", "__init__.py", "standard.toml", "checklist.toml", "requirements.toml", "fees.toml")
    return (names.index(path.name) if path.name in names else len(names), path.as_posix())


def _language(path: Path) -> str:
    return "python" if path.suffix == ".py" else "toml"


# Templates


def templates() -> str:
    """Every document with its template, and what each template asks for."""
    lines = ["| document | file names begin with | template | number |", "|---|---|---|---|"]
    found = _deliverables()
    for each in found:
        lines.append(f"| {each.title} | `{each.kind}` | `{each.template}` | {_number(each)} |")
    for each in found:
        lines += ["", f"### {each.title} (`{each.template}`)", "", _asked(each)]
    return "\n".join(lines)


def _deliverables() -> list[Any]:
    from certbody.deliverables.catalogue import DELIVERABLES
    from certbody.registry import Registry

    return [*DELIVERABLES, *Registry.gathered().deliverables]


def _number(deliverable: Any) -> str:
    """Number and revision of a template, from the file templates.toml beside it."""
    from certbody import resources

    beside = deliverable.folder / "templates.toml" if deliverable.folder is not None else None
    raw = resources.template("templates.toml") if beside is None else beside.read_bytes() if beside.is_file() else b""
    known = tomllib.loads(raw.decode("utf-8")).get(deliverable.template.rsplit(".", 1)[0])
    return f"{known['number']} r{known['revision']}" if known else f"P-{deliverable.kind} r1"


def template_of(deliverable: Any) -> bytes:
    """The bytes of the template that a deliverable fills."""
    from certbody import resources

    if deliverable.folder is not None:
        return bytes((deliverable.folder / deliverable.template).read_bytes())
    return resources.template(deliverable.template)


def _asked(deliverable: Any) -> str:
    """The fields that a template names, one line for each group."""
    from certbody.deliverables import excel, word

    asked = (word if deliverable.word else excel).placeholders(template_of(deliverable), deliverable.template)
    groups: dict[str, list[str]] = {}
    for path in sorted(asked):
        groups.setdefault(re.split(r"[.\[]", path)[0], []).append(path)
    return "\n".join(f"- {', '.join(f'`{path}`' for path in paths)}" for paths in groups.values())


def settings() -> str:
    """The commented file of settings, as `certbody office settings` prints it."""
    text = (ROOT / "certbody" / "office" / "settings.toml").read_text(encoding="utf-8")
    return f"```toml\n{text.strip()}\n```"


REGIONS: dict[str, Callable[[], str]] = {
    "hooks": hooks,
    "example": example,
    "templates": templates,
    "settings": settings,
}
"""Name of a region to what stands in it."""


if __name__ == "__main__":
    main()
