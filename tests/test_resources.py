"""Standards as data: every fault at once, each with file and place; shipped data without any."""

from __future__ import annotations

import os
from decimal import Decimal as D
from pathlib import Path
from textwrap import dedent

import pytest

from certbody import resources
from certbody.domain.standard import AuditType, Nature
from certbody.errors import BadData, NotFound

STANDARD = """
    code = "acme1"
    title = "Acme 1:2026"
    name = "Invented standard of two clauses"
    nature = "management system"
    criteria = "Acme 1:2026"
    clauses = [{number = "1", title = "Heading", assessable = false}, {number = "1.1", title = "Doing"}]
    [edition]
    label = "2026"
"""
CHECKLIST = """
    [[items]]
    id = "1.1-1"
    clause = "1.1"
    ask = "How is it done?"
    evidence = "Records of it."
    methods = ["interview"]
    stages = [1, 2]
"""


def folder(tmp_path: Path, **files: str) -> Path:
    """A standard's folder with files as given; `None` leaves one out."""
    made = tmp_path / "acme1"
    made.mkdir(exist_ok=True)
    for name, content in {"standard": STANDARD, "checklist": CHECKLIST, **files}.items():
        file = made / f"{name.replace('__', '/')}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(dedent(content), encoding="utf-8")
    return made


def faults(made: Path) -> list[str]:
    with pytest.raises(BadData) as caught:
        resources.standard(made)
    return [each.split("/", 1)[1] for each in caught.value.particulars]


