"""A child that never ends by itself."""

from certbody.deliverables.child import answer


def main() -> None:
    def spin(given: bytes) -> dict[str, str]:
        while True:
            given += b""

    answer(spin)
