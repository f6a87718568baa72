"""Runs the shell blocks of a document as its reader would type them: in order, in one folder, on fixed days.

Blocks marked ``sh test`` are run. Between them, remarks that a reader does not see say what else happens:
``<!-- test: at 2026-02-02 -->`` sets the day, ``<!-- test: fill FORM FROM TO -->`` has somebody fill in a form.
A command may end in ``> FILE``. Nothing but certbody, ``export`` and ``cd`` can be run.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import click

from certbody.cli.desk import Desk
from certbody.cli.root import certbody
from tests.house.filled import FORMS

PINS = "AE ada-1947\nDE dora-2038\n"
"""The PINs that the people of the documents type, unseen."""

_PIECE = re.compile(r"<!-- test: (?P<directive>.*?) -->|^```sh(?P<marks>[^\n]*)\n(?P<block>.*?)^```", re.M | re.S)


@attrs.define
class Clock:
    """A clock that goes on by a second at each look."""

    now: datetime = datetime(2026, 1, 12, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@attrs.define
class Shell:
    """A reader's shell: a folder, an environment, a clock, and what was said so far."""

    folder: Path
    environment: dict[str, str] = attrs.Factory(dict)
    clock: Clock = attrs.Factory(Clock)
    said: dict[str, str] = attrs.Factory(dict)

    def run(self, document: str) -> int:
        """Run every marked block of a document; how many commands there were.

        Raises:
            AssertionError: a command did not do what the document says, with all that it said.
        """
        (self.folder / "pins").write_text(PINS, encoding="utf-8")
        (self.folder / "returned").mkdir(exist_ok=True)
        self.environment["CERTBODY_PIN_FILE"] = str(self.folder / "pins")
        count = 0
        with contextlib.chdir(self.folder), self._environment():
            for piece in _PIECE.finditer(document):
                if piece["directive"]:
                    self._direct(piece["directive"].split())
                elif "test" in piece["marks"].split():
                    for line in commands(piece["block"]):
                        self._line(line)
                        count += 1
        return count

    @contextlib.contextmanager
    def _environment(self) -> Iterator[None]:
        before = dict(os.environ)
        for name in [name for name in os.environ if name.startswith("CERTBODY_")]:
            del os.environ[name]
        os.environ.update(self.environment)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)

    def _direct(self, words: list[str]) -> None:
        if words[0] == "at":
            self.clock.now = datetime.fromisoformat(words[1]).replace(tzinfo=UTC, hour=9)
        elif words[0] == "fill":
            FORMS[words[1]](Path(words[2]), Path(words[3]))
        else:
            raise AssertionError(f"nobody knows what {' '.join(words)} means")

    def _line(self, line: str) -> None:
        words = [self._expanded(word) for word in shlex.split(line, comments=True)]
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            os.environ[name] = value
            return
        if words[0] == "cd":
            os.chdir(words[1])
            return
        target = None
        if len(words) > 2 and words[-2] == ">":
            *words, _, target = words
        while re.fullmatch(r"[A-Z_]+=.*", words[0]):
            raise AssertionError(f"set it with export, in a line of its own: {line}")
        assert words[0] == "certbody", f"a document runs nothing but certbody: {line}"
        code, out, err = invoke(words[1:], self.clock)
        assert code == 0, f"{line}\nends with {code}:\n{out}{err}"
        self.said[line] = out
        if target:
            Path(target).write_text(out, encoding="utf-8")

    def _expanded(self, word: str) -> str:
        return word.replace("$PWD", str(Path.cwd()))


def invoke(words: list[str], clock: Clock) -> tuple[int, str, str]:
    """Run a command in this process; its exit code, and what it said on both channels."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = certbody.main(words, prog_name="certbody", standalone_mode=False, obj=Desk(clock=clock)) or 0
        except click.ClickException as trouble:
            code = trouble.exit_code
            err.write(trouble.format_message())
        except (click.exceptions.Exit, SystemExit) as end:
            code = int(getattr(end, "exit_code", getattr(end, "code", 1)) or 0)
    return code, out.getvalue(), err.getvalue()


def blocks(document: str) -> Iterator[str]:
    """Every shell block of a document, marked or not."""
    for piece in _PIECE.finditer(document):
        if piece["block"] is not None:
            yield piece["block"]


def commands(block: str) -> Iterator[str]:
    """The commands of a block, each whole: lines that end in a backslash or inside quotes go on in the next."""
    held = ""
    for line in block.splitlines():
        held = f"{held}{line}" if held else line
        if held.endswith("\\"):
            held = held[:-1] + " "
            continue
        try:
            words = shlex.split(held, comments=True)
        except ValueError:  # inside quotes
            held += "\n"
            continue
        if words:
            yield held.strip()
        held = ""
    if held.strip():
        raise AssertionError(f"a command without an end: {held}")
