"""What a scheme asks: kinds of answer, and classes that cannot be asked."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import attrs
import pytest

from certbody.domain.inputs import answers, as_text, ask, questions


@attrs.frozen(kw_only=True)
class Energy:
    """One question of each kind."""

    types: int = ask(1, "Energy types.")
    terajoules: D = ask(D(0), "Terajoules a year.")
    seasonal: bool = ask(False, "Whether use is seasonal.")
    risk: str = ask("low", "Risk class.", choices=("low", "high"))


class TestAnswers:
    """Text from a form or a command becomes a value, or a sentence that names the question."""

    def test_every_kind_is_read_and_written(self) -> None:
        said = [("types", "3"), ("terajoules", "20.5"), ("seasonal", "yes"), ("risk", "high")]
        found = answers(Energy, said)
        assert found == Energy(types=3, terajoules=D("20.5"), seasonal=True, risk="high")
        assert list(as_text(found)) == said

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("seasonal", "perhaps", "'perhaps' is neither yes nor no"),
            ("terajoules", "much", "'much' is no number"),
            ("terajoules", "NaN", "'NaN' is no number"),
            ("terajoules", "-1", "terajoules"),
            ("types", "2.5", "'2.5' is no whole number"),
        ],
    )
    def test_what_is_no_answer_is_refused(self, name: str, value: str, said: str) -> None:
        with pytest.raises(ValueError) as caught:
            answers(Energy, [(name, value)])
        assert said in str(caught.value)

    def test_a_control_character_is_refused(self) -> None:
        free = attrs.make_class("Free", {"note": ask("", "A note.")}, frozen=True, kw_only=True)
        with pytest.raises(ValueError, match="control character"):
            free(note="a\x00b")


class TestAClassThatCannotBeAsked:
    """A fault of the plugin, found when it is loaded."""

    @pytest.mark.parametrize(
        "fields",
        [
            {"days": attrs.field(type=float, default=1.0)},
            {"days": attrs.field(type=int)},
            {"days": attrs.field(type=int, default=1)},
        ],
    )
    def test_a_question_without_help_default_or_kind_is_named(self, fields: dict[str, Any]) -> None:
        made = attrs.make_class("Wrong", fields)
        with pytest.raises(TypeError, match=r"Wrong\.days needs a default, help, and a type"):
            questions(made)

    def test_no_attrs_class_is_named(self) -> None:
        with pytest.raises(TypeError, match="is no attrs class"):
            questions(dict)
