"""The only way onto the record: who acts, what is refused, what is kept, what two at once do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest

from certbody.domain.decision import CertificationDecision, Kind
from certbody.domain.document import Settlement
from certbody.domain.nonconformity import Means, Verification
from certbody.domain.people import Interest, InterestKind, Person
from certbody.errors import BadData, Changed, NotFound, Refused
from certbody.journal import FileStore, chain, draft
from certbody.office import BODY, Hand, Office
from certbody.office.checking import check
from certbody.office.clock import uuid7
from certbody.office.founding import found, read, sample
from certbody.records import dump
from certbody.registry import Registry
from tests.cli import nordwind
from tests.deliverables import example

NOW = nordwind.NOW
CLIENT = "C-0001"


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "office"
    nordwind.at_closing(folder)
    return folder


@pytest.fixture
def office(laid_out: Path, tmp_path: Path) -> Office:
    """An office of its own for each test, after the closing meeting of stage 2."""
    shutil.copytree(laid_out, tmp_path / "office")
    return Office.open(tmp_path / "office", clock=lambda: NOW)


def verification(finding: str = "finding-1", **said: object) -> Verification:
    given = {"id": "v-new", "finding": finding, "verified_on": date(2026, 6, 1), "by": "P-01", "implemented": False}
    return Verification(means=Means.DOCUMENT, evidence="Not in use.", **{**given, **said})


def major(office: Office) -> str:
    return next(each.id for each in office.dossier(CLIENT).findings.values() if each.grade == "major")


class TestWhoActs:
    """ISO/IEC 17021-1:2015, 9.5.1 and 9.9: by, entered by, when it happened, when it was recorded."""

    def test_a_personal_act_without_pin_or_form_is_refused(self, office: Office) -> None:
        with pytest.raises(Refused, match="not authenticated by Ada Kaya"):
            office.record(CLIENT, "verified", {"verifications": [verification(major(office))]}, hand=Hand(by="P-01"))

    def test_with_the_own_pin_it_is_recorded_and_the_pin_is_nowhere(self, office: Office) -> None:
        _, pin = nordwind.PINS["P-01"]
        office.secrets.set_pin("P-01", pin)
        entry = office.record(
            CLIENT, "verified", {"verifications": [verification(major(office))]}, hand=Hand(by="P-01", pin=pin)
        )
        assert entry.entered == {"by": "P-01", "how": "pin"}
        assert not [path for path in office.folder.rglob("*.jsonl") if pin.encode() in path.read_bytes()]
        assert pin not in repr(Hand(by="P-01", pin=pin))

    def test_somebody_elses_pin_is_refused(self, office: Office) -> None:
        for person in ("P-01", "P-03"):
            office.secrets.set_pin(person, nordwind.PINS[person][1])
        hand = Hand(by="P-01", pin=nordwind.PINS["P-03"][1])
        with pytest.raises(BadData, match="The PIN is not Ada Kaya's"):
            office.record(CLIENT, "verified", {"verifications": [verification(major(office))]}, hand=hand)

    def test_a_signed_form_entered_by_another_stands_for_it_and_is_kept(self, office: Office) -> None:
        scan = b"%PDF-1.4 a scanned form"
        hand = Hand(by="P-01", form=scan, entered_by="P-03")
        entry = office.record(CLIENT, "verified", {"verifications": [verification(major(office))]}, hand=hand)
        assert entry.entered["how"] == "signed form"
        assert office.store.open_file(str(entry.entered["form"])) == scan

    def test_a_form_entered_by_its_signer_is_refused_and_not_kept(self, office: Office) -> None:
        before = office.store.files()
        with pytest.raises(Refused, match="entered by somebody else"):
            office.record(
                CLIENT,
                "verified",
                {"verifications": [verification(major(office))]},
                hand=Hand(by="P-01", form=b"scan", entered_by="P-01"),
            )
        assert office.store.files() == before

    def test_nobody_acts_who_is_not_here(self, office: Office) -> None:
        with pytest.raises(Refused, match="There is no person P-99"):
            office.record(BODY, "added", {"people": [Person(id="x", name="X", initials="XX")]}, hand=Hand(by="P-99"))


class TestWhatIsKept:
    """Nothing on record is rewritten; what was judged is what stands."""

    def test_check_refuses_as_record_would_and_puts_nothing_on_record(self, office: Office) -> None:
        head = office.head(CLIENT)
        with pytest.raises(Refused):
            office.check(CLIENT, "verified", {"verifications": [verification(major(office))]}, hand=Hand(by="P-01"))
        assert office.head(CLIENT) == head

    def test_a_final_record_is_not_replaced(self, office: Office) -> None:
        agreement = next(iter(office.dossier(CLIENT).agreements.values()))
        changed = attrs.evolve(agreement, client_signed_by="Somebody Else")
        with pytest.raises(Refused, match="final; it is not rewritten"):
            office.record(CLIENT, "agreement changed", {"agreements": [changed]}, hand=Hand(by="P-03"))

    def test_what_somebody_changed_meanwhile_is_not_overwritten(self, office: Office) -> None:
        seen = office.dossier(CLIENT)
        client = seen.client
        assert client is not None
        hand = Hand(by="P-03")
        office.record(CLIENT, "moved", {"clients": [attrs.evolve(client, city="Neustadt")]}, hand=hand)
        with pytest.raises(Changed, match="somebody changed it meanwhile"):
            office.record(CLIENT, "renamed", {"clients": [attrs.evolve(client, phone="+49 0")]}, hand=hand, seen=seen)

    def test_a_second_office_object_sees_what_the_first_recorded(self, office: Office) -> None:
        other = Office.open(office.folder, clock=lambda: NOW)
        assert other.body.person("ZZ") is None
        office.record(BODY, "added", {"people": [Person(id="z", name="Zoe", initials="ZZ")]}, hand=Hand(by="P-03"))
        assert other.body.person("ZZ") is not None

    def test_a_fact_of_tomorrow_is_refused_and_a_plan_of_tomorrow_is_not(self, office: Office) -> None:
        tie = Interest(id="i", person="P-01", client=CLIENT, kind=InterestKind.OTHER, disclosed_on=date(2027, 2, 2))
        with pytest.raises(Refused, match="lies after 2027-02-01"):
            office.record(BODY, "disclosed", {"interests": [tie]}, hand=Hand(by="P-01"))
        audit = next(iter(office.dossier(CLIENT).audits.values()))
        planned = attrs.evolve(
            audit, id="a-new", number="2027-099", kind="special", stage=0,
            starts_on=date(2027, 5, 3), ends_on=date(2027, 5, 3),
        )  # fmt: skip
        assert planned.starts_on > NOW.date()

    def test_the_day_is_the_bodys(self, office: Office) -> None:
        """A moment that is tomorrow where the body is counts as tomorrow there."""
        [profile] = office.body.profiles.values()
        late = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)
        office.clock = lambda: late
        office.record(
            BODY, "moved", {"profiles": [attrs.evolve(profile, time_zone="Asia/Tokyo")]}, hand=Hand(by="P-03")
        )
        assert office.today() == date(2027, 2, 2)


class TestNumbers:
    """Numbers for people: given once in the whole office (8.2.2 d)."""

    def test_two_clients_never_get_the_same(self, office: Office) -> None:
        hand, on = Hand(by="P-03"), date(2027, 2, 1)
        made = [office.number("audit", journal, uuid7(), hand=hand, on=on) for journal in (CLIENT, "C-0002", CLIENT)]
        assert made == ["2027-001", "2027-002", "2027-003"]

    def test_eight_processes_at_once_get_eight_numbers(self, office: Office) -> None:
        program = (
            "import sys; from datetime import date; from certbody.office import Office, Hand; "
            "from certbody.office.clock import uuid7; o = Office.open(sys.argv[1]); "
            "print(o.number('audit', 'C-0001', uuid7(), hand=Hand(by='P-03'), on=date(2027, 2, 1)))"
        )
        command = [sys.executable, "-c", program, str(office.folder)]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(8)]
        said = [process.communicate()[0].strip() for process in running]
        assert sorted(said) == [f"2027-00{count}" for count in range(1, 9)]

    def test_ids_sort_by_their_making(self) -> None:
        made = [uuid7() for _ in range(5_000)]
        assert made == sorted(set(made))


class TestLateFacts:
    """A true fact that arrives late is recorded, and stands against the act it touches until it is settled."""

    def decided(self, office: Office) -> None:
        """Put a decision on record past the rules, as if all had been in order."""
        decision = next(iter(example.dossier().decisions.values()))
        decision = attrs.evolve(decision, by="P-04", kind=Kind.REFUSE, reason="Not ready.", effective_on=None)
        office.secrets.set_pin("P-04", nordwind.PINS["P-04"][1])
        hand = Hand(by="P-04", pin=nordwind.PINS["P-04"][1])
        office.record(CLIENT, "refused", {"decisions": [decision]}, hand=hand)

    def test_an_interest_disclosed_after_the_decision_is_recorded_and_stands(self, office: Office) -> None:
        self.decided(office)
        assert office.standing(CLIENT, NOW.date()) == []
        tie = Interest(
            id="late", person="P-04", client=CLIENT, kind=InterestKind.CONSULTANCY,
            ended_on=date(2026, 2, 1), disclosed_on=date(2027, 1, 15),
        )  # fmt: skip
        office.record(BODY, "interest disclosed", {"interests": [tie]}, hand=Hand(by="P-04"))
        [objection] = office.standing(CLIENT, NOW.date())
        assert (objection.rule, objection.level) == (5, "A")
        assert "Dunja Petrov's consultancy for this client ended on 2026-02-01" in objection.text
        said = check(office)
        assert not said.sound
        assert any("Dunja Petrov" in line for line in said.objections)

    def settlement(self, office: Office, by: str = "P-03") -> Settlement:
        [objection] = office.standing(CLIENT, NOW.date())
        return Settlement(
            id="s", table=objection.about[0], record=objection.about[1], rule=5, settled_on=NOW.date(), by=by,
            objection=objection.text, how="Decided anew by Gil Amsel, who has no tie to the client.",
        )  # fmt: skip

    def test_no_certificate_goes_on_record_by_whichever_door_while_it_stands(self, office: Office) -> None:
        self.test_an_interest_disclosed_after_the_decision_is_recorded_and_stands(office)
        certificate = next(iter(example.dossier().certificates.values()))
        with pytest.raises(Refused, match="Dunja Petrov's consultancy for this client ended on 2026-02-01"):
            office.record(CLIENT, "issued", {"certificates": [certificate]}, hand=Hand(by="P-03"))

    def test_words_do_not_settle_what_a_barred_person_decided(self, office: Office) -> None:
        self.test_an_interest_disclosed_after_the_decision_is_recorded_and_stands(office)
        office.secrets.set_pin("P-03", nordwind.PINS["P-03"][1])
        hand = Hand(by="P-03", pin=nordwind.PINS["P-03"][1])
        with pytest.raises(Refused, match="taken by somebody who is barred; no new decision is on record"):
            office.record(CLIENT, "settled", {"settlements": [self.settlement(office)]}, hand=hand)

    def test_a_new_decision_settles_it_and_nothing_is_taken_off_the_record(self, office: Office) -> None:
        self.test_an_interest_disclosed_after_the_decision_is_recorded_and_stands(office)
        first = next(iter(office.dossier(CLIENT).decisions.values()))
        anew = attrs.evolve(first, id="decision-2", number="D-2027-001", by="P-07", decided_on=NOW.date())
        for person, pin in (("P-07", "amsel-2718"), ("P-03", nordwind.PINS["P-03"][1])):
            office.secrets.set_pin(person, pin)
        office.record(CLIENT, "decided anew", {"decisions": [anew]}, hand=Hand(by="P-07", pin="amsel-2718"))
        hand = Hand(by="P-03", pin=nordwind.PINS["P-03"][1])
        office.record(CLIENT, "objection settled", {"settlements": [self.settlement(office)]}, hand=hand)
        assert office.standing(CLIENT, NOW.date()) == []
        assert check(office).sound
        assert office.body.interests["late"].person == "P-04"

    def test_a_decision_that_nobody_was_barred_from_is_not_taken_twice(self, office: Office) -> None:
        self.decided(office)
        first = next(iter(office.dossier(CLIENT).decisions.values()))
        anew = attrs.evolve(first, id="decision-2", number="D-2027-001", by="P-07", decided_on=NOW.date())
        office.secrets.set_pin("P-07", "amsel-2718")
        with pytest.raises(Refused, match="was decided on 2026-06-24 already"):
            office.record(CLIENT, "decided", {"decisions": [anew]}, hand=Hand(by="P-07", pin="amsel-2718"))


class TestWhoEnters:
    """A signed form stands for the signer; in an auditor's hands it would stand for the auditor (9.5.1.1)."""

    def decision(self) -> CertificationDecision:
        made = next(iter(example.dossier().decisions.values()))
        return attrs.evolve(made, by="P-04", kind=Kind.REFUSE, reason="Not ready.", effective_on=None)

    def test_an_auditor_does_not_enter_the_decision(self, office: Office) -> None:
        hand = Hand(by="P-04", form=b"a scan", entered_by="P-01")
        with pytest.raises(Refused, match="Ada Kaya, who enters this, audited this client"):
            office.record(CLIENT, "refused", {"decisions": [self.decision()]}, hand=hand)

    def test_somebody_who_was_on_no_audit_does(self, office: Office) -> None:
        hand = Hand(by="P-04", form=b"a scan", entered_by="P-03")
        office.record(CLIENT, "refused", {"decisions": [self.decision()]}, hand=hand)
        assert "decision-1" in office.dossier(CLIENT).decisions

    def test_a_verification_may_be_entered_by_the_team(self, office: Office) -> None:
        hand = Hand(by="P-01", form=b"a scan", entered_by="P-02")
        office.record(CLIENT, "verified", {"verifications": [verification(major(office))]}, hand=hand)


