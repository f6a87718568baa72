"""`certbody demo`: a certification and its later life, by the commands that people type, on files of a scheme."""

from __future__ import annotations

import os
import re
import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from certbody.cli.desk import Desk, showing
from certbody.cli.shape import Command

SCRIPT = "script.txt"
"""The scheme's script: `at INSTANT`, `say TEXT`, commands as they are typed, `show COMMAND` to tell what one says."""
_BEGUN, _DONE = "begun.txt", "done.txt"


@click.command(
    cls=Command,
    examples="""
    certbody demo
    certbody demo /tmp/my-demo
    """,
)
@click.argument("folder", type=click.Path(path_type=Path), default="certbody-demo")
@click.option("--scheme", "code", default="", help="The scheme to show (default: the first that ships a demo).")
@showing
def demo(desk: Desk, folder: Path, code: str) -> None:
    """Carry an invented client to its certificate, through a suspension and back; every document comes out.

    It runs the commands that people type, on files that ship with the scheme; its dates are fixed and past.
    """
    from certbody.errors import BadData

    if (folder / _DONE).is_file():
        desk.say(
            {"folder": str(folder), "ran": False},
            f"There is a finished demo in {folder} already; nothing was changed.",
            *_ways_on(folder),
        )
        return
    if (folder / _BEGUN).is_file():
        raise _begun(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadData(
            f"{folder} is not empty, and holds no demo; nothing was changed.",
            next="name a new folder, or an empty one",
        )
    began = time.perf_counter()
    scheme = _scheme(code)
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder)
    with as_file(scheme.demo) as files:
        count = run(folder, Path(files), tell=(lambda line: None) if desk.as_json else click.echo)
    made = sorted((folder / "deliverables").iterdir())
    (folder / _BEGUN).replace(folder / _DONE)
    rows = [{"file": str(path), "bytes": path.stat().st_size} for path in made]
    width = max(len(path.name) for path in made)
    desk.say(
        {"folder": str(folder), "ran": True, "scheme": scheme.code, "commands": count, "files": rows},
        "",
        f"{len(made)} documents in {folder / 'deliverables'}:",
        *(f"  {path.name:<{width}}  {path.stat().st_size / 1024:>7.1f} KiB" for path in made),
        "",
        f"{count} commands in {time.perf_counter() - began:.1f} s.",
        *_ways_on(folder),
    )


def _claim(folder: Path) -> None:
    """Mark the folder as this demo's; of two that are begun at once, one goes on."""
    try:
        with (folder / _BEGUN).open("x", encoding="utf-8") as file:
            file.write("The demo was begun.\n")
    except FileExistsError:
        raise _begun(folder) from None


def _begun(folder: Path) -> Exception:
    from certbody.errors import BadData

    return BadData(
        f"A demo was begun in {folder} and did not come to its end; nothing was changed.",
        next=f"wait if it is still running; else remove {folder}, then run it again, or name a new folder",
    )


def _ways_on(folder: Path) -> list[str]:
    office = folder / "office"
    return [
        "Go on with:",
        f"  certbody --office {office} verify",
        f"  certbody --office {office} client show C-0001",
        f"  certbody --office {office} log C-0001",
        f"  certbody --office {office} nc list",
        f"  certbody --office {office} certificate list",
        f"To act yourself, name a person and use the demo's PINs: CERTBODY_PIN_FILE={folder / 'pins.txt'}",
    ]


def _scheme(code: str) -> Any:
    from certbody.errors import BadData
    from certbody.registry import Registry

    registry = Registry.gathered()
    chosen = [registry.scheme(code)] if code else [registry.schemes[name] for name in sorted(registry.schemes)]
    for scheme in chosen:
        if scheme.demo is not None:
            return scheme
    raise BadData(f"{code or 'No scheme that is installed'} ships a demo." if not code else f"{code} ships no demo.")


