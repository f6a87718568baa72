"""A body makes templates, logo, colour and paper its own, and is told what is wrong before a document is."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import docx
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from certbody import resources
from certbody.cli.desk import Desk
from certbody.cli.root import certbody
from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.package import packed
from certbody.deliverables.readable import document_text
from certbody.office import Office, templates
from certbody.office.founding import found, read, sample
from certbody.office.papers import make
from certbody.office.press import COPIES, Press, template_of
from tests.cli.nordwind import Case, at_closing

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
SHIPPED = "agreement.docx"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "office"
    found(folder, read(sample().encode(), "office.toml"), clock=lambda: NOW)
    return folder


@attrs.frozen
class Work:
    """An office, and the commands in it."""

    folder: Path

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(certbody, words, obj=Desk(folder=str(self.folder), clock=lambda: NOW))

    def done(self, *words: str) -> str:
        result = self.run(*words)
        assert result.exit_code == 0, result.output + repr(result.exception)
        return result.stdout

    def refused(self, *words: str, code: int = 1) -> str:
        """Why it was not done; and not one byte of the office has changed."""
        before = self.bytes()
        result = self.run(*words)
        assert result.exit_code == code, result.output + repr(result.exception)
        assert "Traceback" not in result.output
        assert self.bytes() == before
        return result.stderr

    def bytes(self) -> dict[str, bytes]:
        files = (path for part in ("journals", "evidence", "templates") for path in (self.folder / part).rglob("*"))
        return {str(path): path.read_bytes() for path in files if path.is_file()}

    @property
    def own(self) -> Path:
        return self.folder / "templates" / SHIPPED

    def state(self, kind: str = "agreement") -> str:
        rows = json.loads(self.done("template", "list", "--json"))["templates"]
        return str(next(each["state"] for each in rows if each["kind"] == kind))

    def change(self, old: str, new: str) -> None:
        """Change a word of the office's own template, as in Word."""
        with zipfile.ZipFile(self.own) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        assert old.encode() in parts["word/document.xml"]
        parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode(), 1)
        self.own.write_bytes(packed(parts))


@pytest.fixture
def work(founded: Path, tmp_path: Path) -> Work:
    shutil.copytree(founded, tmp_path / "office")
    return Work(tmp_path / "office")


def picture(path: Path, width: int = 900, height: int = 300, kind: str = "PNG", mode: str = "RGB") -> str:
    Image.new(mode, (width, height)).save(path, kind)
    return str(path)


class TestList:
    def test_every_document_of_core_and_plugins_is_there_with_number_revision_and_state(self, work: Work) -> None:
        said = work.done("template", "list")
        assert "agreement.docx" in said
        assert "T-04 r1  as shipped  (Certification agreement)" in said
        assert "S-10002-T r1  as shipped  (Scheme document)" in said

    def test_a_copy_is_own_and_not_changed_until_somebody_changes_it(self, work: Work) -> None:
        work.done("template", "copy", "agreement")
        assert work.state() == "own, not changed; made from r1"
        work.change("{{ body.name }}", "us, {{ body.name }}")
        assert work.state() == "own, changed; made from r1"
        assert work.state("quotation") == "as shipped"

    def test_a_copy_by_hand_is_known_by_its_bytes(self, work: Work) -> None:
        work.own.parent.mkdir()
        work.own.write_bytes(resources.template(SHIPPED))
        assert work.state() == "own, not changed"

    def test_the_shipped_one_has_been_revised_since(self, work: Work) -> None:
        """As after an update of certbody: what was shipped then is another file than what ships now."""
        work.done("template", "copy", "agreement")
        copied = work.own.parent / COPIES
        text = copied.read_text()
        shipped = next(line for line in text.splitlines() if line.startswith("shipped"))
        copied.write_text(text.replace(shipped, f'shipped = "{"0" * 64}"'))
        assert work.state() == "own, not changed; made from r1; the shipped one has been revised since"

    def test_a_damaged_note_of_copies_is_told_and_what_to_do(self, work: Work) -> None:
        work.done("template", "copy", "agreement")
        (work.own.parent / COPIES).write_text("nothing of the kind")
        assert "copied.toml of the office cannot be read" in work.refused("template", "list")


