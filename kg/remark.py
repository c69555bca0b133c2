"""Records of remarks on the sources: what they do not say, contradict, or say without use to us."""

from __future__ import annotations

from kg.field import Citation, Reference, Word, key, record
from kg.rule import Statement
from kg.thing import THINGS

STATEMENTS = (
    "selection", "removal", "term", "composition", "eligibility", "succession", "subordination",
    "competence", "procedure", "content", "force", "naming", "appointment", "change", "adoption",
    "amendment", "treaty-action", "submission", "visit", "membership", "tenure", "figure", "table",
)  # fmt: skip


@record
class Silence(Statement):
    """What a reader would look for in the source and not find."""

    kind = "silence"
    type = "pol:Silence"
    about: tuple[Reference, ...] = key(kinds=THINGS)
    question: tuple[Word, ...] = key(
        choices=(
            "selection",
            "removal",
            "term",
            "composition",
            "eligibility",
            "succession",
            "competence",
            "procedure",
            "establishment",
            "date",
            "figure",
        )
    )
    searched: tuple[Citation, ...] = key()


@record
class Contradiction(Statement):
    """Places of the source that cannot all be right, or cannot be reconciled as they stand."""

    kind = "contradiction"
    type = "pol:Contradiction"
    about: tuple[Reference, ...] = key(kinds=THINGS, default=())
    between: tuple[Reference, ...] = key(kinds=STATEMENTS, default=())


@record
class Unused(Statement):
    """A place of the source from which nothing was taken, and why."""

    kind = "unused"
    type = "pol:UnusedPlace"