def run(
    folder: Path,
    files: Path,
    *,
    tell: Callable[[str], object],
    before: Callable[[list[str]], object] = lambda words: None,
) -> int:
    """Run a script's commands one after another, in this process; how many there were.

    The office's clock and its maker of ids are the script's, so that each run puts the same on record, but for what is
    secret by chance: the salts of PINs, and the token by which a certificate is asked for.

    Args:
        folder: where office and documents go; files: the folder of the script and of what it names.
        tell: takes the sentences of the story, and what a command of `show` says.
        before: is called with each command before it runs.
    """
    from certbody.cli.root import certbody
    from certbody.errors import BadData

    clock = _Clock()
    places = {"office": folder / "office", "files": files, "out": folder / "deliverables", "dir": folder}
    desk = Desk(folder=str(places["office"]), clock=clock, make_id=clock.make_id)
    count = 0
    with _people_of(folder, files):
        for line in _lines(files / SCRIPT):
            if line.startswith("at "):
                clock.set(line[3:].strip())
            elif line.startswith("say "):
                tell(line[4:].strip())
            else:
                typed = line.removeprefix("show ")
                words = [_filled(word, places) for word in shlex.split(typed)]
                before(words)
                spoken = _call(certbody, words, desk, count + 1)
                if typed != line:
                    tell(f"  $ certbody {typed}")
                    for said in spoken.splitlines():
                        tell(f"    {said}")
                count += 1
    if count == 0:
        raise BadData(f"{SCRIPT} holds no command.")
    return count


def _call(certbody: click.Command, words: list[str], desk: Desk, number: int) -> str:
    """Run one command with its speech kept back, and stop where it did not do what the script says; what it said."""
    import contextlib
    import io

    from certbody.errors import BadData

    spoken = io.StringIO()
    code = 0
    with contextlib.redirect_stdout(spoken), contextlib.redirect_stderr(spoken):
        try:
            code = certbody.main(words, prog_name="certbody", standalone_mode=False, obj=desk) or 0
        except click.ClickException as trouble:
            code = trouble.exit_code
            click.echo(trouble.format_message())
        except (click.exceptions.Exit, SystemExit) as end:
            code = int(getattr(end, "exit_code", getattr(end, "code", 1)) or 0)
    if code:
        raise BadData(
            f"The demo stopped at its command {number}, with exit code {code}.",
            [f"certbody {shlex.join(words)}", *spoken.getvalue().splitlines()],
        )
    return spoken.getvalue()


def _lines(script: Path) -> Iterator[str]:
    """The script's lines without remarks; one that ends in a backslash goes on in the next."""
    text = script.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip().removeprefix("certbody ")


def _filled(word: str, places: dict[str, Path]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str(places.get(found[1], found[0])), word)


class _Clock:
    """A clock that the script sets; it goes on by a second at each look, so that acts keep their order."""

    def __init__(self) -> None:
        self._now = datetime(2025, 1, 1, tzinfo=UTC)
        self._made = 0

    def set(self, said: str) -> None:
        self._now = datetime.fromisoformat(said).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def make_id(self) -> str:
        """An id in the form of UUIDv7: the script's time, then a count where others have chance."""
        self._made += 1
        value = (int(self._now.timestamp() * 1000) << 80) | (0x7 << 76) | (0x2 << 62) | self._made
        return str(UUID(int=value))


@contextmanager
def _people_of(folder: Path, files: Path) -> Iterator[None]:
    """The demo's people use their PINs through the door that everybody may use: CERTBODY_PIN_FILE.

    What the environment says of an office and a person is meant for somebody's real work: the demo hears none of it.
    """
    path = folder / "pins.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write((files / "pins.txt").read_bytes())
    before = {name: os.environ.pop(name, None) for name in ("CERTBODY_OFFICE", "CERTBODY_AS", "CERTBODY_PIN_FILE")}
    os.environ["CERTBODY_PIN_FILE"] = str(path)
    try:
        yield
    finally:
        del os.environ["CERTBODY_PIN_FILE"]
        os.environ.update({name: value for name, value in before.items() if value is not None})
