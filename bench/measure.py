"""The shape of a real State in numbers: `python -m bench.measure` writes `bench/profile.json`.

The profile holds counts, shares and quantiles, and the words that the model itself defines (kinds,
roles, thresholds). It holds no name, no identifier, no text and no date of the State.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.shape import list_fields
from kg.field import Labels, Reason, Reference
from kg.folder import list_files, read_dataset
from kg.partial_date import PartialDate
from kg.place import DATA
from kg.record import KINDS, THINGS, Rule, SeatGroup, Source, Statement, Step, Thing, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.shape import Field
    from kg.dataset import Dataset, Entry

PROFILE = Path(__file__).with_name("profile.json")
TAGS = ("en", "qaa", "qab", "qac", "qad", "qae")
"""What stands for the languages of a State, most used first; these codes are kept for such use."""
ACTS_OF_TARGET = ("fills", "empties", "of", "for_", "vacates", "subject", "treaty", "about")
"""Fields that name what a statement is about; all others name who acts or what else is touched."""
Profile = dict[str, Any]


def measure_state(dataset: Dataset, state: str, files: Iterable[tuple[str, ...]]) -> Profile:
    """Return the profile of one State; `files` are the parts of the names of its files."""
    entries = [entry for entry in dataset.entries.values() if entry.state == state]
    things = [e.record for e in entries if isinstance(e.record, Thing)]
    sources = [record for record in things if type(record) is Source]
    homes = Counter(parts[0] if len(parts) > 1 else "" for parts in files)
    forms = {source.id: name_form(source) for source in sources}
    statements: dict[str, list[Any]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry.record, Statement):
            statements[f"{forms[entry.source]} {entry.record.kind}"].append(entry.record)
    steps = [s for e in entries for s in getattr(e.record, "steps", ())]
    groups = [g for e in entries for g in getattr(e.record, "members", ())]
    languages = _measure_languages(things)
    measured = {
        "files": homes[""],
        "languages": languages,
        "letters": _measure_letters(entries),
        "things": {
            kind: {"count": sum(t.kind == kind for t in things), **_measure(things, kind)}
            for kind in (*THINGS, "version")
        },
        "named": {
            role: {kind: _rank(names, kind) for kind in THINGS}
            for role, names in _count_names(entries).items()
        },
        "sources": [
            _measure_source(source, entries, dataset, homes[source.id]) for source in sources
        ],
        "statements": {name: _measure(found) for name, found in sorted(statements.items())},
        "roles": {kind: _follow(found) for kind, found in _sequences(entries).items()},
        "steps": {
            role: _measure_step([s for s in steps if s.role == role])
            for role in sorted({s.role for s in steps})
        },
        "seat group": {"fields": _measure_fields(SeatGroup, groups)},
    }
    named: Profile = _rename_languages(measured, dict(zip(languages, TAGS, strict=False)))
    return named


def _rename_languages(value: Any, tags: dict[str, str]) -> Any:
    """Return what was measured with the languages called by their ranks."""
    if isinstance(value, list):
        return [_rename_languages(item, tags) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {tags[name]: about for name, about in inner.items()}
        if key == "languages"
        else _rename_languages(inner, tags)
        for key, inner in value.items()
    }


def name_form(source: Source) -> str:
    """Return the form of a source: `law` by versions, `report` by paragraphs, or a `list`."""
    if not source.describes:
        return "law"
    return "report" if source.paragraphs else "list"


def _measure(records: Sequence[Any], kind: str = "") -> Profile:
    """Return how many words the identifiers of records of one kind have, and their fields."""
    chosen = [record for record in records if not kind or record.kind == kind]
    return {
        "ids": _sum_up(len(record.id.split("-")) for record in chosen),
        "fields": _measure_fields(KINDS[kind or chosen[0].kind], chosen),
    }


def _measure_fields(owner: type, records: Sequence[Any]) -> Profile:
    measured = {}
    for field in list_fields(owner):
        found = [getattr(record, field.name) for record in records]
        given = [value for value in found if value not in {None, ()}]
        if given:
            values = [v for value in given for v in (value if field.many else (value,))]
            about = {"share": round(len(given) / len(found), 4), **_describe(field, values)}
            if field.many:
                about["many"] = _sum_up(len(value) for value in given)
            measured[field.key] = about
    return measured


def _measure_step(steps: Sequence[Step]) -> Profile:
    actors = [actor for step in steps for actor in step.actors]
    return {
        "actors": _sum_up(len(step.actors) for step in steps),
        "kinds": dict(Counter(_kind(a) for a in actors).most_common()),
        "fields": _measure_fields(Step, steps),
    }


def _describe(field: Field, values: Sequence[Any]) -> Profile:
    """Return what is told of the values of a field, by their sort."""
    match field.sort:
        case "text":
            return {"words": _sum_up(len(value.split()) for value in values)}
        case "word":
            return {
                "words": _sum_up(len(value.split()) for value in values),
                "different": round(len(set(values)) / len(values), 4),
            }
        case "count":
            return {"values": _sum_up(values)}
        case "number":
            return {"digits": _sum_up(len(value.partition(".")[0]) for value in values)}
        case "choice":
            return {"choices": dict(Counter(str(v) for v in values).most_common())}
        case "labels":
            return {"languages": _measure_labels(values)}
        case "reference":
            return {"kinds": dict(Counter(_kind(v) for v in values).most_common())}
        case "citation":
            return {
                "kinds": dict(Counter(v.kind for v in values).most_common()),
                "different": round(len({(v.kind, v.number) for v in values}) / len(values), 4),
            }
        case "provision":
            return {"articles": round(sum(bool(v.article) for v in values) / len(values), 4)}
        case "date":
            return _measure_dates(values)
        case "rows":
            return {
                "rows": _sum_up(len(value.rows) for value in values),
                "columns": _sum_up(len(value.rows[0][1]) for value in values),
            }
        case _:
            return {}


def _measure_dates(values: Sequence[PartialDate | Reason]) -> Profile:
    dates = [value for value in values if isinstance(value, PartialDate)]
    reasons = Counter(value.name for value in values if isinstance(value, Reason))
    return {
        "precision": dict(Counter(str(len(date.text)) for date in dates).most_common()),
        "open": round(sum(date.or_later for date in dates) / max(len(dates), 1), 4),
        "reasons": dict(reasons.most_common()),
    }


def _measure_labels(values: Sequence[Labels]) -> Profile:
    """Return, by the rank of a language, how many have names in it, and how long these are."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for labels in values:
        for language, names in labels.names:
            found[language].append(names)
    return {
        language: {
            "share": round(len(named) / len(values), 4),
            "many": _sum_up(len(names) for names in named),
            "words": _sum_up(len(name.split()) for names in named for name in names),
        }
        for language, named in sorted(found.items(), key=lambda item: -len(item[1]))
    }


