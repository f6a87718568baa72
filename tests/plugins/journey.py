"""One certification under the tea-house standard, by the commands people type; run in a process of its own.

Arguments: a folder to work in. It prints the certificate's standing as JSON in its last line.
"""

from __future__ import annotations

import contextlib
import io
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl

from certbody.cli.desk import Desk
from certbody.cli.root import certbody

SETTINGS = """
[body]
name = "Kettle & Leaf Certification Ltd"
address = "1 Spout Lane"
city = "Teapot Hill"
country = "Nowhereland"
verify_url = "https://kettle.example/verify"
number_prefix = "KL"
certificate_title = "Certificate"
[[people]]
name = "Ada Brewer"
initials = "AB"
tie = "employed"
signed_on = 2026-01-05
standards = ["teahouse"]
functions = ["auditing", "leading"]
[[people]]
name = "Dora Sieve"
initials = "DS"
tie = "employed"
signed_on = 2026-01-05
standards = ["teahouse"]
functions = ["application review", "review", "decision"]
"""

ANSWERS = {
    "client.name": "Samovar House <& Sons>",
    "client.address": "3 Cup Street",
    "client.city": "Teapot Hill",
    "client.country": "Nowhereland",
    "client.representative": "Nora Infuser",
    "client.email": "nora@samovar.example",
    "client.certification_body": "no",
    "application.consultancy": "no",
    "application.scope": "Service of tea to guests",
    "application.signed_by": "Nora Infuser",
    "application.signed_on": date(2026, 1, 30),
    "input.kettles": 5,
}
SITES = (("S1", "Main house", "3 Cup Street", "yes", 12), ("S2", "Pavilion", "9 Lake Walk", "no", 4))
TEXT = "Seen on site, in the records and in two interviews."