class TestCopy:
    def test_a_changed_one_is_not_replaced_without_force(self, work: Work) -> None:
        work.done("template", "copy", "agreement")
        shipped = work.own.read_bytes()
        work.change("{{ body.name }}", "us, {{ body.name }}")
        said = work.refused("template", "copy", "agreement")
        assert "templates/agreement.docx is the office's own, and changed: it is not replaced." in said
        assert "certbody template copy agreement --force" in said
        work.done("template", "copy", "agreement", "--force")
        assert work.own.read_bytes() == shipped

    def test_an_unchanged_one_is_written_anew(self, work: Work) -> None:
        work.done("template", "copy", "agreement")
        work.done("template", "copy", "agreement")
        assert work.state() == "own, not changed; made from r1"

    def test_it_wears_the_bodys_look_and_counts_as_shipped_whatever_the_look_is_later(self, work: Work) -> None:
        work.done("office", "profile", "colour=0B6E4F", "paper=Letter", "--as", "AE")
        work.done("template", "copy", "agreement")
        assert round(docx.Document(str(work.own)).sections[0].page_width.inches, 2) == 8.5
        assert b"0B6E4F" in zipfile.ZipFile(work.own).read("word/styles.xml")
        work.done("office", "profile", "colour=7A1F5C", "--as", "AE")
        office = Office.open(work.folder, clock=lambda: NOW)
        used = template_of(office, templates.document(office, "agreement"))
        assert (used.own, used.label) == (False, "T-04 r1")
        assert b"7A1F5C" in zipfile.ZipFile(io.BytesIO(used.data)).read("word/styles.xml")

    def test_a_kind_that_is_not_there_is_told_with_the_nearest(self, work: Work) -> None:
        assert "Did you mean 'agreement'?" in work.refused("template", "copy", "agrement")

    def test_a_plugins_template_is_copied_from_the_plugin(self, work: Work) -> None:
        work.done("template", "copy", "scheme")
        assert work.state("scheme") == "own, not changed; made from r1"
        assert work.done("template", "check").startswith("templates/scheme.docx: sound")


class TestCheck:
    def test_an_office_without_own_templates_has_nothing_to_check(self, work: Work) -> None:
        assert work.done("template", "check") == "The office has no template of its own.\n"

    def test_a_sound_one_is_told_so_with_what_it_leaves_out(self, work: Work, tmp_path: Path) -> None:
        work.done("template", "copy", "agreement")
        work.change("{{ agreement.number }}", "-")
        said = work.done("template", "check", "agreement", "--out", str(tmp_path / "papers"))
        assert "templates/agreement.docx: sound (Certification agreement)" in said
        trial = (tmp_path / "papers" / "trial-agreement.docx").read_bytes()
        assert "client.name" in document_text(trial)

    def test_every_fault_of_every_template_is_told_and_nothing_is_changed(self, work: Work) -> None:
        for kind in ("agreement", "checklist"):
            work.done("template", "copy", kind)
        work.change("{{ body.name }}", "{{ body.nme }} {{ certificate.number }}")
        (work.own.parent / "checklist.xlsx").write_bytes(b"PK cut")
        (work.own.parent / "agreemnt.docx").write_bytes(resources.template(SHIPPED))
        said = work.refused("template", "check")
        assert "3 of 3 templates cannot be used: 4 faults." in said
        assert "there is no field body.nme; did you mean body.name?" in said
        assert "there is no field certificate.number in this document; it belongs to: " in said
        assert "templates/checklist.xlsx: it is damaged" in said
        assert "templates/agreemnt.docx: no document uses a template of this name; did you mean agreement.docx?" in said

    def test_in_json_each_fault_has_place_and_field(self, work: Work) -> None:
        work.done("template", "copy", "agreement")
        work.change("{{ body.name }}", "{{ body.nme }}")
        result = work.run("template", "check", "--json")
        assert result.exit_code == 1
        [told] = json.loads(result.stdout)["templates"]
        [fault] = told["faults"]
        assert fault["field"] == "body.nme"
        assert fault["place"].startswith("body")

    def test_a_file_anywhere_is_checked_by_its_name_or_for_a_kind(self, work: Work, tmp_path: Path) -> None:
        ours = tmp_path / "ours.docx"
        ours.write_bytes(resources.template(SHIPPED))
        assert "nobody knows what it is for" in work.refused("template", "check", str(ours))
        assert "ours.docx: sound" in work.done("template", "check", str(ours), "--for", "agreement")
        assert "there is no field" in work.refused("template", "check", str(ours), "--for", "certificate")
        assert "There is no file" in work.refused("template", "check", str(tmp_path / "agreement.docx"))
        renamed = tmp_path / "agreement.docm"
        shutil.copy(ours, renamed)
        assert "sound" in work.done("template", "check", str(renamed))

    def test_the_shipped_one_is_checked_where_there_is_no_own(self, work: Work) -> None:
        assert work.done("template", "check", "agreement").startswith("agreement.docx: sound")