class TestChecking:
    """certbody verify: hashes, chain and rules, whoever wrote the file."""

    def test_an_untouched_office_is_sound(self, office: Office) -> None:
        assert check(office).sound

    def test_a_violation_planted_with_a_chain_of_its_own_is_found(self, office: Office) -> None:
        """Whoever rewrites a journal with hashes that agree still cannot make an auditor a lawful decider."""
        store = FileStore(office.folder)
        decision = CertificationDecision(
            id="planted", number="D-2026-900", application="application-1", kind=Kind.GRANT,
            decided_on=date(2026, 6, 24), by="P-01", reason="All well.",
        )  # fmt: skip
        act = draft(
            at=NOW, by="P-01", entered={"by": "P-01", "how": "pin"}, act="granted",
            put={"decisions": {"planted": dump(decision)}},
        )  # fmt: skip
        with (office.folder / "journals" / f"{CLIENT}.jsonl").open("ab") as file:
            file.write(chain(act, store.head(CLIENT)).line)
        said = check(Office.open(office.folder, clock=lambda: NOW))
        assert not said.faults
        assert any("rule 1" in line and "Ada Kaya" in line for line in said.objections)

    def test_a_personal_act_planted_without_a_pin_is_found(self, office: Office) -> None:
        store = FileStore(office.folder)
        act = draft(
            at=NOW, by="P-01", entered={"by": "P-01", "how": "said"}, act="verified",
            put={"verifications": {"v": dump(verification(major(office), id="v"))}},
        )  # fmt: skip
        store.append(CLIENT, [act], {CLIENT: store.head(CLIENT)})
        said = check(Office.open(office.folder, clock=lambda: NOW))
        assert any("rule 47" in line for line in said.objections)

    def test_a_scheme_that_nobody_supplies_is_named(self, office: Office) -> None:
        without = Office.open(office.folder, clock=lambda: NOW, registry=Registry())
        [line] = check(without).objections
        assert "application A-2026-001 is for iso10002, which no plugin supplies here" in line

    def test_heads_from_outside_show_a_cut_end(self, office: Office) -> None:
        head = office.head(CLIENT)
        path = office.folder / "journals" / f"{CLIENT}.jsonl"
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:-1]))
        again = Office.open(office.folder, clock=lambda: NOW)
        assert not check(again, [f"{CLIENT}={head.no}·{head.short}"]).sound

    def test_what_is_no_head_is_said(self, office: Office) -> None:
        with pytest.raises(BadData, match="is no head"):
            check(office, ["C-0001"])


