"""sheet.toml is read as strictly as every file of a standard: each fault with file and place, all at once."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from certbody import resources
from certbody.domain.sheet import Sheet
from certbody.errors import BadData
from tests.test_resources import STANDARD, folder

SOUND = """
    title = "Certification of doing"
    what_it_is = ["A document on doing."]
    [[sectors]]
    sector = "Trade"
    brings = "Whatever is done there."
    [[examples]]
    personnel = 12
"""
GUIDANCE = STANDARD.replace("management system", "guidance")
REQUIREMENTS = '[[requirements]]\nnumber = "R1"\ntitle = "Doing"\ntext = "It shall be done."\nclauses = ["1.1"]\n'


def faults(made: Path) -> list[str]:
    with pytest.raises(BadData) as caught:
        resources.sheet(made)
    return [each.split("/", 1)[1] for each in caught.value.particulars]


def test_a_sound_one_is_read(tmp_path: Path) -> None:
    found = resources.sheet(folder(tmp_path, sheet=SOUND))
    assert (found.title, found.sectors[0].sector, found.examples[0].personnel) == (
        "Certification of doing",
        "Trade",
        12,
    )


def test_where_there_is_none_an_empty_one_is_given(tmp_path: Path) -> None:
    assert resources.sheet(folder(tmp_path)) == Sheet()


def test_a_missing_field_is_named_with_its_place(tmp_path: Path) -> None:
    wrong = SOUND.replace('brings = "Whatever is done there."', "")
    assert faults(folder(tmp_path, sheet=wrong)) == ["acme1/sheet.toml: required field missing @ sectors[0].brings"]


def test_an_unknown_field_is_named(tmp_path: Path) -> None:
    [fault] = faults(folder(tmp_path, sheet='slogan = "Best of all"\n' + dedent(SOUND)))
    assert fault.startswith("acme1/sheet.toml: unknown field slogan")


def test_text_where_a_list_belongs_is_refused(tmp_path: Path) -> None:
    [fault] = faults(folder(tmp_path, sheet='what_it_is = "A document."'))
    assert fault == "acme1/sheet.toml: 'A document.' is str, where a list belongs @ what_it_is"


def test_several_faults_are_said_at_once(tmp_path: Path) -> None:
    wrong = 'voluntary = [3]\n[[examples]]\npersonnel = 0\n[[examples]]\npersonnel = "ten"\n'
    found = faults(folder(tmp_path, sheet=wrong))
    assert len(found) == 3
    assert all(each.startswith("acme1/sheet.toml: ") for each in found)


def test_what_contradicts_the_standard_is_named_too(tmp_path: Path) -> None:
    wrong = dedent(SOUND) + '[[principles]]\nclause = "7.7"\nsays = "None."\n'
    assert faults(folder(tmp_path, sheet=wrong)) == ["acme1/sheet.toml: principles[0].clause: there is no clause 7.7"]


def test_guidance_is_not_to_be_claimed_and_a_standard_with_requirements_may_be(tmp_path: Path) -> None:
    said = 'lead = "We certify you to Acme 1:2026."\n'
    made = folder(tmp_path, standard=GUIDANCE, requirements=REQUIREMENTS, sheet=said)
    [fault] = faults(made)
    assert "claims conformity to guidance" in fault
    (tmp_path / "other").mkdir()
    assert resources.sheet(folder(tmp_path / "other", sheet=said)).lead


def test_a_bodys_own_file_is_held_to_the_standard_it_is_about(tmp_path: Path) -> None:
    """It lies in the office, without the standard's other files."""
    shipped = folder(tmp_path, standard=GUIDANCE, requirements=REQUIREMENTS)
    own = tmp_path / "office" / "acme1"
    own.mkdir(parents=True)
    (own / "sheet.toml").write_text('title = "Our sheet"\n', encoding="utf-8")
    assert resources.sheet(own, of=shipped).title == "Our sheet"
    (own / "sheet.toml").write_text('title = "Acme 1 certified"\n', encoding="utf-8")
    with pytest.raises(BadData, match="cannot be used"):
        resources.sheet(own, of=shipped)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "not UTF-8 text"), (b"title = ", "no TOML"), (b"# " + b"x" * resources.MOST_BYTES, "larger than")],
)
def test_a_file_that_is_no_data_is_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    made = folder(tmp_path)
    (made / "sheet.toml").write_bytes(content)
    [fault] = faults(made)
    assert said in fault


def test_a_text_of_a_hundred_thousand_characters_is_refused_with_its_length(tmp_path: Path) -> None:
    [fault] = faults(folder(tmp_path, sheet=f'voluntary = ["{"x" * 100_000}"]'))
    assert "voluntary[0] has 100,000 characters; at most 32,000 fit a field" in fault