def _measure_languages(things: Sequence[Thing]) -> Profile:
    """Return the script in which most names of a language are written, the most used one first."""
    scripts: dict[str, Counter[str]] = defaultdict(Counter)
    for thing in things:
        for language, names in thing.label.names:
            cyrillic = any("\u0400" <= letter <= "\u04ff" for name in names for letter in name)
            scripts[language]["Cyrillic" if cyrillic else "Latin"] += 1
    ranked = sorted(scripts.items(), key=lambda item: (item[0] != "en", -item[1].total()))
    return {language: found.most_common(1)[0][0] for language, found in ranked[: len(TAGS)]}


def _measure_letters(entries: Sequence[Entry]) -> Profile:
    """Return how long the words are in names and in texts of ours."""
    names = [name for e in entries if isinstance(e.record, Thing) for _, n in e.record.label.names
             for name in n]  # fmt: skip
    texts = [entry.record.says for entry in entries if isinstance(entry.record, Statement)]
    return {
        "names": _sum_up(len(word) for name in names for word in name.split()),
        "texts": _sum_up(len(word) for text in texts for word in text.split()),
    }


def _measure_source(
    source: Source, entries: Sequence[Entry], dataset: Dataset, files: int
) -> Profile:
    own = [entry for entry in entries if entry.source == source.id]
    versions = dataset.versions.get((own[0].state, source.id), ())
    counts = Counter(e.record.kind for e in own if not isinstance(e.record, Version))
    return {
        "form": name_form(source),
        "files": files,
        "acts": len(source.enacts),
        "paragraphs": source.paragraphs or 0,
        "annexes": source.annexes or 0,
        "versions": len(versions),
        "spans": _measure_spans(own, [version.id for version in versions]),
        "counts": dict(counts.most_common()),
    }


