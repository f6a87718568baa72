"""A process that appends findings and says of each, once it is acknowledged, which one it was.

Run as ``writer.py OFFICE JOURNAL FIRST COUNT [KIND]``. KIND ``checked`` names the head that was read before; any
other holds the journal meanwhile. With ``evidence`` each finding brings a file.
"""

from __future__ import annotations

import sys

from certbody.errors import Changed
from certbody.journal import FileStore, draft


def main() -> None:
    office, name, first, count, kind = sys.argv[1:6]
    store = FileStore(office)
    for number in range(int(first), int(first) + int(count)):
        record = {"text": f"finding {number} " * 20}
        if kind == "evidence":
            record["sha256"] = store.put_file(f"photograph {number}".encode() * 500)
        act = draft(
            at="2027-03-02T12:00:00Z",
            by="P-1",
            entered={"by": "P-1", "how": "pin"},
            act="finding recorded",
            put={"findings": {f"F-{number}": record}},
        )
        while True:
            try:
                if kind == "checked":
                    store.append(name, [act], {name: store.head(name)})
                else:
                    with store.holding(name):
                        store.append(name, [act], {name: store.head(name)})
                break
            except Changed:
                continue
        print(number, flush=True)


if __name__ == "__main__":
    main()