class Clock:
    """Set by the journey; a second later at each look."""

    now = datetime(2026, 1, 6, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def main(folder: Path) -> None:
    clock, office, out = Clock(), folder / "office", folder / "out"
    (folder / "office.toml").write_text(SETTINGS, encoding="utf-8")

    def run(line: str, *more: str, day: str = "") -> str:
        if day:
            clock.now = datetime.fromisoformat(day + "T09:00").replace(tzinfo=UTC)
        spoken = io.StringIO()
        with contextlib.redirect_stdout(spoken), contextlib.redirect_stderr(spoken):
            desk = Desk(folder=str(office), clock=clock)
            code = certbody.main([*line.split(), *more], prog_name="certbody", standalone_mode=False, obj=desk)
        if code:
            raise SystemExit(f"{line}: exit {code}\n{spoken.getvalue()}")
        return spoken.getvalue()

    run(f"office new {office} --settings {folder / 'office.toml'}")
    run("person pin AB")
    run("person pin DS")
    run(f"application form teahouse --out {out}")
    fill(next(out.glob("application-form*.xlsx")), folder / "filled.xlsx")
    run(f"application receive {folder / 'filled.xlsx'} --as DS", day="2026-02-02")
    considered = [word for name in ("reason", "information", "ability", "impartiality") for word in (f"--{name}", TEXT)]
    run("application review A-2026-001 --accept --as DS", *considered, day="2026-02-03")
    run("quote time A-2026-001 --as DS", day="2026-02-04")
    run(f"quote make A-2026-001 --as DS --out {out}")
    run(
        "agreement sign A-2026-001 --client-signed 2026-02-10 --as DS",
        "--client-name",
        "Nora Infuser",
        day="2026-02-11",
    )
    run(f"programme make A-2026-001 --as DS --out {out}", day="2026-02-12")
    for number, stage, day in (("2026-001", 1, "2026-03-02"), ("2026-002", 2, "2026-03-23")):
        held_until = "2026-03-25" if stage == 2 else day
        run(f"audit new A-2026-001 --stage {stage} --from {day} --to {held_until} --as DS", day=f"{day[:8]}01")
        run(f"audit assign {number} AB --role leader --as DS")
        run(f"audit notify {number} --as DS")
        run(f"audit declare {number} --no-conflict --as AB")
        run(f"audit checklist {number} --out {out} --as AB")
        run(f"audit plan {number} --propose --as AB --out {out}", "--agreed-by", "Nora Infuser")
        run(f"audit open {number} --attendee AB --as AB", "--attendee", "Nora Infuser; owner; Samovar House", day=day)
        rows = ["4-1@S1"] if stage == 1 else ["1-1@S1", "1-1@S2", "2-1@S1", "3-1@S1", "3-1@S2", "4-1@S1", "5-1@S1"]
        for row in rows:
            said = "satisfactory" if stage == 1 else "finding" if row == "1-1@S2" else "conformity"
            run(f"audit result {number} {row} {said} --as AB", "--note", TEXT, day=held_until)
        if stage == 2:
            run(
                f"audit finding {number} --row 1-1@S2 --grade major --requirement TH-1.1 --as AB",
                "--statement",
                "The temperature of the water is not measured for green tea.",
                "--evidence",
                "No thermometer at the pavilion; three pots of green tea made with boiling water.",
            )
        run(f"audit close {number} --attendee AB --as AB", "--attendee", "Nora Infuser; owner; Samovar House")
        if stage == 1:
            run(f"audit conclude {number} --ready --as AB", "--summary", TEXT, "--internal-audit", TEXT)
        else:
            said = [word for name in ("conformity", "capability", "internal-audit") for word in (f"--{name}", TEXT)]
            run(f"audit conclude {number} --recommend grant-after-correction --as AB", *said)
        run(f"audit report {number} --out {out} --as AB")
    major = "2026-002/AB-1"
    run(f"nc report {major} --out {out} --as AB")
    run(f"nc form {major} --out {out} --as AB")
    answers = [
        word for name in ("extent", "correction", "cause", "action") for word in (f"--{name}", f"{name}: {TEXT}")
    ]
    run(f"nc respond {major} --as AB --due 2026-04-20", *answers, "--owner", "Nora Infuser", day="2026-04-08")
    run(f"nc review {major} --accept --as AB", "--reason", "Cause and action fit.", day="2026-04-10")
    run(f"nc verify {major} --means document --as AB", "--evidence", "Thermometers bought; log of April read.")
    reviewed = ("information", "nonconformities", "application-confirmed", "objectives")
    run("review record A-2026-001 --recommend grant --as DS", *[w for n in reviewed for w in (f"--{n}", TEXT)])
    run("decide grant A-2026-001 --as DS", "--reason", "All requirements of TH 100 are fulfilled.", day="2026-04-15")
    run(f"decide letter D-2026-001 --out {out} --as DS")
    run(f"certificate draft A-2026-001 --out {out}")
    run("certificate confirm A-2026-001 --as DS", "--by", "Nora Infuser", day="2026-04-16")
    run(f"certificate issue A-2026-001 --out {out} --as DS", day="2026-04-17")
    run("verify")
    print(run("certificate show KL-2026-0001 --on 2026-06-01 --json"))


def fill(form: Path, to: Path) -> None:
    """Answer the application form as a person would."""
    book = openpyxl.load_workbook(form)
    sheet = book["Application"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    for key, answer in ANSWERS.items():
        rows[key][2].value = answer
    sites = book["Sites"]
    line, heads = next(
        (cells[0].row, {cell.value: cell.column for cell in cells})
        for cells in sites.iter_rows()
        if cells[0].value == "Id"
    )
    for offset, (key, name, street, central, people) in enumerate(SITES, start=1):
        for head, value in (
            ("Id", key),
            ("Name", name),
            ("Street and number", street),
            ("City", "Teapot Hill"),
            ("Country", "Nowhereland"),
            ("Type", "permanent"),
            ("Central", central),
            (next(each for each in heads if "ersonnel" in str(each)), people),
        ):
            sites.cell(line + offset, heads[head]).value = value
    book.save(to)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
