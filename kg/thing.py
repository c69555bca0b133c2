"""Records of things: what has a name of its own, in the folder of its State."""

from __future__ import annotations

from kg.field import Count, Labels, Record, Reference, Text, When, Word, key, record
from kg.partial_date import PartialDate

THINGS = (
    "state", "body", "office", "group", "unit", "person", "act", "treaty", "action", "source",
)  # fmt: skip
BODY_KINDS = {
    "advisory-body": "AdvisoryBody",
    "agency": "Agency",
    "association": "Association",
    "audit-body": "AuditBody",
    "cabinet": "Cabinet",
    "chamber": "Chamber",
    "constitutional-review-body": "ConstitutionalReviewBody",
    "court": "Court",
    "election-commission": "ElectionCommission",
    "human-rights-institution": "HumanRightsInstitution",
    "international-body": "InternationalBody",
    "judicial-council": "JudicialCouncil",
    "legislature": "Legislature",
    "local-council": "LocalCouncil",
    "local-executive": "LocalExecutive",
    "ministry": "Ministry",
    "organ": "Organ",
    "political-party": "PoliticalParty",
    "procuracy": "Procuracy",
    "state-body": "StateBody",
}
ACT_KINDS = {
    "act": "Act",
    "agreement": "Agreement",
    "amending-act": "AmendingAct",
    "code": "Code",
    "constitution": "Constitution",
    "constitutional-act": "ConstitutionalAct",
    "council-decision": "CouncilDecision",
    "decree": "Decree",
    "government-decision": "GovernmentDecision",
    "legal-act": "LegalAct",
    "order": "Order",
    "plan": "Plan",
    "statute": "Statute",
}
BRANCHES = ("legislative", "executive", "judicial")


@record
class Thing(Record):
    """Something that has a name."""

    label: Labels = key("rdfs:label")
    also: Labels | None = key("skos:altLabel", default=None)
    find_as: Labels | None = key("skos:hiddenLabel", default=None)


@record
class State(Thing):
    """The State whose folder this is."""

    kind = "state"
    type = "pol:State"
    iso3166: Word | None = key(default=None)


@record
class Source(Thing):
    """A text from which statements are taken; it stands in the folder of its statements."""

    kind = "source"
    type = "pol:Source"
    short_name: Word
    describes: PartialDate | None = key(default=None)
    enacts: tuple[Reference, ...] = key(kinds=("act",), default=())
    dated: PartialDate | None = key("dcterms:issued", default=None)
    received: PartialDate | None = key("dcterms:dateSubmitted", default=None)
    paragraphs: Count | None = key("pol:paragraphs", default=None)
    annexes: Count | None = key("pol:annexes", default=None)


@record
class Version(Thing):
    """The text of a law as it stood for a time; it stands beside the source that it belongs to."""

    kind = "version"
    type = "pol:Version"
    of: Reference = key("pol:versionOf", kinds=("act",))
    by: Reference | None = key("pol:madeBy", kinds=("act",), default=None)
    from_: When | None = key("pol:validFrom", default=None)
    until: When | None = key("pol:validUntil", default=None)
    describes: PartialDate | None = key(default=None)


@record
class Body(Thing):
    """A body of the State or beside it."""

    kind = "body"
    type = "pol:Body"
    is_a: Word = key("rdf:type", choices=tuple(BODY_KINDS), default=Word("state-body"))
    part_of: Reference | None = key("org:subOrganizationOf", kinds=("body",), default=None)
    branch: Word | None = key(choices=BRANCHES, default=None)
    replaces: Reference | None = key("dcterms:replaces", kinds=("body",), default=None)
    in_each: tuple[Reference, ...] = key("pol:inEach", kinds=("unit",), default=())


@record
class Office(Thing):
    """A post, or a class of like seats in a body."""

    kind = "office"
    type = "pol:Office"
    post_in: Reference | None = key("org:postIn", kinds=("body",), default=None)
    heads: Reference | None = key("pol:heads", kinds=("body",), default=None)
    kind_of: Reference | None = key("pol:kindOf", kinds=("office",), default=None)
    replaces: Reference | None = key("dcterms:replaces", kinds=("office",), default=None)
    in_each: tuple[Reference, ...] = key("pol:inEach", kinds=("unit",), default=())


@record
class Group(Thing):
    """Persons or bodies that act together without being a body."""

    kind = "group"
    type = "pol:Group"


@record
class Unit(Thing):
    """A kind of territorial unit, or one unit."""

    kind = "unit"
    type = "pol:Unit"


@record
class Person(Thing):
    """A person who is named as the holder of an office."""

    kind = "person"
    type = "pol:Person"


@record
class Act(Thing):
    """A legal act."""

    kind = "act"
    type = "pol:LegalAct"
    is_a: Word = key("rdf:type", choices=tuple(ACT_KINDS), default=Word("legal-act"))
    number: Word | None = key("eli:number", default=None)
    date: PartialDate | None = key("eli:date_document", default=None)
    subject: Text | None = key("dcterms:description", default=None)
    amends: Reference | None = key(kinds=("act",), default=None)


@record
class Treaty(Thing):
    """An international agreement, or a procedure under one that the source lists beside them."""

    kind = "treaty"
    type = "pol:Treaty"
    adopted: PartialDate | None = key("eli:date_document", default=None)
    number: Word | None = key("eli:number", default=None)
    under: Reference | None = key("pol:protocolTo", kinds=("treaty",), default=None, acyclic=True)
    procedure_under: Reference | None = key(kinds=("treaty",), default=None, acyclic=True)
    monitored_by: Reference | None = key(kinds=("body",), default=None)


@record
class Action(Thing):
    """Something that a competence lets its holder do; the vocabulary of `who-may`."""

    kind = "action"
    type = "pol:Action"
