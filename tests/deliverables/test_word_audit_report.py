"""The audit report says all that 9.4.8.2 and 9.4.8.3 ask, of stage 1 and of later audits, and nothing else."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from PIL import Image

from certbody import resources
from certbody.deliverables.audit_report import DELIVERABLE
from certbody.deliverables.deliverable import Recorded, Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.audit import Audit
from certbody.domain.claims import conformity_claims
from certbody.domain.dossier import Dossier
from certbody.domain.evidence import AuditEvidence, Checklist, ItemResult, Result
from certbody.domain.findings import Finding, Grade
from certbody.domain.nonconformity import Effectiveness
from certbody.domain.regrading import Regrading
from certbody.domain.report import AuditConclusion, Report
from certbody.domain.standard import AuditType
from certbody.errors import NotFound
from tests.deliverables import example
from tests.deliverables.example import STAGE_1, STAGE_2
from tests.deliverables.example.large import large
from tests.reconsidered import reconsidered

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
TEMPLATE = resources.template(DELIVERABLE.template)
NAMES = ("ISO 10002:2018", "ISO 10002", "ISO")
HOSTILE = "{{ document.head }} <b>&amp; \"=cmd|' /C calc'!A0\" {% if %} & Söhne 東京\nsecond line\n\tthird"
REPORTS = {
    "report-1": Report(id="report-1", number="2026-007/R1", audit=STAGE_1, issued_on=date(2026, 3, 13), by="P-01"),
    "report-2": Report(id="report-2", number="2026-014/R1", audit=STAGE_2, issued_on=date(2026, 4, 22), by="P-01"),
}


def known(**tables: Any) -> Dossier:
    """The example with records replaced or, where None, tables emptied."""
    state = attrs.evolve(example.dossier(), reports=REPORTS)
    return attrs.evolve(
        state, **{name: {} if rows is None else {**getattr(state, name), **rows} for name, rows in tables.items()}
    )


def revised() -> Dossier:
    """The example with more time for one nonconformity, another regraded, and a revision of the report after that."""
    second = Report(id="r2", number="2026-014/R2", audit=STAGE_2, revision=2, issued_on=date(2026, 5, 22), by="P-01",
                    reason="2026-014/BF-1 was regraded.")  # fmt: skip
    made: Dossier = reconsidered().having({"reports": [*REPORTS.values(), second]})
    return made


def recorded(table: str, key: str) -> Recorded:
    return Recorded(by="P-01", entered_by="P-01", how="pin", at=datetime(2026, 4, 22, 9, 12, tzinfo=UTC))


def showing(about: str = STAGE_2, **more: Any) -> Showing:
    given = {"dossier": known(), "draft": False, "template": "T-11 r1", "recorded": recorded, **more}
    return example.showing(about, **given)


def made(view: Showing) -> bytes:
    return fill_document(TEMPLATE, DELIVERABLE.fields(view), at=AT, pictures=DELIVERABLE.pictures(view))


def said(about: str = STAGE_2, **more: Any) -> str:
    return document_text(made(showing(about, **more)))


def changed(table: str, key: str, **changes: Any) -> Dossier:
    return known(**{table: {key: attrs.evolve(getattr(known(), table)[key], **changes)}})


def surveillance() -> Dossier:
    """A year later: one question answered, one effectiveness confirmed at this audit, one result still missing."""
    before = known().audits[STAGE_2]
    audit = attrs.evolve(
        before,
        id="audit-3",
        number="2027-021",
        kind=AuditType.SURVEILLANCE,
        stage=0,
        starts_on=date(2027, 4, 20),
        ends_on=date(2027, 4, 21),
        sites=("HQ",),
        days=Decimal("2.0"),
    )
    rows = known().checklists["checklist-2"].rows[:2]
    return known(
        audits={"audit-3": audit},
        checklists={
            "checklist-3": Checklist(
                id="checklist-3", audit="audit-3", version=1, issued_on=date(2027, 4, 1), rows=rows
            )
        },
        results={
            "r": ItemResult(
                id="r",
                audit="audit-3",
                row=rows[0].id,
                result=Result.CONFORMITY,
                by="P-01",
                recorded_on=date(2027, 4, 20),
            )
        },
        effectiveness={
            "effectiveness-2": Effectiveness(
                id="effectiveness-2",
                finding="finding-AK-2",
                confirmed_on=date(2027, 4, 20),
                by="P-01",
                audit="audit-3",
                effective=True,
                evidence="Chat log and register of March 2027 agree.",
            )
        },
    )


class TestEveryPart:
    """ISO/IEC 17021-1:2015, 9.4.8.2 a to r, 9.4.8.3."""

    def test_the_text_of_stage_1_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("audit-report-stage-1", said(STAGE_1))

    def test_the_text_of_stage_2_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("audit-report-stage-2", said())

    @pytest.mark.parametrize("about", [STAGE_1, STAGE_2])
    def test_template_and_fields_agree(self, about: str) -> None:
        asked = {path for path in placeholders(TEMPLATE) if not path.startswith("pictures")}
        unknown, unused = unknown_and_unused(asked, DELIVERABLE.fields(showing(about)))
        assert unknown == set()
        assert {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")} == set()

    @pytest.mark.parametrize(("letter", "words"), [
        ("a", "Fernhill Certification Ltd"), ("b", "Nordwind Telecom Ltd (C-0001)"),
        ("b", "1 Harbour Street, 20459 Musterhafen, Germany"), ("b", "Greta Holm, Director of Customer Care"),
        ("c", "Initial audit, stage 2"), ("d", "S-10002, issue 1 of 2026-01-05"),
        ("e", "To determine the conformity of the complaints-handling process"), ("f", example.SCOPE),
        ("f", "3 of 3 in the scope"), ("f", "Complaints at the counter"), ("f", "4.0 auditor days"),
        ("g", "The shop was visited an hour later"), ("h", "None beyond the nonconformities."),
        ("i", "Emil Sand"), ("i", "technical expert"), ("i", "no conflict, 2026-02-11"),
        ("j", "88 Dyke Road, 26721 Neudeich, Germany | permanent site | 2026-04-15 | 2026-04-16"),
        ("j", "Opening meeting, 2026-04-14, 09:00"), ("j", "Henrik Lund | Head of contact centre"),
        ("k", "2026-014/AK-1 | Major nonconformity"), ("k", "14 of 20 weekend cases"), ("k", "Kept as E2"),
        ("l", "None since stage 1."), ("m", "2026-014/BF-1 is disputed by the client."),
        ("m", "Closing meeting: The client disputes 2026-014/BF-1"), ("n", "neither combined nor joint"),
        ("o", "An audit rests on samples"), ("p", "Grant once nonconformities are dealt with"),
        ("p", "Correction and corrective action for 2026-014/AK-1 verified on site."),
        ("q", "No certificate yet; no mark in use."), ("r", "No nonconformity of an earlier audit was open."),
        ("9.4.8.3 a", "The process fulfils the criteria at all sites"), ("9.4.8.3 a", "Legal time limits are known"),
        ("9.4.8.3 a", "The internal audit of 2026-03-26"), ("9.4.8.3 b", "The scope is appropriate."),
        ("9.4.8.3 c", "The objectives of the audit were fulfilled."), ("MD 4", "Two hours by video"),
    ])  # fmt: skip
    def test_it_says_every_part_under_its_letter(self, letter: str, words: str) -> None:
        text = said()
        assert words in text
        marks = {mark.strip() for line in text.splitlines() for cell in line.split("|") for mark in cell.split("\t")}
        marks |= {single.strip() for mark in marks for single in mark.split(",")}
        assert letter in marks

    @pytest.mark.parametrize("words", [
        "S7.4.1 of S-10002, issue 1 of 2026-01-05", "Acknowledgement: Receipt shall be acknowledged at once.",
        "Acknowledged by Greta Holm on 2026-04-16.",
        "Disputed by Greta Holm on 2026-04-16: Notices had been ordered on 2026-04-02.", "Answer due | 2026-05-16",
        "Causes of complaints are discussed with product owners every week.",
        "Decisions of top management on complaints are spread",
        "2026-014/R1\nrevision 1 | 2026-04-22\nAda Kaya | First issue.",
        "own PIN, on record since 2026-04-22 09:12 UTC", "those who review and decide",
    ])  # fmt: skip
    def test_findings_distribution_and_sign_off_are_whole(self, words: str) -> None:
        assert words in said()

    def test_it_claims_no_conformity_to_the_guidance(self) -> None:
        for about in (STAGE_1, STAGE_2):
            assert [claim for claim in conformity_claims(said(about), NAMES) if claim.certain] == []

    def test_both_editions_pass_the_gate_for_files_from_outside(self) -> None:
        admit(made(showing()), "audit-report.docx", kind="docx")


class TestStages:
    """ISO/IEC 17021-1:2015, 9.3.1.2."""

    def test_stage_1_concludes_on_readiness_and_recommends_nothing(self) -> None:
        text = said(STAGE_1)
        assert "Conclusion of stage 1 | Ready for stage 2" in text
        assert "Complete; the policy is dated 2025-11-03." in text
        assert "Recommendation |" not in text
        assert "No nonconformity was found" not in text

    def test_stage_1_not_ready_says_so(self) -> None:
        assert "Not ready for stage 2" in said(
            STAGE_1, dossier=changed("stage1_conclusions", "stage1-conclusion", ready=False)
        )

    def test_stage_2_takes_up_the_concerns_of_stage_1_with_what_it_found(self) -> None:
        text = said()
        assert "An internal audit of the whole process has been planned but not carried out." in text
        assert "conformity\nSeen in documents and cases." in text

    def test_a_later_audit_follows_up_earlier_nonconformities_until_they_were_settled(self) -> None:
        view = showing("audit-3", dossier=surveillance(), draft=True, on=date(2027, 4, 22))
        rows = {row["number"]: row for row in DELIVERABLE.fields(view)["followed_up"]}
        assert rows["2026-014/AK-2"]["state"] == "effectiveness confirmed"
        assert rows["2026-014/BF-1"]["state"] == "response accepted"
        assert rows["2026-014/AK-2"]["steps"][-1].startswith("2027-04-20: effectiveness confirmed by Ada Kaya")
        assert "2026-014/AK-1" not in rows  # confirmed effective in 2026
        assert "Chat log and register of March 2027 agree." in document_text(made(view))

    def test_of_an_audit_not_concluded_it_says_so_and_lists_items_without_result(self) -> None:
        text = document_text(made(showing("audit-3", dossier=surveillance(), draft=True, on=date(2027, 4, 22))))
        assert "Recommendation | Not concluded yet." in text
        assert "no result yet: 1" in text
        assert "DRAFT" in text
        assert "Nobody is assigned yet." in text

    def test_an_audit_of_the_same_days_to_another_standard_is_named(self) -> None:
        other = attrs.evolve(known().audits[STAGE_2], id="other", number="2026-015", standard="tea", criteria="S-9")
        assert "2026-015 (S-9)" in said(dossier=known(audits={"other": other}))


class TestRevisions:
    """A report is the body's, in a revision (9.4.8.1)."""

    def test_an_issued_report_shows_its_own_day_and_not_a_later_one(self) -> None:
        late = attrs.evolve(known().acknowledgements["ack-3"], on=date(2026, 4, 25))
        assert "Not on record." in said(dossier=known(acknowledgements={"ack-3": late}))

    def test_a_draft_beside_an_issued_report_is_the_next_revision(self) -> None:
        view = showing(draft=True)
        assert DELIVERABLE.number(view) == "2026-014/R2"
        assert "2026-014/R2\nrevision 2 | draft, not issued" in document_text(made(view))

    def test_a_report_is_shown_by_its_own_id_too(self) -> None:
        assert DELIVERABLE.number(showing("report-1")) == "2026-007/R1"
        assert said("report-1") == said(STAGE_1)

    def test_an_older_revision_does_not_list_a_newer(self) -> None:
        second = Report(id="r2", number="2026-014/R2", audit=STAGE_2, revision=2, issued_on=date(2026, 5, 4), by="P-01")
        view = showing("report-2", dossier=known(reports={"r2": second}))
        assert [row["revision"] for row in DELIVERABLE.fields(view)["revisions"]] == ["1"]

    def test_a_revision_says_what_it_replaces_why_and_what_has_changed(self) -> None:
        text = said("r2", dossier=revised())
        assert "Replaces | 2026-014/R1 of 2026-04-22, which stays on record" in text
        assert "Reason: 2026-014/BF-1 was regraded." in text
        assert (
            "2026-05-20: 2026-014/BF-1 regraded from minor to opportunity by Dunja Petrov: The order of 2026-04-02 "
            "shows that the notices were on their way before the audit."
        ) in text
        assert "2026-04-28: time to answer 2026-014/AK-1 extended to 2026-05-30 by Carla Monti" in text
        assert "Replaces |" not in said()

    def test_each_revision_shows_the_grades_of_its_day(self) -> None:
        def grades(report: str) -> dict[str, int]:
            counts = DELIVERABLE.fields(showing(report, dossier=revised()))["findings"]["counts"]
            return {row["grade"]: row["count"] for row in counts if row["count"]}

        assert grades("report-2") == {
            "Major nonconformities": 1,
            "Minor nonconformities": 2,
            "Opportunities for improvement": 1,
            "Strengths": 1,
        }
        assert grades("r2") == {
            "Major nonconformities": 1,
            "Minor nonconformities": 1,
            "Opportunities for improvement": 2,
            "Strengths": 1,
        }

    def test_what_was_regraded_stands_with_day_person_and_reason(self) -> None:
        up = Regrading(
            id="regrading-2", finding="finding-AK-2", regraded_on=date(2026, 5, 21), by="P-04", grade=Grade.MAJOR,
            reason="Three channels more.",
        )  # fmt: skip
        text = said("r2", dossier=revised().having({"regradings": [up]}))
        assert "Regraded | 2026-05-21: regraded from minor to major by Dunja Petrov: Three channels more." in text
        assert "2026-05-20: regraded from minor to opportunity by Dunja Petrov" in text
        assert "Answer due | 2026-05-30\n2026-04-28: time to answer extended to 2026-05-30 by Carla Monti" in text
        assert "2026-014/AK-2 (major)" in text  # in the annex, too
        assert "2026-014/AK-2 (minor)" in said("report-2", dossier=revised().having({"regradings": [up]}))

    def test_a_draft_of_the_next_revision_lists_what_has_changed_so_far(self) -> None:
        state = revised().having({}, {"reports": ["r2"]})
        rows = DELIVERABLE.fields(showing(draft=True, dossier=state))["revisions"]
        assert [(row["number"], row["issued"], len(row["changes"])) for row in rows] == [
            ("2026-014/R1", "2026-04-22", 0),
            ("2026-014/R2", "draft, not issued", 2),
        ]

    def test_of_no_audit_there_is_none(self) -> None:
        with pytest.raises(NotFound, match="no audit thing"):
            DELIVERABLE.fields(showing("thing"))


