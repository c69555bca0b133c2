"""What a reasoner concludes from the ontology and the data of each State.

HermiT decides whether all that a State's data says can be true together, which classes nothing
can be in, and which arrows the property chains derive; Pellet says why something cannot be true.
The reasoner is given what can have a part in a contradiction (kg/relevant.py), and for the arrows
one step of each sort; `whole` gives it everything as it stands, which takes minutes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, Store, Triple

from kg.arrow import derive_arrows, find_arrows
from kg.clash import Clash, find_clash
from kg.iri import read_iri
from kg.logic import Logic, read_logic, write_axioms
from kg.name import find_thing
from kg.reasoner import find_empty_classes, is_consistent
from kg.relevant import keep_relevant
from kg.vocabulary import GRAPH, ID, expand, graph_iri
from kg.wording import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    Arrow = tuple[str, str, str]

MOST = 10
"""So many contradictions of one State are explained; then the first are to be mended."""

_A, _LABEL = expand("rdf:type"), expand("rdfs:label")


class Arrows(NamedTuple):
    """The arrows of one State: those of the reasoner beside those of the fast rules."""

    reasoner: frozenset[Arrow]
    rules: frozenset[Arrow]

    @property
    def are_equal(self) -> bool:
        """Whether both derive the same."""
        return self.reasoner == self.rules


class Verdict(NamedTuple):
    """What the reasoner says of one State.

    `triples` says how many there are, `relevant` how many of them can contradict anything. Where
    there are `more` clashes than are listed, these are to be mended first.
    """

    state: str
    name: str
    triples: int
    relevant: int
    clashes: tuple[Clash, ...]
    more: bool
    arrows: Arrows

    @property
    def is_consistent(self) -> bool:
        """Whether all that the data says can be true together."""
        return not self.clashes


class Reasoned(NamedTuple):
    """What the reasoner says of the ontology and of each State.

    `empty` has each class that nothing can be in, with the reasons. Where the ontology contradicts
    itself, `clash` says why, and nothing else is concluded.
    """

    classes: int
    empty: dict[str, Clash]
    clash: Clash | None
    verdicts: tuple[Verdict, ...]

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to mend, in the ontology, the data or the rules."""
        good = all(v.is_consistent and v.arrows.are_equal for v in self.verdicts)
        return good and not self.empty and self.clash is None


class _State(NamedTuple):
    """The graphs of one State, as a reasoner sees them.

    `further` is what is derived beside arrows and wider types, which the reasoner finds itself.
    """

    name: str
    asserted: list[Quad]
    further: list[Quad]
    ruled: frozenset[Arrow]


def reason(quads: Sequence[Quad], states: Iterable[str] = (), *, whole: bool = False) -> Reasoned:
    """Return what follows from the quads of the ontology and of some States, all if none is named.

    Raises EnvironmentProblem where there is no Java or it fails.
    """
    logic = read_logic(q for q in quads if read_iri(q.graph_name) == GRAPH + "ontology")
    names = Names(quads)
    wanted = set(states)
    data = {s: d for s, d in _sort_by_state(quads, logic).items() if not wanted or s in wanted}
    with ThreadPoolExecutor(1) as pool:  # the arrows take as long as everything else
        asserted = {state: graphs.asserted for state, graphs in data.items()}
        arrows = pool.submit(derive_arrows, asserted, logic, whole=whole)
        empty = find_empty_classes(write_axioms(logic.axioms))
        if empty is None:
            return Reasoned(len(logic.above), {}, find_clash(logic.axioms, (), names), ())
        emptied = {name: find_clash(logic.axioms, (), names, name) for name in empty}
        verdicts = []
        for state, graphs in data.items():
            triples = [*graphs.asserted, *graphs.further]
            found = find_clashes(triples, logic, names, whole=whole)
            both = Arrows(arrows.result()[state], graphs.ruled)
            verdicts.append(Verdict(state, graphs.name, len(triples), *found, both))
    return Reasoned(len(logic.above), emptied, None, tuple(verdicts))


def find_clashes(
    triples: Sequence[Triple | Quad], logic: Logic, names: Names, *, whole: bool = False
) -> tuple[int, tuple[Clash, ...], bool]:
    """Return how many triples are relevant, their contradictions, and if there are more of these.

    Each contradiction is found without the triples of the others. HermiT decides, on what is
    relevant or on all triples if `whole`; Pellet gives the reasons.
    """
    clashes: list[Clash] = []
    relevant = keep_relevant(triples, logic)
    count = len(relevant)
    while not is_consistent(write_axioms([*logic.axioms, *(triples if whole else relevant)])):
        if len(clashes) == MOST:
            return count, tuple(clashes), True
        clashes.append(find_clash(logic.axioms, relevant, names))
        taking_part = set(clashes[-1].triples)
        if not taking_part:  # nothing can be set aside, and the next answer would be the same
            break
        triples = [
            t for t in triples if Triple(t.subject, t.predicate, t.object) not in taking_part
        ]
        relevant = keep_relevant(triples, logic)
    return count, tuple(clashes), False


def _sort_by_state(quads: Iterable[Quad], logic: Logic) -> dict[str, _State]:
    """Return the graphs of each State, in the order of their codes."""
    heads = find_arrows(logic.axioms)
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(read_iri(quad.graph_name), []).append(quad)
    found = {}
    for name in sorted(graphs):
        state, _, layer = name.removeprefix(GRAPH).partition("/")
        if layer != "asserted":
            continue
        asserted = graphs[name]
        typed = {quad.subject for quad in asserted if quad.predicate.value == _A}
        further, ruled = [], set()
        for quad in graphs.get(graph_iri(state, "derived"), ()):
            predicate = quad.predicate.value
            if predicate in heads:
                ruled.add((read_iri(quad.subject), predicate, read_iri(quad.object)))
            elif predicate != _A or quad.subject not in typed:
                further.append(quad)
        label = _find_label(asserted, ID + state)
        found[state] = _State(label, asserted, further, frozenset(ruled))
    return found


def _find_label(quads: Iterable[Quad], iri: str) -> str:
    """Return the first label of a node, or its IRI."""
    labels = (
        quad.object.value
        for quad in quads
        if quad.predicate.value == _LABEL
        and read_iri(quad.subject) == iri
        and isinstance(quad.object, Literal)
    )
    return next(labels, iri)


def find_state(names: Iterable[Quad], quads: Iterable[Quad], given: str) -> str:
    """Return the code of the State that a name means: its code, or a label in any language.

    `names` is the index of names that a build returns beside its quads. Raises UnknownName or
    AmbiguousName.
    """
    store = Store()
    store.bulk_extend(names)
    store.bulk_extend(q for q in quads if q.predicate.value == _LABEL)
    return find_thing(store, given, ("state",)).value.removeprefix(ID)