class TestLogo:
    def test_it_is_kept_without_what_a_camera_wrote_and_shown_on_documents(self, work: Work, tmp_path: Path) -> None:
        file = tmp_path / "logo.jpg"
        exif = Image.Exif()
        exif[0x010E] = "made at 1 Secret Street"
        Image.new("RGB", (3000, 900)).save(file, "JPEG", exif=exif)
        said = work.done("office", "logo", str(file), "--as", "AE")
        assert "logo.jpg is the logo of Example Certification Ltd from now on" in said
        office = Office.open(work.folder, clock=lambda: NOW)
        assert office.body.profile is not None
        kept = office.store.open_file(office.body.profile.logo)
        assert b"Secret" not in kept
        assert Image.open(io.BytesIO(kept)).size == (1200, 360)
        made = make(office, "scheme", "body", on=NOW.date(), standard="iso10002")
        with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
            assert any(b"Logo of Example Certification Ltd" in archive.read(name) for name in archive.namelist())
            assert kept in [archive.read(name) for name in archive.namelist()]

    def test_a_transparent_picture_stays_transparent(self, work: Work, tmp_path: Path) -> None:
        palette = Image.new("P", (300, 300), 0)
        palette.info["transparency"] = 0
        palette.save(tmp_path / "logo.png", "PNG", transparency=0)
        work.done("office", "logo", str(tmp_path / "logo.png"), "--as", "AE")
        office = Office.open(work.folder, clock=lambda: NOW)
        assert office.body.profile is not None
        kept = Image.open(io.BytesIO(office.store.open_file(office.body.profile.logo)))
        assert kept.mode == "RGBA"
        assert kept.getpixel((5, 5))[3] == 0  # type: ignore[index]

    def test_what_is_no_logo_is_refused(self, work: Work, tmp_path: Path) -> None:
        def refused(file: str) -> str:
            return work.refused("office", "logo", file, "--as", "AE")

        huge = picture(tmp_path / "huge.png", 20_000, 20_000, mode="1")
        assert "huge.png has too many pixels; at most 50 million are shown." in refused(huge)
        svg = tmp_path / "logo.svg"
        svg.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        assert "logo.svg is no JPEG or PNG picture." in refused(str(svg))
        cut = tmp_path / "cut.png"
        noise = Image.effect_noise((200, 200), 50)
        noise.save(cut)
        cut.write_bytes(cut.read_bytes()[:9000])
        assert "cut.png is a damaged picture" in refused(str(cut))
        assert "at least 60" in refused(picture(tmp_path / "dot.png", 20, 20))
        assert "12 times as long as it is wide" in refused(picture(tmp_path / "line.png", 1300, 100))
        assert "There is no file" in refused(str(tmp_path / "none.png"))


def test_colour_and_paper_that_cannot_be_used_are_refused_and_others_reach_the_documents(work: Work) -> None:
    said = work.refused("office", "profile", "colour=FFD700", "--as", "AE")
    assert "colour FFD700 has a contrast of 1.4:1 on white" in said
    assert "is none of A4, Letter" in work.refused("office", "profile", "paper=A3", "--as", "AE")
    work.done("office", "profile", "colour=0B6E4F", "paper=Letter", "--as", "AE")
    made = make(Office.open(work.folder, clock=lambda: NOW), "scheme", "body", on=NOW.date(), standard="iso10002")
    document: Any = docx.Document(io.BytesIO(made.data))
    assert round(document.sections[0].page_height.inches, 2) == 11
    assert str(document.styles["Title"].font.color.rgb) == "0B6E4F"


