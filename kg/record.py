"""The records of the YAML files, as typed values: what a curator may write, and nothing else.

A record begins with its kind and identifier (`- selection: prime-minister`); its other keys are
the fields of its class, with hyphens for underscores. Each field names the RDF property that it
becomes; where it names none, the property is the field's own name in `pol:`.
"""

from kg.event import (
    CHANGES,
    TREATY_ACTIONS,
    Adoption,
    Amendment,
    Appointment,
    Change,
    Event,
    Membership,
    Submission,
    Tenure,
    TreatyAction,
    Visit,
)  # fmt: skip
from kg.field import (
    ACTORS,
    Citation,
    Count,
    Flag,
    Labels,
    Number,
    Provision,
    Reason,
    Record,
    Reference,
    Share,
    Text,
    When,
    Word,
    key,
)  # fmt: skip
from kg.figure import Figure, Rows, Sums, Table
from kg.remark import Contradiction, Silence, Unused
from kg.rule import (
    RELATIONS,
    ROLES,
    Competence,
    Composition,
    Content,
    Eligibility,
    Force,
    Naming,
    Procedure,
    Removal,
    Rule,
    SeatGroup,
    Selection,
    Statement,
    Step,
    Subordination,
    Succession,
    Term,
)  # fmt: skip
from kg.thing import (
    ACT_KINDS,
    BODY_KINDS,
    BRANCHES,
    THINGS,
    Act,
    Action,
    Body,
    Group,
    Office,
    Person,
    Source,
    State,
    Thing,
    Treaty,
    Unit,
    Version,
)  # fmt: skip

__all__ = [
    "ACTORS", "ACT_KINDS", "BODY_KINDS", "BRANCHES", "CHANGES", "KINDS", "RELATIONS", "ROLES",
    "THINGS", "TREATY_ACTIONS", "Act", "Action", "Adoption", "Amendment", "Appointment", "Body",
    "Change", "Citation", "Competence", "Composition", "Content", "Contradiction", "Count",
    "Eligibility", "Event", "Figure", "Flag", "Force", "Group", "Labels", "Membership", "Naming",
    "Number", "Office", "Person", "Procedure", "Provision", "Reason", "Record", "Reference",
    "Removal", "Rows", "Rule", "SeatGroup", "Selection", "Share", "Silence", "Source", "State",
    "Statement", "Step", "Submission", "Subordination", "Succession", "Sums", "Table", "Tenure",
    "Term", "Text", "Thing", "Treaty", "TreatyAction", "Unit", "Unused", "Version", "Visit",
    "When", "Word", "key",
]  # fmt: skip

KINDS: dict[str, type[Record]] = {
    record.kind: record
    for record in (
        State, Source, Version, Body, Office, Group, Unit, Person, Act, Treaty, Action,
        Selection, Removal, Term, Composition, Eligibility, Succession, Subordination,
        Competence, Procedure, Content, Force, Naming,
        Appointment, Change, Adoption, Amendment, TreatyAction, Submission, Visit, Membership,
        Tenure, Figure, Table, Silence, Contradiction, Unused,
    )
}  # fmt: skip
"""Every kind of record, by the word with which it begins."""