class TestAStandardOfTwoClauses:
    """standard.toml, checklist.toml, requirements.toml and supplements/*.toml, read as one value."""

    def test_a_sound_one_loads(self, tmp_path: Path) -> None:
        found = resources.standard(folder(tmp_path))
        assert (found.code, len(found.clauses), len(found.items)) == ("acme1", 2, 1)
        assert found.items_for(AuditType.INITIAL, stage=1) == found.items

    def test_a_supplement_adds_its_questions_for_its_sector(self, tmp_path: Path) -> None:
        extra = 'code = "telecom"\ntitle = "Telecom"\n' + dedent(CHECKLIST).replace("1.1-1", "T-1")
        found = resources.standard(folder(tmp_path, supplements__telecom=extra))
        assert [item.id for item in found.all_items("telecom")] == ["1.1-1", "T-1"]
        assert [item.id for item in found.all_items()] == ["1.1-1"]

    def test_law_that_does_not_say_that_it_is_unverified_is_refused_and_law_that_does_is_read(
        self, tmp_path: Path
    ) -> None:
        line = '[[law]]\ntopic = "Time"\nasks = "Commonly soon."\nitems = ["1.1-1"]\n'
        extra = 'code = "telecom"\ntitle = "Telecom"\n' + line
        assert faults(folder(tmp_path, supplements__telecom=extra)) == [
            "acme1/supplements/telecom.toml: required field missing @ law[0].verify"
        ]
        found = resources.standard(folder(tmp_path, supplements__telecom=extra + 'verify = "per country"\n'))
        [given] = found.supplements
        assert [(law.topic, law.verify) for law in given.law] == [("Time", "per country")]

    def test_what_is_wrong_between_a_supplement_and_the_standard_is_placed_there(self, tmp_path: Path) -> None:
        line = '[[law]]\ntopic = "Time"\nasks = "Soon."\nitems = ["1.1-9"]\nverify = "per country"\n'
        [fault] = faults(folder(tmp_path, supplements__telecom='code = "telecom"\ntitle = "Telecom"\n' + line))
        assert fault.endswith(
            "acme1/supplements: supplement telecom: law on 'Time' names 1.1-9, which is no question of the standard or "
            "this sector"
        )

    def test_a_missing_field_is_named_with_its_place(self, tmp_path: Path) -> None:
        made = folder(
            tmp_path, checklist=CHECKLIST + CHECKLIST.replace('ask = "How is it done?"', "").replace("-1", "-2")
        )
        assert faults(made) == ["acme1/checklist.toml: required field missing @ items[1].ask"]

    def test_an_unknown_field_is_named(self, tmp_path: Path) -> None:
        (fault,) = faults(folder(tmp_path, checklist=CHECKLIST + '    importance = "high"\n'))
        assert "acme1/checklist.toml: unknown field importance @ items[0]" in fault

    def test_a_number_that_is_no_text_is_refused(self, tmp_path: Path) -> None:
        (fault,) = faults(folder(tmp_path, standard=STANDARD.replace('number = "1.1"', "number = 1.1")))
        assert fault == "acme1/standard.toml: 1.1 is float, where str belongs @ clauses[1].number"

    def test_all_faults_of_all_files_are_said_at_once(self, tmp_path: Path) -> None:
        made = folder(
            tmp_path,
            standard=STANDARD.replace('nature = "management system"', 'nature = "magic"'),
            checklist=CHECKLIST.replace('"interview"', '"guessing"').replace("stages = [1, 2]", 'stages = ["one"]'),
            requirements="[[requirements]]\nnumber = 'R1'\n",
            supplements__telecom="title = 3",
        )
        found = faults(made)
        assert {each.split(":")[0] for each in found} == {
            "acme1/standard.toml",
            "acme1/checklist.toml",
            "acme1/requirements.toml",
            "acme1/supplements/telecom.toml",
        }
        assert len(found) >= 6

    def test_no_toml_is_named_with_its_line(self, tmp_path: Path) -> None:
        (fault,) = faults(folder(tmp_path, checklist="[[items]]\nid = \n"))
        assert fault.startswith("acme1/checklist.toml: no TOML: ")
        assert "line 2" in fault

    def test_an_item_to_a_clause_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        (fault,) = faults(folder(tmp_path, checklist=CHECKLIST.replace('clause = "1.1"', 'clause = "9.9"')))
        assert fault == "acme1/checklist.toml: item 1.1-1: there is no clause 9.9"

    def test_a_missing_checklist_is_a_fault_of_what_is_audited(self, tmp_path: Path) -> None:
        made = folder(tmp_path)
        (made / "checklist.toml").unlink()
        assert faults(made) == ["acme1/checklist.toml: there is no such file"]

    def test_a_law_in_the_catalogue_needs_no_checklist(self, tmp_path: Path) -> None:
        made = folder(tmp_path, standard=STANDARD.replace("management system", "law"))
        (made / "checklist.toml").unlink()
        assert resources.standard(made).nature is Nature.LAW

    def test_guidance_without_requirements_is_refused(self, tmp_path: Path) -> None:
        (fault,) = faults(folder(tmp_path, standard=STANDARD.replace("management system", "guidance")))
        assert "guidance has no requirements of its own" in fault

    def test_items_in_the_wrong_file_are_refused(self, tmp_path: Path) -> None:
        made = folder(tmp_path, standard=STANDARD + CHECKLIST)
        assert faults(made) == ["acme1/standard.toml: items belong in files of their own"]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"\xff\xfe\x00", "not UTF-8 text (byte 1)"),
            (b"", "required field missing @ code"),
            (b"# " + b"x" * resources.MOST_BYTES, "larger than 4,194,304 bytes"),
            (b"a = " + b"[" * 5000, "no TOML"),
        ],
    )
    def test_a_file_that_is_no_data_is_one_sentence(self, tmp_path: Path, content: bytes, said: str) -> None:
        made = folder(tmp_path)
        (made / "standard.toml").write_bytes(content)
        assert any(said in fault for fault in faults(made))

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        assert faults(tmp_path / "acme9") == ["acme9: there is no such folder"]

    def test_a_corrected_file_is_read_anew(self, tmp_path: Path) -> None:
        made = folder(tmp_path, checklist=CHECKLIST.replace("interview", "guessing"))
        assert faults(made)
        folder(tmp_path)
        first = resources.standard(made)
        assert resources.standard(made) is first
        folder(tmp_path, checklist=CHECKLIST.replace("How is it done?", "Who does it?"))
        os.utime(made / "checklist.toml", ns=(1, 1))
        assert resources.standard(made).items[0].ask == "Who does it?"


