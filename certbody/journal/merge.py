"""Bringing together what was recorded apart: the union of acts by id."""

from __future__ import annotations

from collections.abc import Container, Iterable
from heapq import heapify, heappop, heappush

from certbody.journal.entry import Act, Entry, Head
from certbody.journal.store import Store


def unknown(acts: Iterable[Act], known: Container[str]) -> list[Act]:
    """The acts whose ids are not known, oldest first, and none before an act that it replaces."""
    new = {act.id: act for act in acts if act.id not in known}
    waits = {act.id: {each for each in act.over if each in new} for act in new.values()}
    followers: dict[str, list[str]] = {}
    for each, befores in waits.items():
        for before in befores:
            followers.setdefault(before, []).append(each)
    ready = [(new[each].at[:-1], each) for each, befores in waits.items() if not befores]
    heapify(ready)
    ordered = []
    while ready:
        _, done = heappop(ready)
        ordered.append(new[done])
        for each in followers.get(done, ()):
            waits[each].discard(done)
            if not waits[each]:
                heappush(ready, (new[each].at[:-1], each))
    return ordered


def merge(store: Store, name: str, acts: Iterable[Act]) -> list[Entry]:
    """Append to a journal those of `acts` that it lacks; the entries appended.

    What the acts say is for the caller to judge, on the state that the union yields.
    """
    with store.holding(name):
        there = store.read(name)
        head = there[-1].head if there else Head.first(name)
        return store.append(name, unknown(acts, {entry.id for entry in there}), {name: head})
