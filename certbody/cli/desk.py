"""Where a command works: which office, whose hand, which day, and how it speaks."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from certbody.office import Hand, Office

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[Any]):
    """A date as 2026-11-23, and nothing else."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        import re

        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.fail(f"{value!r} is no day of the calendar; write it as 2026-11-23.", param, ctx)


class InputFile(click.ParamType[Any]):
    """A regular file that is read whole: no device, no folder, and at most `most` bytes."""

    name = "file"

    def __init__(self, most: int = 64 * 2**20) -> None:
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from certbody.errors import BadData, NotFound

        path = Path(value)
        try:
            there, regular = path.exists(), path.is_file()
            size = path.stat().st_size if there else 0
        except (OSError, ValueError) as trouble:
            said = getattr(trouble, "strerror", None) or trouble
            raise BadData(f"{str(value)!r} cannot be opened: {said}.", next="name another file") from None
        if not there:
            raise NotFound(f"There is no file {str(value)!r}.", next="look at the name and the folder")
        if not regular:
            raise BadData(f"{str(value)!r} is no regular file.", next="name a file, not a folder or a device")
        if size > self.most:
            raise BadData(f"{str(value)!r} has {size:,} bytes; at most {self.most:,} are read.", next="make it smaller")
        return path


class OutFolder(click.ParamType[Any]):
    """A folder to write documents to, there or to be made; one that cannot be written to is told before any act."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        try:
            near = next(each for each in (path, *path.absolute().parents) if each.exists())
            if not near.is_dir():
                self.fail(f"{str(near)!r} is no folder.", param, ctx)
        except (OSError, ValueError) as trouble:
            self.fail(f"{str(value)!r} cannot be used: {getattr(trouble, 'strerror', None) or trouble}.", param, ctx)
        if not os.access(near, os.W_OK | os.X_OK):
            self.fail(f"There is no right to write in {str(near)!r}.", param, ctx)
        return path


DAY = Day()
FILE = InputFile()
FOLDER = OutFolder()


class Desk:
    """What the commands of one run share.

    Attributes:
        folder: the office's folder as named by option or environment; None: the nearest parent that is one.
        as_json: whether the command speaks JSON.
        clock, make_id: the office's clock and its maker of ids, where somebody else than this machine keeps them
            (the demo's are fixed).
    """

    def __init__(
        self,
        *,
        folder: str | None = None,
        clock: Callable[[], Any] | None = None,
        make_id: Callable[[], str] | None = None,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.make_id = make_id
        self.debug = False
        self.as_json = False
        self._office: Office | None = None

    @property
    def office(self) -> Office:
        """The office that the command works in, opened when first asked for."""
        if self._office is None:
            from certbody.office import Office

            where = Path(self.folder) if self.folder else nearest(Path.cwd())
            given = {"clock": self.clock, "make_id": self.make_id}
            self._office = Office.open(where, **{name: value for name, value in given.items() if value})
        return self._office

    def say(self, data: Any, *lines: str) -> None:
        """Print the outcome: `lines` for people, or `data` as JSON where `--json` was given."""
        if self.as_json:
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            for line in lines:
                click.echo(line)

    def note(self, line: str) -> None:
        """Print a remark beside the outcome, where it does not mix with data."""
        click.echo(line, err=True)

    def progress(self, things: Iterable[Any], label: str, length: int) -> Any:
        """A progress bar on the terminal, where the work is long; silent elsewhere."""
        import sys

        hidden = not sys.stderr.isatty() or length < 20
        return click.progressbar(things, length=length, label=label, file=sys.stderr, hidden=hidden)


def nearest(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that is an office; `start` itself where none is."""
    for folder in (start, *start.parents):
        if (folder / "journals" / "body.jsonl").is_file():
            return folder
    return start


class Acting:
    """Whose act a command enters, when it happened, and why: what the options of `acting` say."""

    def __init__(self, desk: Desk, person: str, entered_by: str, form: Path | None, on: date | None, why: str) -> None:
        self._desk = desk
        self._person, self._entered_by, self._form, self._on = person, entered_by, form, on
        self.why = why

    @property
    def on(self) -> date:
        """The day on which it happened: `--on`, else the body's today."""
        return self._on or self._desk.office.today()

    @property
    def by(self) -> str:
        """Id of the person whose act it is."""
        return self.hand().by

    def hand(self, *, personal: bool = False) -> Hand:
        """The hand for `Office.record`; with `personal`, the person's PIN is asked for unless a form was signed."""
        from certbody.errors import BadData
        from certbody.office import Hand

        office = self._desk.office
        if not self._person:
            raise BadData("Whose act is it?", next="give --as PERSON (initials or name), or set CERTBODY_AS")
        person = office.person(self._person)
        entered = office.person(self._entered_by) if self._entered_by else ""
        if self._form:
            return Hand(by=person, form=self._form.read_bytes(), entered_by=entered)
        pin = _pin(office.body.people[person].initials, office.body.people[person].name) if personal else ""
        return Hand(by=person, pin=pin, entered_by=entered)


def _pin(initials: str, name: str) -> str:
    """A person's PIN from the file that CERTBODY_PIN_FILE names, or from a prompt; empty where neither is."""
    import sys

    if path := os.environ.get("CERTBODY_PIN_FILE"):
        return pin_from_file(Path(path), initials)
    if sys.stdin.isatty():
        return str(click.prompt(f"PIN of {name}", hide_input=True, err=True))
    return ""


def pin_from_file(path: Path, initials: str) -> str:
    """The PIN in a file of one PIN, or the one of `initials` in a file of lines of initials and PIN; else empty.

    Raises:
        BadData: the file cannot be read.
    """
    from certbody.errors import BadData

    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as trouble:
        said = getattr(trouble, "strerror", None) or "it is no text in UTF-8"
        raise BadData(
            f"The file of PINs {path} cannot be read: {said}.",
            next="name another in CERTBODY_PIN_FILE, or unset it and type the PIN at a terminal",
        ) from None
    if len(lines) == 1 and len(lines[0]) == 1:
        return lines[0][0]
    return next((line[1] for line in lines if len(line) == 2 and line[0] == initials), "")


def acting(command: F) -> F:
    """Add the options that say whose act it is, and hand them over as `acting`."""

    @click.option("--as", "as_person", envvar="CERTBODY_AS", default="", metavar="PERSON", help="Whose act it is.")
    @click.option("--entered-by", default="", metavar="PERSON", help="Who enters it, if another.")
    @click.option("--signed-form", type=FILE, metavar="FILE", help="A scan that the person signed, instead of a PIN.")
    @click.option("--on", type=DAY, metavar="DATE", help="When it happened (default: today).")
    @click.option("--why", default="", metavar="TEXT", help="The reason to go on over a warning.")
    @click.pass_obj
    @functools.wraps(command)
    def with_acting(
        desk: Desk,
        /,
        *args: Any,
        as_person: str,
        entered_by: str,
        signed_form: Path | None,
        on: date | None,
        why: str,
        **rest: Any,
    ) -> Any:
        return command(desk, Acting(desk, as_person, entered_by, signed_form, on, why), *args, **rest)

    return _speaking(with_acting)  # type: ignore[return-value]


def showing(command: F) -> F:
    """For a command that only shows: hand over the desk; `--json` chooses how it speaks."""
    return _speaking(click.pass_obj(command))  # type: ignore[return-value]


def _speaking(command: Callable[..., Any]) -> Callable[..., Any]:
    def choose(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.ensure_object(Desk).as_json = value

    return click.option("--json", "as_json", is_flag=True, expose_value=False, callback=choose, help="Speak JSON.")(
        command
    )