class TestFeesAndWording:
    """fees.toml and wording.toml stand beside the standard."""

    def test_amounts_are_text_and_never_floats(self, tmp_path: Path) -> None:
        made = folder(tmp_path, fees='currency = "EUR"\nday_rate = 1150.5\n')
        with pytest.raises(BadData, match="is no decimal"):
            resources.fees(made)
        folder(tmp_path, fees='currency = "EUR"\nday_rate = "1150.50"\n')
        assert resources.fees(made).day_rate == D("1150.50")

    def test_wording_that_claims_conformity_to_guidance_is_refused(self, tmp_path: Path) -> None:
        requirement = '[[requirements]]\nnumber = "R1"\ntitle = "Doing"\ntext = "It is done."\nclauses = ["1.1"]\n'
        wording = """
            certificate_titles = ["Acme 1 certified"]
            certificate_statement = "{client} is certified under our scheme."
            client_sentence = "{client} complies with Acme 1."
            sampling_disclaimer = "Samples."
        """
        guidance = STANDARD.replace("management system", "guidance").replace("Acme 1:2026", "Acme 10:2026")
        made = folder(
            tmp_path, standard=guidance, requirements=requirement, wording=wording.replace("Acme 1", "Acme 10")
        )
        with pytest.raises(BadData) as caught:
            resources.wording(made)
        assert [each.split(": ")[1] for each in caught.value.particulars] == [
            "certificate_titles[0]",
            "client_sentence",
        ]

    def test_the_same_words_pass_where_a_standard_has_requirements(self, tmp_path: Path) -> None:
        wording = """
            certificate_titles = ["Certificate"]
            certificate_statement = "{client} is certified to Acme 1:2026."
            client_sentence = "{client} complies with Acme 1."
            sampling_disclaimer = "Samples."
        """
        assert resources.wording(folder(tmp_path, wording=wording)).certificate_titles == ("Certificate",)


class TestWhatIsShipped:
    """Every shipped standard, table and fee list is sound."""

    def test_every_shipped_standard_loads(self) -> None:
        codes = [each.name for each in resources.place("standards").iterdir() if each.is_dir()]
        assert "iso10002" in codes
        for code in codes:
            assert resources.standard(resources.shipped(code)).code == code

    def test_the_shipped_fees_are_those_of_the_estimate(self) -> None:
        fees = resources.fees(resources.shipped("iso10002"))
        assert (fees.day_rate, fees.fixed, fees.currency, fees.verified) == (D(1150), D(700), "USD", False)

    def test_the_table_names_its_source_and_is_not_called_verified(self) -> None:
        table = resources.table("md5")
        assert (len(table.rows), len(table.columns), table.verified) == (23, 8, False)
        assert "IAF MD 5:2023" in table.source

    def test_a_plugins_own_table_is_read_from_its_file(self, tmp_path: Path) -> None:
        file = tmp_path / "times.toml"
        file.write_text(
            'name = "Own"\nedition = "1"\nsource = "ours"\ncolumns = [{code = "A", title = "a"}]\n'
            'rows = [{most = 9, days = ["1.5"]}]\n',
            encoding="utf-8",
        )
        assert resources.table(file).days("A", 9) == D("1.5")
        file.write_text(file.read_text(encoding="utf-8").replace('["1.5"]', '["1.5", "2"]'), encoding="utf-8")
        with pytest.raises(BadData, match="2 numbers for 1 columns"):
            resources.table(file)

    @pytest.mark.parametrize("name", ["md9", "../pyproject", "", ".hidden", "a/b", "a\\b", "a\0b"])
    def test_a_table_that_is_not_there_is_not_found_and_no_path_leads_out(self, name: str) -> None:
        with pytest.raises(NotFound):
            resources.table(name)

    def test_a_template_that_is_not_there_is_not_found(self) -> None:
        with pytest.raises(NotFound, match=r"no template nothing\.docx"):
            resources.template("nothing.docx")
