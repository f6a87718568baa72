"""Letters composed of terms: which sentences stand in one, in which order, under which condition, in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from certbody.deliverables.terms import Terms

Value = str | date | Callable[[Terms], str] | None
"""What fills a gap: text as on record, a day, or what each language says in its own words. Empty: not known."""
Sentence = str | tuple[str, str]
"""The key of a term, or a key with the names of the values that it needs: `until`, `until !overdue`."""

TEXT, LEAD, BULLET, QUOTE = "text", "lead", "bullet", "quote"


@attrs.frozen
class Part:
    """A paragraph of a letter: its sentences, and its shape.

    A `lead` stands with what follows it; a `quote` is given word for word.
    """

    shape: str
    sentences: tuple[Sentence, ...]


@attrs.frozen
class Block:
    """A heading, by the name of its term, with the paragraphs under it. It is left out where they all are."""

    heading: str
    parts: tuple[Part, ...]


def text(*sentences: Sentence) -> Part:
    """A paragraph."""
    return Part(TEXT, sentences)


def lead(*sentences: Sentence) -> Part:
    """A paragraph that leads to those after it."""
    return Part(LEAD, sentences)


def bullet(*sentences: Sentence) -> Part:
    """An item of a list."""
    return Part(BULLET, sentences)


def quote(*sentences: Sentence) -> Part:
    """What is given word for word, to be copied."""
    return Part(QUOTE, sentences)


def block(heading: str, *parts: Part) -> Block:
    """A heading and what stands under it."""
    return Block(heading, parts)


def composed(blocks: tuple[Block, ...], table: str, words: Mapping[str, str], terms: Terms) -> list[dict[str, Any]]:
    """The blocks in one language: for each its heading and the lines under it, each with shape and text.

    Args:
        table: the table of terms that the keys are in; headings are in its table `heading`.
        words: what gaps and conditions name, as the language says it. A key such as `todo.{cause}` is completed from
            it, too.
    """
    made = []
    for each in blocks:
        shown = ((part.shape, sentences(part, table, words, terms)) for part in each.parts)
        lines = [{"shape": shape, "text": line} for shape, line in shown if line]
        if lines:
            made.append({"heading": terms.say(f"{table}.heading.{each.heading}"), "lines": lines})
    return made


def sentences(part: Part, table: str, words: Mapping[str, str], terms: Terms) -> str:
    """The sentences of a paragraph whose conditions hold, one after another."""
    held = (key for key, condition in _keys(part) if _holds(condition, words))
    return " ".join(terms.say(f"{table}.{key.format_map(words)}", **words) for key in held)


def said(values: Mapping[str, Value], terms: Terms) -> dict[str, str]:
    """All values as a language says them."""
    return {name: spoken(value, terms) for name, value in values.items()}


def spoken(value: Value, terms: Terms) -> str:
    """A value as a language says it."""
    if isinstance(value, date):
        return terms.day(value)
    return value(terms) if callable(value) else value or ""


def keys(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The keys of all terms that blocks may say, as they stand in the blocks."""
    for each in blocks:
        yield f"heading.{each.heading}"
        for part in each.parts:
            yield from (key for key, _ in _keys(part))


def _keys(part: Part) -> Iterator[tuple[str, str]]:
    for each in part.sentences:
        yield (each, "") if isinstance(each, str) else each


def _holds(condition: str, words: Mapping[str, str]) -> bool:
    """Whether every value that a condition names is there, or is not, where it says `!name`."""
    return all(bool(words.get(name.lstrip("!"))) is not name.startswith("!") for name in condition.split())