class TestAnnexes:
    """Every item with its result, and the evidence with its photographs."""

    def test_every_row_of_the_checklist_stands_there_once_under_its_site_and_clause(self) -> None:
        places = DELIVERABLE.fields(showing())["checked"]
        assert [place["site"] for place in places] == ["Head office", "Contact centre North", "Flagship shop"]
        shown = [row["item"] for place in places for clause in place["clauses"] for row in clause["rows"]]
        assert sorted(shown) == sorted(row.item for row in known().checklists["checklist-2"].rows)
        assert "7.4  Acknowledgement of complaints" in {clause["name"] for clause in places[1]["clauses"]}

    def test_what_was_left_out_has_its_reason(self) -> None:
        left = {
            (row["item"], row["site"]): row["reason"] for row in DELIVERABLE.fields(showing())["coverage"]["left_out"]
        }
        assert left["7.4-2", "Flagship shop"] == "The shop is closed at weekends."
        assert len(left) == 2

    def test_colour_never_stands_without_its_word(self) -> None:
        for place in DELIVERABLE.fields(showing())["checked"]:
            for row in (row for clause in place["clauses"] for row in clause["rows"]):
                assert row["result"]
                assert row["fill"] == "auto" or row["result"] != "conformity" or row["findings"]

    def test_photographs_are_small_upright_copies_with_their_alternative_text(self) -> None:
        [picture] = DELIVERABLE.pictures(showing()).values()
        assert picture.alt == "Photograph counter.png, evidence E1"
        assert picture.width_mm == 66
        with zipfile.ZipFile(io.BytesIO(made(showing()))) as archive:
            document = archive.read("word/document.xml").decode()
        assert 'descr="Photograph counter.png, evidence E1"' in document

    def test_a_tall_photograph_stays_within_the_page(self) -> None:
        [picture] = DELIVERABLE.pictures(showing(file=lambda digest: png(300, 1200))).values()
        assert picture.width_mm == 15

    @pytest.mark.parametrize("file", [None, {}.__getitem__, lambda digest: b"\x89PNG\r\n\x1a\nbroken"])
    def test_a_photograph_that_is_gone_or_damaged_leaves_the_report_whole_and_says_so(self, file: Any) -> None:
        [picture] = DELIVERABLE.pictures(showing(file=file)).values()
        assert "not at hand" in picture.alt or "cannot be shown" in picture.alt
        assert "counter.png" in said(file=file)

    def test_evidence_without_a_file_and_a_file_without_a_picture_are_listed(self) -> None:
        bare = AuditEvidence(
            id="e3", audit=STAGE_2, note="Said by the shift leader.", collected_on=date(2026, 4, 16), by="P-02"
        )
        text = said(dossier=known(evidence={"e3": bare}))
        assert "E3 | Said by the shift leader." in text
        assert "weekend-cases.pdf, 17 bytes\nSHA-256" in text

    def test_a_note_to_one_row_stands_in_that_row_and_a_note_to_two_in_annex_b(self) -> None:
        one = AuditEvidence(
            id="e3",
            audit=STAGE_2,
            rows=("7.4-1@CC",),
            note="Mail header read.",
            collected_on=date(2026, 4, 1),
            by="P-02",
        )
        two = attrs.evolve(one, id="e4", rows=("7.4-1@CC", "7.4-2@CC"), note="Rota read.")
        fields = DELIVERABLE.fields(showing(dossier=known(evidence={"e3": one, "e4": two})))
        places = [row for place in fields["checked"] for clause in place["clauses"] for row in clause["rows"]]
        found = [row for row in places if any(each["note"] == "Mail header read." for each in row["seen"])]
        [listed] = [each["number"] for each in fields["evidence"] if each["note"] == "Rota read."]
        assert [row["item"] for row in found] == ["7.4-1"]
        assert found[0]["seen"][0]["about"].endswith(", 2026-04-01, Bruno Feld")
        assert listed in found[0]["signed"]
        assert "Mail header read." not in [each["note"] for each in fields["evidence"]]


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 10, 10)).save(out, "PNG")
    return out.getvalue()


