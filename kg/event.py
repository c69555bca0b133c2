"""Records of events: what a source reports to have happened once, or for a time."""

from __future__ import annotations

from kg.field import ACTORS, Count, Provision, Reference, Text, Word, key, record
from kg.partial_date import PartialDate
from kg.rule import Statement, Step

CHANGES = ("established", "reorganized", "abolished", "renamed", "status-changed", "active-since")
TREATY_ACTIONS = (
    "proposal", "signature", "ratification", "accession", "signature-ratification-or-accession",
    "recognition-of-competence", "none-stated", "participation", "ratification-law",
    "deposit-of-ratification", "deposit-of-accession", "entry-into-force",
)  # fmt: skip


@record
class Event(Statement):
    """What every event has: a day or a time as the source gives it, and who took part."""

    on: PartialDate | None = key(default=None)
    from_: PartialDate | None = key("pol:began", default=None)
    until: PartialDate | None = key("pol:ended", default=None)
    steps: tuple[Step, ...] = key(default=())


@record
class Appointment(Event):
    """A single event by which a person came to hold an office."""

    kind = "appointment"
    type = "pol:Appointment"
    filled: Reference = key(kinds=("office",))
    holder: Reference | None = key(kinds=("person",), default=None)


@record
class Change(Event):
    """That a body or an office was established, reorganized, abolished or renamed."""

    kind = "change"
    type = "pol:ChangeEvent"
    of: Reference = key("pol:changes", kinds=ACTORS)
    outcome: Word = key("pol:kindOfChange", choices=CHANGES)


@record
class Adoption(Event):
    """That an act was adopted, approved or signed."""

    kind = "adoption"
    type = "pol:Adoption"
    of: Reference = key("pol:adopted", kinds=("act", "treaty"))
    method: Text | None = key(default=None)


@record
class Amendment(Event):
    """That an act was amended, repealed or replaced, and what that changed."""

    kind = "amendment"
    type = "pol:Amendment"
    of: Reference = key("pol:amended", kinds=("act",))
    by: Reference | None = key("pol:amendedBy", kinds=("act",), default=None)
    articles: Count | None = key("pol:articlesChanged", default=None)
    changes: Count | None = key("pol:changesMade", default=None)
    adds: tuple[Provision, ...] = key(default=())
    touches: tuple[Provision, ...] = key(default=())
    effects: tuple[Text, ...] = key("pol:effect", default=())


@record
class TreatyAction(Event):
    """That the State signed, ratified or acceded to a treaty, or recognised a competence."""

    kind = "treaty-action"
    type = "pol:TreatyAction"
    treaty: Reference = key(kinds=("treaty",))
    action: Word = key("pol:treatyActionKind", choices=TREATY_ACTIONS)
    row: Count | None = key("pol:tableRow", default=None)
    column: Text | None = key("pol:tableColumn", default=None)


@record
class Submission(Event):
    """That the State submitted or presented a report to a body."""

    kind = "submission"
    type = "pol:ReportSubmission"
    report: Text
    treaty: Reference | None = key(kinds=("treaty",), default=None)
    to: Reference | None = key("pol:submittedTo", kinds=("body", "group"), default=None)


@record
class Visit(Event):
    """That a person or a body with an international mandate visited the State."""

    kind = "visit"
    type = "pol:Visit"
    mandate: Text
    visitor: tuple[Reference, ...] = key(kinds=("person", "body", "office"), default=())


@record
class Membership(Event):
    """That the State, or a body of it, was a member of an international body, and in which role."""

    kind = "membership"
    type = "pol:Membership"
    member: Reference | None = key(kinds=(*ACTORS, "state"), default=None)
    of: Reference = key("pol:memberOf", kinds=("body",))
    as_: Text | None = key("pol:membershipRole", default=None)


@record
class Tenure(Event):
    """That a person is named as the holder of an office."""

    kind = "tenure"
    type = "pol:Tenure"
    holder: Reference = key(kinds=("person",))
    office: Reference = key("pol:heldOffice", kinds=("office",))
