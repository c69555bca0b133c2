"""Records of rules: what a source states to hold in general."""

from __future__ import annotations

from kg.field import (
    ACTORS,
    Count,
    Flag,
    Labels,
    Provision,
    Record,
    Reference,
    Share,
    Text,
    When,
    Word,
    key,
    record,
)
from kg.finding import Mark
from kg.threshold import Threshold

ROLES = (
    "appoints", "elects", "forms", "sits-ex-officio", "proposes", "recommends", "is-consulted",
    "consents", "initiates", "swears-in", "regulates", "selects", "dismisses", "dissolves",
    "requests", "gives-opinion", "expresses-no-confidence", "tenders-resignation",
    "accepts-resignation", "succeeds", "establishes", "adopts", "decides", "submits", "signs",
    "examines", "acts",
)  # fmt: skip
RELATIONS = (
    "accountable-to", "answerable-solely-to", "executive-body-of", "reports-to", "subordinate-to",
    "under",
)  # fmt: skip


@record
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
    does: Text | None = key(default=None)
    within: Text | None = key(default=None)


@record
class SeatGroup:
    """A number of seats within a composition."""

    of: Reference | None = key("pol:memberOffice", kinds=ACTORS, default=None)
    seats: Count | None = key(default=None)
    share: Share | None = key(default=None)
    per: tuple[Reference, ...] = key("pol:perUnit", kinds=("unit",), default=())
    says: Text | None = key("rdfs:label", default=None)
    mark: Mark


@record
class Statement(Record):
    """What a source says, in our words, with the time for which it holds."""

    says: Text = key("rdfs:label")
    basis: tuple[Provision, ...] = key("pol:legalBasis", default=())
    ambiguity: Text | None = key(default=None)


@record
class Rule(Statement):
    """A statement of what holds in general."""

    from_: When | None = key("pol:validFrom", default=None)
    until: When | None = key("pol:validUntil", default=None)
    condition: Text | None = key(default=None)
    exception: Text | None = key(default=None)
    effect: Text | None = key(default=None)
    left_to: tuple[Provision, ...] = key("pol:leftTo", default=())


@record
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


@record
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


@record
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


@record
class Composition(Rule):
    """Of how many members, of which offices or of which parts a body consists."""

    kind = "composition"
    type = "pol:CompositionRule"
    of: Reference = key("pol:sizeOf", kinds=("body",))
    size: Count | None = key(default=None)
    members: tuple[SeatGroup, ...] = key("pol:seatGroup", default=())
    parts: tuple[Reference, ...] = key("pol:consistsOf", kinds=("body",), default=())


@record
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


@record
class Succession(Rule):
    """To whom the powers of an office pass when it falls vacant."""

    kind = "succession"
    type = "pol:SuccessionRule"
    vacates: Reference = key(kinds=("office",))
    trigger: Text | None = key(default=None)
    period: Text | None = key(default=None)
    steps: tuple[Step, ...] = key(default=())


@record
class Subordination(Rule):
    """How one body or office stands under another."""

    kind = "subordination"
    type = "pol:SubordinationRule"
    subject: Reference = key(kinds=ACTORS)
    relation: Word = key(choices=RELATIONS)
    superior: Reference = key(kinds=ACTORS)


@record
class Competence(Rule):
    """A power or function: who may or must do what, to what, and under which conditions."""

    kind = "competence"
    type = "pol:CompetenceRule"
    holder: tuple[Reference, ...] = key("pol:powerHolder", kinds=ACTORS)
    action: Reference = key(kinds=("action",))
    object: Text | None = key(default=None)
    concerns: tuple[Reference, ...] = key(
        kinds=(*ACTORS, "act", "treaty", "unit", "person"), default=()
    )
    threshold: Threshold | None = key(default=None)
    within: Text | None = key(default=None)
    steps: tuple[Step, ...] = key(default=())


@record
class Procedure(Rule):
    """Steps in their order, with those who take them, thresholds and time limits."""

    kind = "procedure"
    type = "pol:ProcedureRule"
    name: Word = key("dcterms:title")
    concerns: tuple[Reference, ...] = key(kinds=(*ACTORS, "act", "treaty", "action"), default=())
    within: Text | None = key(default=None)
    steps: tuple[Step, ...] = key(default=())


@record
class Content(Rule):
    """What an article or an act is said to provide."""

    kind = "content"
    type = "pol:ProvisionContent"
    of: tuple[Provision, ...] = key("pol:contentOf")


@record
class Naming(Rule):
    """By which name a body, an office or a unit goes, as long as the rule holds."""

    kind = "naming"
    type = "pol:NamingRule"
    of: Reference = key("pol:givesNameTo", kinds=(*ACTORS, "unit"))
    name: Labels = key("pol:nameGiven")


@record
class Force(Rule):
    """From when to when an act or a treaty is said to be in force."""

    kind = "force"
    type = "pol:ForceRule"
    of: Reference = key("pol:inForce", kinds=("act", "treaty"))