class TestHostileText:
    """What people typed stands in the report as they typed it."""

    def everywhere(self, text: str) -> Dossier:
        audit: Audit = attrs.evolve(known().audits[STAGE_2], objectives=text, scope=text)
        finding: Finding = attrs.evolve(known().findings["finding-AK-1"], statement=text, evidence=text, reason=text)
        conclusion: AuditConclusion = attrs.evolve(
            known().conclusions["conclusion-1"], conditions=text, capability=text, deviations=text, unresolved=text
        )
        result = attrs.evolve(known().results[f"{STAGE_2}:7.4-2@CC"], note=text)
        evidence = attrs.evolve(known().evidence["evidence-1"], note=text, sample=text)
        return known(
            audits={audit.id: audit},
            findings={finding.id: finding},
            conclusions={conclusion.id: conclusion},
            results={result.id: result},
            evidence={evidence.id: evidence},
        )

    def test_markup_braces_formulas_and_lines_survive(self) -> None:
        assert said(dossier=self.everywhere(HOSTILE)).count(HOSTILE) >= 11

    def test_thirty_two_thousand_characters_survive(self) -> None:
        long = "word & <tag> " * 2_460
        text = said(dossier=self.everywhere(long.strip()))
        assert text.count(long.strip()) >= 11


class TestLarge:
    """A report of 120 items, 40 findings and 10 nonconformities takes 2 s of processor time at most."""

    def seconds(self, items: int) -> float:
        view = showing(dossier=large(known(), items))
        start = time.process_time()
        made(view)
        return time.process_time() - start

    def test_it_is_quick_and_grows_no_faster_than_its_items(self) -> None:
        self.seconds(120)  # imports, and compiles the template
        few, many = self.seconds(120), self.seconds(1000)
        assert few <= 2
        assert many <= 1000 / 120 * max(few, 0.05)

    def test_each_of_its_findings_is_there(self) -> None:
        view = showing(dossier=large(known(), 120))
        found = DELIVERABLE.fields(view)["findings"]
        assert (len(found["nonconformities"]), len(found["opportunities"])) == (10, 30)
        assert [row["count"] for row in found["counts"]] == [0, 10, 30, 0]
        assert Grade.MINOR == "minor"