def _measure_spans(entries: Sequence[Entry], versions: Sequence[str]) -> dict[str, int]:
    """Return from which version of a law to which its rules stand, as numbers: `0-3`."""
    spans: Counter[str] = Counter()
    for entry in entries:
        cited = [c for c in entry.record.cite if c.first and not c.source]
        if isinstance(entry.record, Rule) and cited:
            first = min(versions.index(citation.first) for citation in cited)
            spans[f"{first}-{max(versions.index(c.last) for c in cited)}"] += 1
    return dict(spans.most_common())


def _count_names(entries: Sequence[Entry]) -> dict[str, Counter[tuple[str, str]]]:
    """Return how often statements name each thing, as what they are about or otherwise."""
    counts: dict[str, Counter[tuple[str, str]]] = {"about": Counter(), "beside": Counter()}
    for entry in entries:
        if not isinstance(entry.record, Statement):
            continue
        parts: list[Any] = [entry.record, *getattr(entry.record, "steps", ())]
        for part in parts:
            kind: Any = type(part)
            for name in (*(f.name for f in list_fields(kind)), "actors"):
                value = getattr(part, name, None)
                role = "about" if name in ACTS_OF_TARGET else "beside"
                for item in value if isinstance(value, tuple) else (value,):
                    if isinstance(item, Reference) and _kind(item) in THINGS:
                        counts[role][_kind(item), item.text.split("/")[-1]] += 1
    return counts


def _rank(names: Counter[tuple[str, str]], kind: str) -> list[int]:
    """Return how often each thing of a kind is named, most often first; never named, left out."""
    return sorted((count for (k, _), count in names.items() if k == kind), reverse=True)


def _sequences(entries: Sequence[Entry]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = defaultdict(list)
    for entry in entries:
        if steps := getattr(entry.record, "steps", ()):
            found[entry.record.kind].append([step.role for step in steps])
    return dict(sorted(found.items()))


def _follow(sequences: Sequence[Sequence[str]]) -> dict[str, dict[str, int]]:
    """Return how often a role follows another; the empty one stands for beginning and end."""
    following: dict[str, Counter[str]] = defaultdict(Counter)
    for roles in sequences:
        for one, other in zip(["", *roles], [*roles, ""], strict=True):
            following[one][other] += 1
    return {role: dict(counts.most_common()) for role, counts in sorted(following.items())}


def _kind(reference: Reference) -> str:
    return reference.text.split("/")[-2]


def _sum_up(numbers: Iterable[int]) -> list[int] | dict[str, int]:
    """Return few different numbers as a histogram, and many as eleven quantiles."""
    values = sorted(numbers)
    counts = Counter(values)
    if len(counts) <= 8:
        return {str(value): count for value, count in sorted(counts.items())}
    inner = statistics.quantiles(values, n=10, method="inclusive")
    return [values[0], *(round(value) for value in inner), values[-1]]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure one State and write its profile; return the exit code."""
    parser = argparse.ArgumentParser(description="Write the shape of a State in numbers.")
    parser.add_argument("--data", type=Path, default=DATA, help="the data folder")
    parser.add_argument("--state", default="", help="its code; else the State with most records")
    parser.add_argument("--output", type=Path, default=PROFILE)
    given = parser.parse_args(argv)
    dataset = read_dataset([given.data])
    sizes = Counter(entry.state for entry in dataset.entries.values())
    state = given.state or sizes.most_common(1)[0][0]
    files = [path.relative_to(given.data / state).parts for _, path in list_files([given.data])
             if path.is_relative_to(given.data / state)]  # fmt: skip
    profile = measure_state(dataset, state, files)
    given.output.write_text(render_profile(profile), "utf-8")
    sys.stderr.write(f"{sizes[state]:,} records, {given.output.stat().st_size:,} bytes.\n")
    return 0


def render_profile(profile: Profile) -> str:
    """Return a profile as JSON with one line for each field that was measured."""
    return _render(profile, 0) + "\n"


def _render(value: Any, depth: int) -> str:
    """Return JSON that is broken into lines down to the fields, and not within a histogram."""
    short = json.dumps(value, ensure_ascii=False)
    parts: list[Any] = []
    if isinstance(value, (dict, list)) and depth < 4:
        parts = list(value.values()) if isinstance(value, dict) else value
    if not any(isinstance(part, (dict, list)) for part in parts):
        return short
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        lines = [f"{pad}{json.dumps(k)}: {_render(v, depth + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"
    return "[\n" + ",\n".join(pad + _render(part, depth + 1) for part in value) + f"\n{pad[2:]}]"


if __name__ == "__main__":
    sys.exit(main())
