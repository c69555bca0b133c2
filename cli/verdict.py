"""What a reasoner concluded, for people and as JSON. It knows results and no RDF."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.clash import Clash
    from kg.reason import Reasoned, Verdict

VERSION = 1
"""The form of the JSON; it counts up when something in it gets another name or meaning."""
MEASURE = 100
"""The most characters in a line of prose."""
MOST_PLACES = 3
"""So many places are shown of what several records state."""


def render_text(found: Reasoned) -> str:
    """Return the conclusions for people: what can be true, and of what cannot each reason."""
    return "\n".join(_list_lines(found)) + "\n"


def _list_lines(found: Reasoned) -> Iterator[str]:
    if found.clash:
        yield "The ontology contradicts itself, so that everything follows from it."
        yield from _list_sentences(found.clash)
        return
    full = found.classes - len(found.empty)
    yield f"Ontology: {full} of {found.classes} classes can have members."
    for name, clash in found.empty.items():
        yield f"\n  Nothing can be in {name}, because of all these together:"
        yield from _list_sentences(clash)
    for verdict in found.verdicts:
        yield from _list_verdict(verdict)


def _list_verdict(verdict: Verdict) -> Iterator[str]:
    answer = "consistent" if verdict.is_consistent else "not consistent"
    yield f"\n{verdict.name}: {answer}."
    yield (
        f"  {verdict.triples:,} triples, of which {verdict.relevant:,} "
        "can have a part in a contradiction."
    )
    arrows = verdict.arrows
    if arrows.are_equal:
        count = "1 arrow" if len(arrows.rules) == 1 else f"{len(arrows.rules):,} arrows"
        yield f"  {count}, the same from the reasoner as from the rules."
    for arrow in sorted(arrows.reasoner - arrows.rules):
        yield f"  Only the reasoner derives: {' '.join(arrow)}"
    for arrow in sorted(arrows.rules - arrows.reasoner):
        yield f"  Only the rules derive: {' '.join(arrow)}"
    for number, clash in enumerate(verdict.clashes, 1):
        yield f"\n  {number}. These cannot all be true; mend one of them:"
        yield from _list_sentences(clash)
    if verdict.more:
        yield "\n  There is more that cannot be true; mend this first."


def _list_sentences(clash: Clash) -> Iterator[str]:
    if not clash.sentences:
        yield "     HermiT sees the contradiction; Pellet, which explains, does not."
    for sentence in clash.sentences:
        yield textwrap.fill(
            sentence.says, MEASURE, initial_indent="     - ", subsequent_indent="       "
        )
        places = [f"{found.file}:{found.line}" for found in sentence.places]
        more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
        if places:
            yield f"       [{', '.join(places[:MOST_PLACES])}{more}]"


def render_json(found: Reasoned) -> str:
    """Return the conclusions as one JSON object, with the version of its form."""

    def show(clash: Clash) -> list[dict[str, object]]:
        return [
            {
                "says": sentence.says,
                "by": "data" if sentence.is_data else "ontology",
                "places": [found._asdict() for found in sentence.places],
            }
            for sentence in clash.sentences
        ]

    content = {
        "version": VERSION,
        "ontology": {
            "classes": found.classes,
            "empty": {name: show(clash) for name, clash in found.empty.items()},
            "contradiction": show(found.clash) if found.clash else None,
        },
        "states": [
            {
                "state": verdict.state,
                "name": verdict.name,
                "consistent": verdict.is_consistent,
                "triples": verdict.triples,
                "relevant": verdict.relevant,
                "contradictions": [show(clash) for clash in verdict.clashes],
                "more": verdict.more,
                "arrows": {
                    "rules": len(verdict.arrows.rules),
                    "reasoner": len(verdict.arrows.reasoner),
                    "only_rules": sorted(verdict.arrows.rules - verdict.arrows.reasoner),
                    "only_reasoner": sorted(verdict.arrows.reasoner - verdict.arrows.rules),
                },
            }
            for verdict in found.verdicts
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
