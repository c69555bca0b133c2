"""The records of the YAML files, as typed values: what a curator may write, and nothing else.

A record begins with its kind and identifier (`- selection: prime-minister`); its other keys are
the fields below, with hyphens for underscores. Each field names the RDF property that it becomes;
where it names none, the property is the field's own name in `pol:`.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field
from typing import Any, ClassVar, NewType

from kg.finding import Mark
from kg.partial_date import PartialDate
from kg.threshold import Threshold

Text = NewType("Text", str)
"""Our own wording, in English."""
Word = NewType("Word", str)
"""A name, number or code that is the same in every language."""
Count = NewType("Count", int)
"""A whole number of at least one."""
Share = NewType("Share", str)
"""A fraction such as 1/2."""
Flag = NewType("Flag", bool)
"""`yes`, or the key is left out."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of a thing: language to names, in the order of the file."""

    names: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of another record: `office/president`, or `core-2019/selection/senators`."""

    text: str
    mark: Mark = field(compare=False)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source; `source` is empty where the folder says which source is meant."""

    source: str
    kind: str
    number: str
    mark: Mark = field(compare=False)


@dataclass(frozen=True, slots=True)
class Provision:
    """A legal act, or the article of it, that a source names; `article` may be empty."""

    act: str
    article: str
    mark: Mark = field(compare=False)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a statement has no first or last day; `name` is a concept of the scheme of reasons."""

    name: str


When = PartialDate | Reason


def key(
    term: str = "",
    *,
    kinds: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
    default: Any = MISSING,
) -> Any:
    """Return a dataclass field with the property, the kinds of record and the words it allows."""
    return field(default=default, metadata={"term": term, "kinds": kinds, "choices": choices})


ACTORS = ("office", "body", "group")
THINGS = ("state", "body", "office", "group", "unit", "person", "act", "source")
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
    "judicial-council": "JudicialCouncil",
    "legislature": "Legislature",
    "local-council": "LocalCouncil",
    "local-executive": "LocalExecutive",
    "ministry": "Ministry",
    "organ": "Organ",
    "procuracy": "Procuracy",
    "state-body": "StateBody",
}
ACT_KINDS = {
    "act": "Act",
    "amending-act": "AmendingAct",
    "constitution": "Constitution",
    "constitutional-act": "ConstitutionalAct",
    "decree": "Decree",
    "government-decision": "GovernmentDecision",
    "legal-act": "LegalAct",
    "order": "Order",
    "statute": "Statute",
}
ROLES = (
    "appoints", "elects", "forms", "sits-ex-officio", "proposes", "recommends", "is-consulted",
    "consents", "initiates", "swears-in", "regulates", "selects", "dismisses", "dissolves",
    "requests", "gives-opinion", "expresses-no-confidence", "tenders-resignation",
    "accepts-resignation", "succeeds",
)  # fmt: skip
RELATIONS = (
    "accountable-to", "answerable-solely-to", "executive-body-of", "reports-to", "subordinate-to",
    "under",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a rule, written `- ROLE: ACTOR`, in the order in which the steps are taken."""

    role: str
    actors: tuple[Reference, ...] = key("pol:actor", kinds=ACTORS)
    order: int
    mark: Mark
    to: tuple[Reference, ...] = key("pol:towards", kinds=ACTORS, default=())
    threshold: Threshold | None = key(default=None)
    jointly: Flag | None = key(default=None)
    condition: Text | None = key(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGroup:
    """A number of seats within a composition."""

    of: Reference | None = key("pol:memberOffice", kinds=ACTORS, default=None)
    seats: Count | None = key(default=None)
    share: Share | None = key(default=None)
    per: tuple[Reference, ...] = key("pol:perUnit", kinds=("unit",), default=())
    says: Text | None = key("rdfs:label", default=None)
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    kind: ClassVar[str]
    type: ClassVar[str]
    id: str
    mark: Mark
    cite: tuple[Citation, ...] = key("pol:citation", default=())
    note: Text | None = key(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing(Record):
    """Something that has a name."""

    label: Labels = key("rdfs:label")
    also: Labels | None = key("skos:altLabel", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Thing):
    """The State whose folder this is."""

    kind = "state"
    type = "pol:State"
    iso3166: Word | None = key(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Thing):
    """A text from which statements are taken; it stands in the folder of its statements."""

    kind = "source"
    type = "pol:Source"
    short_name: Word
    describes: PartialDate
    dated: PartialDate | None = key("dcterms:issued", default=None)
    received: PartialDate | None = key("dcterms:dateSubmitted", default=None)
    paragraphs: Count | None = key("pol:paragraphs", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Thing):
    """A body of the State or beside it."""

    kind = "body"
    type = "pol:Body"
    is_a: Word = key("rdf:type", choices=tuple(BODY_KINDS), default=Word("state-body"))
    part_of: Reference | None = key("org:subOrganizationOf", kinds=("body",), default=None)
    in_each: tuple[Reference, ...] = key("pol:inEach", kinds=("unit",), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Thing):
    """A post, or a class of like seats in a body."""

    kind = "office"
    type = "pol:Office"
    post_in: Reference | None = key("org:postIn", kinds=("body",), default=None)
    heads: Reference | None = key("pol:heads", kinds=("body",), default=None)
    kind_of: Reference | None = key("pol:kindOf", kinds=("office",), default=None)
    in_each: tuple[Reference, ...] = key("pol:inEach", kinds=("unit",), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Thing):
    """Persons or bodies that act together without being a body."""

    kind = "group"
    type = "pol:Group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Thing):
    """A kind of territorial unit, or one unit."""

    kind = "unit"
    type = "pol:Unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Thing):
    """A person who is named as the holder of an office."""

    kind = "person"
    type = "pol:Person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Thing):
    """A legal act."""

    kind = "act"
    type = "pol:LegalAct"
    is_a: Word = key("rdf:type", choices=tuple(ACT_KINDS), default=Word("legal-act"))
    number: Word | None = key("eli:number", default=None)
    date: PartialDate | None = key("eli:date_document", default=None)
    amends: Reference | None = key(kinds=("act",), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """What a source says, in our words, with the time for which it holds."""

    says: Text = key("rdfs:label")
    basis: tuple[Provision, ...] = key("pol:legalBasis", default=())
    ambiguity: Text | None = key(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Statement):
    """A statement of what holds in general."""

    from_: When | None = key("pol:validFrom", default=None)
    until: When | None = key("pol:validUntil", default=None)
    condition: Text | None = key(default=None)
    exception: Text | None = key(default=None)
    effect: Text | None = key(default=None)
    left_to: tuple[Provision, ...] = key("pol:leftTo", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Rule):
    """How an office, a number of seats, or a body as a whole is filled."""

    kind = "selection"
    type = "pol:SelectionRule"
    fills: Reference = key(kinds=ACTORS)
    seats: Count | None = key(default=None)
    share: Share | None = key(default=None)
    per: tuple[Reference, ...] = key("pol:perUnit", kinds=("unit",), default=())
    method: Text | None = key(default=None)
    steps: tuple[Step, ...] = key(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal(Rule):
    """How an office or a body is emptied."""

    kind = "removal"
    type = "pol:RemovalRule"
    empties: Reference = key(kinds=ACTORS)
    only_those_of: tuple[Reference, ...] = key(
        "pol:appliesOnlyTo", kinds=("selection",), default=()
    )
    grounds: tuple[Text, ...] = key("pol:ground", default=())
    steps: tuple[Step, ...] = key(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Rule):
    """For how long an office or body is filled, and how it is renewed."""

    kind = "term"
    type = "pol:TermRule"
    of: Reference = key("pol:termOf", kinds=ACTORS)
    only_those_of: tuple[Reference, ...] = key(
        "pol:appliesOnlyTo", kinds=("selection",), default=()
    )
    years: Count | None = key(default=None)
    for_life: Flag | None = key(default=None)
    renewed_share: Share | None = key(default=None)
    renewed_every_years: Count | None = key(default=None)
    maximum_terms: Count | None = key(default=None)
    consecutive: Flag | None = key(default=None)
    ends_when: Text | None = key(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition(Rule):
    """Of how many members, of which offices or of which parts a body consists."""

    kind = "composition"
    type = "pol:CompositionRule"
    of: Reference = key("pol:sizeOf", kinds=("body",))
    size: Count | None = key(default=None)
    members: tuple[SeatGroup, ...] = key("pol:seatGroup", default=())
    parts: tuple[Reference, ...] = key("pol:consistsOf", kinds=("body",), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility(Rule):
    """Who may hold an office, and what its holder may not hold beside it."""

    kind = "eligibility"
    type = "pol:EligibilityRule"
    for_: Reference = key("pol:eligibleFor", kinds=("office",))
    minimum_age: Count | None = key(default=None)
    maximum_age: Count | None = key(default=None)
    citizenship: Text | None = key(default=None)
    residence_years: Count | None = key(default=None)
    experience_years: Count | None = key(default=None)
    requirements: tuple[Text, ...] = key("pol:requirement", default=())
    incompatible_with: tuple[Reference, ...] = key(kinds=ACTORS, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession(Rule):
    """To whom the powers of an office pass when it falls vacant."""

    kind = "succession"
    type = "pol:SuccessionRule"
    vacates: Reference = key(kinds=("office",))
    trigger: Text | None = key(default=None)
    period: Text | None = key(default=None)
    steps: tuple[Step, ...] = key(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Subordination(Rule):
    """How one body or office stands under another."""

    kind = "subordination"
    type = "pol:SubordinationRule"
    subject: Reference = key(kinds=ACTORS)
    relation: Word = key(choices=RELATIONS)
    superior: Reference = key(kinds=ACTORS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Statement):
    """A single event by which a person came to hold an office."""

    kind = "appointment"
    type = "pol:Appointment"
    filled: Reference = key(kinds=("office",))
    holder: Reference | None = key(kinds=("person",), default=None)
    on: PartialDate | None = key(default=None)
    steps: tuple[Step, ...] = key(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Statement):
    """What a reader would look for in the source and not find."""

    kind = "silence"
    type = "pol:Silence"
    about: tuple[Reference, ...] = key(kinds=ACTORS)
    question: tuple[Word, ...] = key(
        choices=("selection", "removal", "term", "composition", "eligibility", "succession")
    )
    searched: tuple[Citation, ...] = key()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction(Statement):
    """Places of the source that cannot all be right, or cannot be reconciled as they stand."""

    kind = "contradiction"
    type = "pol:Contradiction"
    about: tuple[Reference, ...] = key(kinds=ACTORS, default=())
    between: tuple[Reference, ...] = key(
        kinds=("selection", "removal", "term", "composition", "eligibility", "succession",
               "subordination", "appointment"),
        default=(),
    )  # fmt: skip


KINDS: dict[str, type[Record]] = {
    record.kind: record
    for record in (
        State, Source, Body, Office, Group, Unit, Person, Act,
        Selection, Removal, Term, Composition, Eligibility, Succession, Subordination,
        Appointment, Silence, Contradiction,
    )
}  # fmt: skip
"""Every kind of record, by the word with which it begins."""
