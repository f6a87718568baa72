"""The terms of the certification agreement in our own words: heading, clauses; a clause with points is a tuple."""

from __future__ import annotations

Clause = str | tuple[str, ...]

TERMS: tuple[tuple[str, tuple[Clause, ...]], ...] = (
    (
        "Subject",
        (
            "The body audits the client and decides on its certification against the criteria named above, for the "
            "scope and all the sites of Annex A. The client sees to it that every one of these sites, and whoever "
            "carries out parts of the scope on its behalf, is bound by this agreement as the client itself is.",
            "{% if agreement.guidance %}The criteria are the body's own published scheme. It is based on {{ "
            "agreement.guidance }}, a guidance document that sets no requirements.{% if agreement.attests_not %} "
            "Every certificate says: “{{ agreement.attests_not }}”{% endif %}{% else %}The criteria are the document "
            "named, in the issue named.{% endif %} When the criteria change, the body tells the client in time what "
            "changes and from when, and verifies that the client fulfils the changed requirements.",
            "The process follows ISO/IEC 17021-1:2015. The quotation and the annexes are part of this agreement; where "
            "they differ, the text of this agreement prevails.",
        ),
    ),
    (
        "What the body undertakes",
        (
            "The body carries out stage 1 and stage 2, then surveillance and recertification audits, with people who "
            "are competent for them, and gives the client a written report on each. Reports belong to the body; the "
            "client may use them, and pass them on unabridged.",
            "The body alone decides whether certification is granted, refused, maintained, renewed, extended, "
            "reduced, suspended, restored or withdrawn, through people who did not carry out the audits. Neither "
            "this agreement nor a payment gives a right to a certificate.",
            "The body names the members of the audit team, usually {{ policy.notice_days }} days before an audit or "
            "earlier, and on request says what qualifies them. The client may object to a person with reasons; where "
            "the reasons are valid, the body changes the team.",
            "The body answers anyone who asks whether a certificate is valid, for which scope, criteria and places. It "
            "makes public how it audits, decides, and handles complaints and appeals.",
        ),
    ),
    (
        "What the client undertakes",
        (
            "The client fulfils the requirements of the criteria at all times and at every site in scope, and gives "
            "information that is complete and true.",
            (
                "For every audit, and to let a complaint be looked into, the client gives the audit team access to",
                "all sites, areas, processes and equipment in scope, at all shifts;",
                "documents and records, those on complaints, internal audits and management reviews among them;",
                "its personnel, and those who act for it in the scope.",
            ),
            "The client lets observers take part: assessors of an accreditation body, and, when told beforehand, "
            "auditors in training or people who evaluate the team. They do not take part in the judgement.",
            "The client names a representative and, at each site, a guide; it tells the team about rules of safety and "
            "security, and lends what protection they require.",
            "The client keeps a record of every complaint it learns of that concerns the requirements of the criteria, "
            "acts on it, documents what was done, and shows both to the body.",
            "Before stage 2, and in every year after it, the client carries out internal audits of the whole scope "
            "and a management review.",
            "The client answers each nonconformity within {{ policy.response_days }} days of the last audit day, "
            "unless the report names another time: with its extent, the correction, the cause, and the corrective "
            "action. Where the implementation for a major nonconformity cannot be verified within six months after "
            "the last day of stage 2, another stage 2 is needed before certification can be recommended.",
            (
                "The client tells the body without delay of changes that may bear on its ability to fulfil the "
                "requirements, among them changes of",
                "legal, commercial or organizational status, or ownership;",
                "organization and management, such as key managers, decision makers and technical staff;",
                "contact address and sites;",
                "what is done under the certified scope;",
                "the certified system and its processes, where the change is a major one;",
                "the law's view of it: measures of an authority or proceedings that concern the scope.",
            ),
            "The body decides what follows from a change: nothing, an update, a special audit, a change of scope, or a "
            "suspension.",
            "The client tells the body of consultancy on its system, when and from whom. Consultants may be present "
            "at an audit; they do not answer for the client.",
        ),
    ),
    (
        "Audits over the cycle",
        (
            "A certificate is valid for three years at most, as long as the requirements are fulfilled and the "
            "audits take place. The first surveillance audit takes place within twelve months of the decision; after "
            "it there is one in each calendar year, except years of recertification. Recertification is completed "
            "before the certificate expires; otherwise validity ends on that day.",
            "Dates are agreed. Where a client puts off an audit so that one of these limits cannot be kept, the "
            "certificate is suspended.",
            "Audit time and its justification stand in Annex B. Where facts change, the body determines the time anew "
            "and tells the client why. Audit time is not reduced to lower a price.",
            "The body may audit at short notice or unannounced to look into a complaint, to follow up a change, or a "
            "suspension. As the client then has no time to object to the team, the body chooses it with particular "
            "care.",
            "Audits are held in {{ agreement.language }}. What is audited by video or other remote means is agreed "
            "in the audit plan, with the rules for security and for recordings; without agreement nothing is "
            "recorded.",
        ),
    ),
    (
        "Certificate, marks, and reference to them",
        (
            "The certificate remains the property of the body. While it is valid, and for the scope and sites it "
            "names, the client may refer to it{% if use %} with this sentence: “{{ use }}”{% endif %} and use the "
            "mark of the body in the form supplied.{% if policy.marks %} The rules in full: {{ policy.marks }}.{% "
            "endif %}",
            (
                "The client",
                "refers to the certification correctly, in all media, as the body requires;",
                "makes and allows no misleading statement about it, and does not use the document, or a part of it, "
                "in a misleading way;",
                "stops, when certification is withdrawn, all references to it in advertising, and during a suspension "
                "for its time;",
                "amends all advertising when the scope has been reduced;",
                "does not let a reference suggest that the body has certified a product, a service or a process in the "
                "sense of product certification;",
                "does not suggest that certification covers what lies outside the scope;",
                "does not use it in a way that brings the body or the certification system into disrepute.",
            ),
            "The mark is never put on a product or on the packaging of a product, nor on reports or certificates of "
            "testing, calibration or inspection. On packaging that can be removed without destroying the product, "
            "and in accompanying information, a statement is possible that names the client, the type of system and "
            "the criteria, and the body, and does not suggest that the product is certified.",
            "The body watches over the use of its marks and acts on misuse: it asks for correction, suspends, "
            "withdraws, publishes the misuse, or takes legal steps, as the case demands.",
        ),
    ),
    (
        "Suspension, withdrawal, reduction of scope",
        (
            "The body may suspend certification where the system has persistently or seriously failed to fulfil the "
            "requirements, where audits are not allowed when due, where certificate or marks are misused, where a "
            "duty of this agreement is not met within the time set in a reminder, or where the client asks for it.",
            "While suspended, certification is temporarily invalid. Suspension usually lasts no longer than six "
            "months. It ends when what gave rise to it has been put right; otherwise the body withdraws "
            "certification, or reduces the scope by the parts that failed.",
            "Withdrawal is final; a return is a new application. On withdrawal the client sends certificates back, or "
            "confirms that they were destroyed. The body makes suspension, withdrawal and reduction known to those who "
            "ask.",
        ),
    ),
    (
        "Impartiality",
        (
            "The body is committed to impartiality{% if policy.impartiality %} ({{ policy.impartiality }}){% endif "
            "%}. Neither the body nor anyone under its control offers or provides consultancy on management systems, "
            "or internal audits to those it certifies. Nobody who has advised, worked for or internally audited the "
            "client within two years takes part in its audits or in decisions on it.",
            "The client offers nobody who acts for the body a gift, an advantage or other employment while the "
            "matter is open, and reports what might threaten impartiality.",
        ),
    ),
    (
        "Confidentiality",
        (
            "The body keeps confidential what it learns of the client in the course of certification, through its "
            "staff, contractors and committees, all of whom are bound in writing; also what it learns from others, "
            "such as a complainant or an authority. It passes nothing on to a third party without the client's "
            "written consent.",
            "It tells the client in advance what it intends to make public. Not confidential is what the client has "
            "made public itself, and name, criteria, scope, places and status of the certification.",
            "Where law or the agreement with an accreditation body requires information to be released, the body tells "
            "the client beforehand what is released, unless the law forbids that.",
            "Personal data are processed as the law on data protection demands, and no longer than the rules on "
            "records require: usually the current and one further full cycle.",
        ),
    ),
    (
        "Appeals and complaints",
        (
            "The client may appeal against a decision of the body on its certification, and may complain about the "
            "body's work, in writing. Both are acknowledged, looked into and decided by people who were not involved "
            "in their subject; the client is told of progress and result, and suffers no disadvantage.{% if "
            "policy.appeals %} The process: {{ policy.appeals }}.{% endif %}",
            "A finding may be disputed until the end of the closing meeting and in the answer to it; what stays "
            "disputed goes on record and before the decision makers.",
            "Valid complaints of others about the client are passed on to the client at a suitable time, without the "
            "complainant's name unless the complainant agrees, and are taken into account at the next audit.",
        ),
    ),
    (
        "Fees",
        (
            "The fees are those of quotation {{ quotation.number }}: {{ quotation.cycle }} {{ quotation.currency }} "
            "for the three-year cycle{% if quotation.taxed %}, plus tax at the rate of the day{% endif %}; Annex C "
            "gives the parts. They are owed for audit and decision, and are the same whatever the outcome.",
            "Each part is invoiced when it has been carried out, yearly fees at the beginning of their year. "
            "Invoices are payable within thirty days. Travel and subsistence are invoiced as the quotation says.",
            "Further audits that become necessary, and days added because facts differ from those stated, are "
            "announced with their reason and invoiced at the rates of the quotation. The body may change its fees "
            "for the following year by notice of three months; the client may then end this agreement by the day of "
            "the change.",
            "An agreed audit that the client cancels less than ten working days before its first day may be invoiced "
            "up to half its fee, so far as the time could not be used otherwise.",
        ),
    ),
    (
        "Liability",
        (
            "Each side is liable as the law provides for harm caused by intent or gross negligence, for injury to "
            "persons, and where the law does not allow a limit.",
            "In other cases the body is liable for foreseeable damage that is typical of this kind of agreement, up to "
            "the fees of the three-year cycle. It holds insurance or reserves for liabilities from its certification "
            "activities.",
            "An audit rests on samples. It frees the client neither from its own responsibility for conformity nor "
            "from its duties under the law, and is no assurance towards third parties that every requirement is "
            "fulfilled in every case.",
        ),
    ),
    (
        "Duration and end",
        (
            "This agreement comes into force when both sides have signed it, and runs for the three-year cycle and "
            "each cycle that follows from a recertification.",
            "The client may end it at any time by notice of three months; the body may do so at the end of a cycle "
            "by notice of six months. Either side may end it at once for an important reason, such as a serious "
            "breach that is not put right within the time set in a reminder.",
            "When the agreement ends, so does certification under it. Confidentiality, records and fees already earned "
            "outlast it.",
        ),
    ),
    (
        "General terms",
        (
            "Changes of this agreement are made in writing and signed by both sides. Terms of business of either "
            "side do not apply. Neither side transfers this agreement without the consent of the other; the body "
            "never transfers its responsibility for certification decisions.",
            "If a clause is invalid, the others stand, and the sides agree on a valid one that comes closest to it.",
            "The law of {{ agreement.country }} applies, without its rules on conflict of laws. Disputes go to the "
            "courts of {{ agreement.city }}, {{ agreement.country }}, unless the law names another place; the sides "
            "first try to settle them between themselves.",
        ),
    ),
)
