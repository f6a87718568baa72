"""Looks through a Word template tag by tag: every fault at once, each with its paragraph, and nothing is filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from certbody.deliverables.checked import MOST_TURNS, Fault, turns
from certbody.deliverables.fields import longest
from certbody.deliverables.offered import Offer
from certbody.deliverables.rendering import Rendering
from certbody.deliverables.sandbox import Asking, Scope, environment

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}")
_KIND = re.compile(r"(\{\{|\{%)-?(?:(p|tr|tc|r)\s)?\s*(.*?)\s*-?(?:\}\}|%\})", re.S)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
_ENDS = {"endfor": "for", "endif": "if", "endset": "set"}
_WRITTEN = {"for": "{% for … %}", "if": "{% if … %}", "set": "{% set … %}"}
_ON_VALUES = ("cellbg", "colspan")
_BARE = ("hm", "vm")
_HOLDERS = {"p": ("w:p", "paragraph"), "tr": ("w:tr", "row"), "tc": ("w:tc", "cell")}


@attrs.define
class _Frame:
    """A loop or condition that is open."""

    kind: str
    tag: str
    place: str
    text: str
    scope: Scope
    turns: int = 1


def check_word(template: bytes, name: str, offer: Offer) -> tuple[list[Fault], Asking]:
    """Every fault of a template, and what it asks for.

    Raises:
        BadData: the file is no document that can be opened.
    """
    rendering = Rendering(template, name)
    asking = Asking()
    faults: list[Fault] = []
    for part, story in _stories(rendering):
        faults += _Story(part, story, offer, asking).faults()
    if not faults:
        faults = list(_rest(rendering, offer, asking))
    return faults, asking


def _rest(rendering: Rendering, offer: Offer, asking: Asking) -> Iterator[Fault]:
    """What stands in no paragraph, such as in an alternative text, and what only the whole can show."""
    known, whole = offer.known(), Asking()
    for _, source in rendering.stories():
        try:
            whole.look(environment().parse(source), {"loop": None})
        except TemplateSyntaxError as problem:
            said = (problem.message or "").rstrip(".")
            yield Fault(place="", said=f"tags do not fit together once rows and paragraphs are repeated: {said}")
    for path in sorted(longest(whole.paths) - known):
        yield Fault(place="outside the text, such as in an alternative text", unknown=path)
    for group in ("paths", "listed", "counted"):
        getattr(asking, group).update(getattr(whole, group))


def _stories(rendering: Rendering) -> Iterator[tuple[Any, str]]:
    main = rendering.docx.part
    kinds = {}
    for reference in main.element.iter(qn("w:headerReference"), qn("w:footerReference")):
        kinds[reference.get(qn("r:id"))] = reference.get(qn("w:type"))
    parts = {id(each.target_part): key for key, each in main.rels.items() if not each.is_external}
    for part, _ in rendering.stories():
        if part is main:
            yield main.element.body, "body"
            continue
        base = str(part.partname).rpartition("/")[2].rstrip("0123456789.xml")
        kind = {"first": " of the first page", "even": " of even pages"}.get(kinds.get(parts.get(id(part), ""), ""), "")
        yield (part.element if hasattr(part, "_element") else parse_xml(part.blob)), base + kind


class _Story:
    """One pass over the body, a header, a footer or the notes."""

    def __init__(self, root: Any, name: str, offer: Offer, asking: Asking) -> None:
        self.root, self.name, self.asking = root, name, asking
        self.known, self.lists = offer.known(), offer.lists()
        self.found: list[Fault] = []
        self.open: list[_Frame] = [_Frame("", "", "", "", {"loop": None})]
        self.tables = {table: number for number, table in enumerate(root.iter(qn("w:tbl")), 1)}
        self.holders: set[Any] = set()
        self.place = self.text = ""

    def faults(self) -> list[Fault]:
        for paragraph in self.root.iter(qn("w:p")):
            if any(each.tag.endswith("}Fallback") for each in paragraph.iterancestors()):
                continue  # the same text box again, for old programs
            self.text = _text(paragraph).translate(_QUOTES)
            if not _HALF.search(self.text):
                continue
            self.place = self._where(paragraph)
            for tag in _TAG.findall(self.text):
                self._tag(tag, paragraph)
            if half := _HALF.search(_TAG.sub("", self.text)):
                self._wrong(f"{half[0]} stands alone: a tag begins and ends in the same paragraph")
        for frame in self.open[1:]:
            self.place, self.text = frame.place, frame.text
            self._wrong(f"{frame.tag} is never closed: {{% end{frame.kind} %}} is missing")
        return self.found

    def _wrong(self, said: str) -> None:
        self.found.append(Fault(place=self.place, said=said, text=self.text))

    def _where(self, paragraph: Any) -> str:
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        if cell is None:
            return self.name
        row = next(cell.iterancestors(qn("w:tr")))
        table = next(row.iterancestors(qn("w:tbl")))
        rows, cells = list(table.iter(qn("w:tr"))), list(row.iterchildren(qn("w:tc")))
        across = cells.index(cell) + 1 if cell in cells else 1
        return f"{self.name}, table {self.tables[table]}, row {rows.index(row) + 1}, cell {across}"

    def _tag(self, tag: str, paragraph: Any) -> None:
        if tag.startswith("{#"):
            return
        found = _KIND.fullmatch(tag)
        if found is None:
            self._wrong(f"{tag} cannot be read")
            return
        opening, level, inside = found.groups()
        if opening == "{%" and level in _HOLDERS:
            self._alone(level, paragraph)
        if opening == "{{":
            self._expression(tag, inside)
            return
        word = inside.split(None, 1)[0] if inside else ""
        if word in _ENDS:
            self._close(_ENDS[word], tag)
        elif word == "else" or word == "elif":
            if self.open[-1].kind not in ("if", "for") or (word == "elif" and self.open[-1].kind == "for"):
                self._wrong(f"{tag} stands outside a condition")
            if word == "elif":
                self._parsed(tag, f"{{% if {inside[4:]} %}}{{% endif %}}")
        elif word == "if":
            self._parsed(tag, f"{{% {inside} %}}{{% endif %}}")
            self._begin("if", tag, dict(self.open[-1].scope))
        elif word == "for":
            self._loop(tag, inside)
        elif word == "set":
            self._set(tag, inside)
        elif word in _ON_VALUES:
            self._expression(tag, inside[len(word) :])
        elif word not in _BARE:
            self._wrong(f"{tag} is no tag that a template may use: for, if, set, cellbg, colspan")

    def _alone(self, level: str, paragraph: Any) -> None:
        """A tag that takes its paragraph, row or cell away must be the only one of its kind there."""
        name, called = _HOLDERS[level]
        holder = paragraph if level == "p" else next(paragraph.iterancestors(qn(name)), None)
        if holder is None:
            self._wrong(f"a tag {{%{level} … %}} stands outside a table")
        elif holder in self.holders:
            self._wrong(f"a second tag {{%{level} … %}} in one {called}; each needs a {called} of its own")
        else:
            self.holders.add(holder)

    def _begin(self, kind: str, tag: str, scope: Scope, count: int = 1) -> None:
        self.open.append(_Frame(kind, tag, self.place, self.text, scope, count))

    def _close(self, kind: str, tag: str) -> None:
        kinds = [frame.kind for frame in self.open]
        if kind not in kinds and len(kinds) > 1:
            frame = self.open.pop()
            self._wrong(f"{tag} stands where {{% end{frame.kind} %}} belongs, for {frame.tag} of {frame.place}")
            return
        if kind not in kinds:
            self._wrong(f"{tag} closes nothing: its {_WRITTEN[kind]} is missing")
            return
        while self.open[-1].kind != kind:
            frame = self.open.pop()
            self._wrong(f"{tag} stands where {{% end{frame.kind} %}} belongs, for {frame.tag} of {frame.place}")
        self.open.pop()

    def _parsed(self, tag: str, source: str) -> nodes.Node | None:
        """The node of a tag, its fields noted; None where it cannot be read."""
        try:
            environment().from_string(source)
            node = environment().parse(source).body[0]
        except TemplateSyntaxError as problem:
            self._wrong(f"{tag} cannot be read: {(problem.message or '').rstrip('.')}")
            return None
        if any(True for _ in node.find_all(nodes.Call)):
            self._wrong(f"{tag} calls a function, which no template may")
            return None
        if not isinstance(node, nodes.For | nodes.Assign):
            self._ask(node, self.open[-1].scope)
        return node

    def _expression(self, tag: str, inside: str) -> None:
        self._parsed(tag, f"{{{{ {inside} }}}}")

    def _ask(self, node: nodes.Node, scope: Scope) -> None:
        asked = Asking()
        asked.look(node, dict(scope))
        self._note(asked, scope)

    def _note(self, asked: Asking, scope: Scope) -> None:
        for path in sorted(longest(asked.paths) - self.known):
            words = tuple(sorted(name for name in scope if name != "loop"))
            self.found.append(Fault(place=self.place, unknown=path, words=words, text=self.text))
        for group in ("paths", "listed", "counted", "keys"):
            getattr(self.asking, group).update(getattr(asked, group))

    def _loop(self, tag: str, inside: str) -> None:
        node, outer = self._parsed(tag, f"{{% {inside} %}}{{% endfor %}}"), self.open[-1].scope
        if not isinstance(node, nodes.For):
            self._begin("for", tag, dict(outer))
            return
        asked = Asking()
        scope = asked.turn(node, dict(outer))
        path = asked.path(node.iter, outer)
        if node.test is not None:
            asked.look(node.test, scope)
        self._note(asked, scope)
        if path in self.known and path not in self.lists:
            self._wrong(f"{tag} goes over {path}, which is no list")
        count = self.open[-1].turns * turns(path)
        if count > MOST_TURNS >= self.open[-1].turns:
            self._wrong(
                f"{tag} stands inside other loops and would take {count:,} turns for lists as long as they may be; "
                f"at most {MOST_TURNS:,} are made"
            )
        self._begin("for", tag, scope, count)

    def _set(self, tag: str, inside: str) -> None:
        node = self._parsed(tag, f"{{% {inside} %}}" + ("" if "=" in inside else "{% endset %}"))
        if isinstance(node, nodes.Assign):
            scope = self.open[-1].scope
            asked = Asking()
            asked.look(node.node, dict(scope))
            self._note(asked, scope)
            Asking().look(node, scope)
        elif node is not None:
            self._begin("set", tag, dict(self.open[-1].scope))


def _text(paragraph: Any) -> str:
    """The text of a paragraph as it is read, text boxes in it left to themselves."""
    said = []
    for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if next(element.iterancestors(qn("w:p"))) is paragraph:
            said.append((element.text or "") if element.tag == qn("w:t") else " ")
    return "".join(said)
