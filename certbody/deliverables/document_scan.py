"""Looks through a Word document's XML for fields and parts that would fetch or run something when it is opened."""

from __future__ import annotations

from certbody.errors import BadData

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_FETCHING = {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE", "MACROBUTTON"}


class DocumentScan:
    """One pass over a part of a document; raises BadData at the first fault."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.instruction: list[str] = []
        self.reading = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == _WORD + "altChunk":
            raise BadData(f"{self.file} has a foreign file built in (altChunk); paste its text instead.")
        if element == _WORD + "fldSimple":
            self._check(attributes.get(_WORD + "instr", ""))
        elif element == _WORD + "fldChar":
            self._check("".join(self.instruction))
            self.instruction = []
        elif element == _WORD + "instrText":
            self.reading = True

    def text(self, characters: str) -> None:
        if self.reading:
            self.instruction.append(characters)

    def end(self, element: str) -> None:
        if element == _WORD + "instrText":
            self.reading = False

    def _check(self, instruction: str) -> None:
        word = instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""
        if word in _FETCHING:
            raise BadData(f"{self.file} has a field {word}, which fetches or runs something; remove it.")
