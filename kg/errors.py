"""The exceptions that the library raises, and the exit code that each one stands for.

PoliteiaError
├── DataError            the YAML has findings (1)
├── UsageError           what was asked cannot be asked so (2)
│   ├── UnknownName      no thing, question or format has that name
│   ├── AmbiguousName    several things have that name
│   └── BadQuery         SPARQL that does not parse
└── EnvironmentProblem   a folder, a file or a program is missing or refuses (3)
    └── EndpointProblem  a server is not reached, refuses, or does not answer as a SPARQL service
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.finding import Finding


class PoliteiaError(Exception):
    """The root of all errors that Politeia raises on purpose; its text is meant for the user."""

    exit_code = 1


class DataError(PoliteiaError):
    """The YAML has findings; nothing was written."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep the findings, at least one, in the order in which they are to be shown."""
        super().__init__(f"{len(findings)} finding(s) in the data")
        self.findings = tuple(findings)


class UsageError(PoliteiaError):
    """What was asked cannot be asked in this way."""

    exit_code = 2


class UnknownName(UsageError):  # noqa: N818 - it names what is unknown, as KeyError does not
    """No thing, question or format has the name; `proposals` holds the nearest ones."""

    def __init__(self, message: str, proposals: Sequence[str] = ()) -> None:
        """Keep the nearest names, best first."""
        super().__init__(message)
        self.proposals = tuple(proposals)


class AmbiguousName(UsageError):  # noqa: N818 - see UnknownName
    """Several things have the name; `candidates` holds a label and an IRI for each."""

    def __init__(self, message: str, candidates: Sequence[tuple[str, str]]) -> None:
        """Keep the candidates, ordered by label."""
        super().__init__(message)
        self.candidates = tuple(candidates)


class BadQuery(UsageError):  # noqa: N818 - see UnknownName
    """A SPARQL text does not parse, or asks for what is not allowed here."""


class EnvironmentProblem(PoliteiaError):  # noqa: N818 - an OSError that the user can mend
    """A folder, a file or a program that is needed is missing or refuses."""

    exit_code = 3


class EndpointProblem(EnvironmentProblem):
    """A server is not reached, refuses, is late, breaks off, or is no SPARQL service.

    `status` is the HTTP status, and 0 where there is none.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        """Keep the status of the answer."""
        super().__init__(message)
        self.status = status