class TestOpening:
    """Where there is no office, the next step is said."""

    def test_an_empty_folder_is_no_office(self, tmp_path: Path) -> None:
        with pytest.raises(NotFound, match="certbody office new"):
            Office.open(tmp_path)

    def test_the_sample_settings_found_an_office(self, tmp_path: Path) -> None:
        made = found(tmp_path / "new", read(sample().encode(), "office.toml"), clock=lambda: NOW)
        assert [person.initials for person in made.body.people.values()] == ["AE", "DE"]
        assert check(made).sound

    def test_founding_twice_changes_nothing(self, tmp_path: Path) -> None:
        settings = read(sample().encode(), "office.toml")
        made = found(tmp_path / "new", settings, clock=lambda: NOW)
        head = made.head(BODY)
        with pytest.raises(BadData, match="There is an office"):
            found(tmp_path / "new", settings, clock=lambda: NOW)
        assert Office.open(tmp_path / "new").head(BODY) == head

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            (('name = "Example Certification Ltd"', 'name = ""'), "name is empty @ $.body"),
            (('time_zone = "UTC"', 'time_zone = "Mars/Base"'), "no time zone"),
            (('initials = "DE"', 'initials = "AE"'), "has the initials AE already"),
            (('functions = ["auditing", "leading"]', 'functions = ["flying"]'), "'flying' is none of"),
            (("response_days = 30", "response_dayz = 30"), "unknown field response_dayz"),
            (("[body]", "[body"), "is no TOML"),
        ],
    )
    def test_settings_that_cannot_be_used_found_nothing(
        self, tmp_path: Path, change: tuple[str, str], fault: str
    ) -> None:
        said = sample().replace(*change)
        assert said != sample()
        with pytest.raises((BadData, Refused)) as told:
            found(tmp_path / "new", read(said.encode(), "office.toml"), clock=lambda: NOW)
        assert fault in str(told.value)
        assert not (tmp_path / "new").exists()
