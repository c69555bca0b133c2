"""What changed hands between two days: point by point, within each law that speaks of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from kg.answer import bind_scope, resolve_state, solve
from kg.glossary import find_glossary, translate_aspect, translate_name
from kg.question import bind, day_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.answer import Scope
    from kg.glossary import Glossary
    from kg.store import Opened

_CELLS = ("law", "office", "aspect", "value", "citation", "from", "until", "introduced", "ended")
_BETWEEN = "; "
GAINED, LOST, CHANGED, UNKNOWN = "gained", "lost", "changed", "not known"


class Change(NamedTuple):
    """One point that is not the same on both days.

    `change` is `gained`, `lost`, `changed` (one value for another), or `not known` where it is not
    certain on one of the days whether the point stood. `acts` brought it in or took it away.
    """

    law: str
    office: str
    aspect: str
    change: str
    before: str
    after: str
    acts: str
    cited_before: str
    cited_after: str


class Difference(NamedTuple):
    """The changes of the laws that speak of both days, and the laws that do not."""

    changes: list[Change]
    silent: dict[str, list[str]]


@dataclass(slots=True)
class _Side:
    """What one point rests on, on one day.

    `sure` tells that a rule certainly stood; `from_` and `until` hold the ends of those that
    perhaps did. Where one ended with the change with which another began, one of the two stood.
    """

    sure: bool = False
    from_: set[str] = field(default_factory=set)
    until: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)

    @property
    def certain(self) -> bool:
        """Whether the point certainly stood."""
        return self.sure or bool(self.from_ & self.until)


@dataclass(slots=True)
class _Value:
    """One value of one aspect, before and after."""

    before: _Side = field(default_factory=_Side)
    after: _Side = field(default_factory=_Side)


def find_difference(opened: Opened, first: str, second: str, scope: Scope) -> Difference:
    """Return who gained or lost which role between two days, with seats, terms and eligibility.

    A law is compared if it surely says something of both days; `silent` names, for each other law,
    the days of which it says nothing. Raises UsageError for a day that is none, and for a language
    in which nothing has a name.
    """
    glossary = find_glossary(opened, scope.lang)
    days = (day_literal(first).value, day_literal(second).value)
    text = (resources.files("kg") / "diff.rq").read_text("utf-8")
    query = bind(text, bind_scope(opened, resolve_state(opened, scope)))
    laws: dict[str, dict[tuple[str, str], dict[str, _Value]]] = {}
    speaks: dict[str, set[str]] = {}
    for row in solve(opened, query):
        cell = {name: row[name].value if row[name] else "" for name in _CELLS}
        values = laws.setdefault(cell["law"], {}).setdefault((cell["office"], cell["aspect"]), {})
        value = values.setdefault(cell["value"], _Value())
        span = [
            row[name].value if row[name] else "" for name in ("since", "till", "earliest", "latest")
        ]
        for side, day, act in (
            (value.before, days[0], cell["ended"]),
            (value.after, days[1], cell["introduced"]),
        ):
            answer = _stands(span, day)
            if answer is None:
                side.from_.add(cell["from"])
                side.until.add(cell["until"])
            if answer is not False:
                side.sure = side.sure or answer is True
                side.cited.add(cell["citation"])
                side.acts.add(act)
            if answer:
                speaks.setdefault(cell["law"], set()).add(day)
    silent = {
        law: [day for day in days if day not in speaks.get(law, ())]
        for law in laws
        if len(speaks.get(law, ())) < len(set(days))
    }
    changes = [
        _translate(change, glossary)
        for law, aspects in laws.items()
        if law not in silent
        for (office, aspect), values in aspects.items()
        for change in _compare(law, office, aspect, values)
    ]
    return Difference(sorted(changes, key=_order), silent)


def _translate(change: Change, glossary: Glossary) -> Change:
    """Return a change with its names in another language; two things of one name stay two."""
    acts = (translate_name(act, glossary) for act in change.acts.split(_BETWEEN))
    return change._replace(
        office=translate_name(change.office, glossary),
        aspect=translate_aspect(change.aspect, glossary),
        before=translate_name(change.before, glossary),
        after=translate_name(change.after, glossary),
        acts=_join(acts),
    )


def _stands(span: list[str], day: str) -> bool | None:
    """Return whether a rule stood on a day, or None where that is not known."""
    since, till, earliest, latest = span
    if since and since <= day < till:
        return True
    if (earliest and day < earliest) or (latest and day >= latest):
        return False
    return None


def _order(change: Change) -> tuple[str, ...]:
    return (change.law, change.office, change.aspect, change.before, change.after)


def _compare(law: str, office: str, aspect: str, values: dict[str, _Value]) -> Iterator[Change]:
    """Yield what is not the same of one aspect; a single value for a single other is one change."""
    lost, gained, unknown = [], [], []
    for name, value in values.items():
        was, is_ = value.before, value.after
        if (was.cited and not was.certain) or (is_.cited and not is_.certain):
            if was.certain != is_.certain or was.cited != is_.cited:
                unknown.append(name)
        elif was.cited and not is_.cited:
            lost.append(name)
        elif is_.cited and not was.cited:
            gained.append(name)

    def make(change: str, before: str, after: str) -> Change:
        old = values[before].before if before else _Side()
        new = values[after].after if after else _Side()
        acts = _join(old.acts | new.acts)
        return Change(
            law, office, aspect, change, before, after, acts, _join(old.cited), _join(new.cited)
        )

    if len(lost) == len(gained) == 1:
        yield make(CHANGED, lost[0], gained[0])
    else:
        yield from (make(LOST, name, "") for name in lost)
        yield from (make(GAINED, "", name) for name in gained)
    for name in unknown:
        value = values[name]
        yield make(UNKNOWN, name if value.before.cited else "", name if value.after.cited else "")


def _join(texts: Iterable[str]) -> str:
    return _BETWEEN.join(sorted(filter(None, texts)))