def test_a_changed_template_keeps_its_own_colours_and_paper_and_says_own(work: Work) -> None:
    work.done("template", "copy", "scheme")
    path = work.folder / "templates" / "scheme.docx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Purpose", b"What for")
    path.write_bytes(packed(parts))
    work.done("office", "profile", "colour=0B6E4F", "paper=Letter", "--as", "AE")
    made = make(Office.open(work.folder, clock=lambda: NOW), "scheme", "body", on=NOW.date(), standard="iso10002")
    document: Any = docx.Document(io.BytesIO(made.data))
    assert made.template == "S-10002-T r1 (own)"
    assert round(document.sections[0].page_width.mm) == 210
    assert str(document.styles["Title"].font.color.rgb) == "17405C"
    assert "What for" in document_text(made.data)


def test_a_deliverable_of_another_plugin_is_listed_and_checked_too(work: Work, tmp_path: Path) -> None:
    """Its template lies in its own folder, with no number there."""
    written = docx.Document()
    written.add_paragraph("{{ kettle.size }} {{ body.name }}")
    written.save(str(tmp_path / "kettle.docx"))

    def fields(showing: Showing) -> dict[str, Any]:
        return {**common(showing, "Kettle list", ""), "kettle": {"size": 3}}

    kettle = Deliverable(
        kind="kettle",
        title="Kettle list",
        template="kettle.docx",
        fields=fields,
        number=lambda _: "",
        folder=tmp_path,
    )
    office = Office.open(work.folder, clock=lambda: NOW)
    told = templates.check_file(office, kettle, (tmp_path / "kettle.docx").read_bytes(), "kettle.docx")
    assert told.faults == ()
    wrong = docx.Document()
    wrong.add_paragraph("{{ kettle.sise }}")
    wrong.save(str(tmp_path / "wrong.docx"))
    told = templates.check_file(office, kettle, (tmp_path / "wrong.docx").read_bytes(), "kettle.docx")
    assert [line for _, line in told.faults] == [
        "kettle.docx, body: there is no field kettle.sise; did you mean kettle.size? — in '{{ kettle.sise }}'"
    ]


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    at_closing(folder / "ready")
    Case.copied(folder / "ready", folder).granted()
    return folder / "office"


class TestManyLetters:
    @pytest.fixture
    def case(self, decided: Path, tmp_path: Path) -> Case:
        shutil.copytree(decided, tmp_path / "office")
        shutil.copy(decided.parent / "pins", tmp_path / "pins")
        return Case(tmp_path / "office", tmp_path / "papers", tmp_path / "pins")

    def number(self, case: Case) -> str:
        [decision] = case.office.dossier("C-0001").decisions.values()
        return decision.number

    def test_one_that_is_not_there_keeps_the_others_not_back(self, case: Case) -> None:
        number = self.number(case)
        words = ("decide", "letter", number, "D-2099-001", number, "--out", str(case.papers))
        result = case.run(*words, by="DP", on="2026-06-26")
        assert result.exit_code == 1
        assert result.stdout.startswith("Wrote ")
        assert "1 of 3 letters are not issued; the others are." in result.stderr
        assert "D-2099-001: There is no decision D-2099-001." in result.stderr
        assert len(list(case.papers.iterdir())) == 1
        assert len(case.office.dossier("C-0001").documents) == 1

    def test_one_alone_is_said_as_before(self, case: Case) -> None:
        number = self.number(case)
        said = case.data("decide", "letter", number, "--out", str(case.papers), by="DP", on="2026-06-26")
        assert said.keys() == {"number", "file"}

    def test_letters_from_a_changed_template_are_those_of_one_each(self, case: Case) -> None:
        (case.folder / "templates").mkdir()
        with zipfile.ZipFile(io.BytesIO(resources.template("decision.docx"))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["word/document.xml"] = parts["word/document.xml"].replace(b"{{ body.name }}", b"us, {{ body.name }}", 1)
        (case.folder / "templates" / "decision.docx").write_bytes(packed(parts))
        office = case.office
        [key] = office.dossier("C-0001").decisions
        on, said = datetime(2026, 6, 26).date(), {"standard": "iso10002", "language": "en", "draft": False}  # noqa: DTZ001
        alone = make(office, "decision", "C-0001", key, on=on, **said)
        with Press() as press:
            many = [make(office, "decision", "C-0001", key, on=on, press=press, **said) for _ in range(3)]
        assert {each.data for each in many} == {alone.data}
        assert alone.template == "T-13 r1 (own)"
