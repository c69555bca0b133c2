"""The shapes: the real data conform, and each constraint finds the fault that it is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from thorough import EACH, THOROUGH
from triples import make_graph

from kg import place
from kg.build import build_graphs
from kg.notation import from_quads
from kg.shape import judge_graph, read_shapes
from kg.vocabulary import BASE, ID, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rdflib.term import Node

pytestmark = pytest.mark.xdist_group("shapes")  # what pySHACL says of all mutations is asked once
POL = Namespace(ONTOLOGY)
SHAPE = Namespace(BASE + "shape/")
X = Namespace(ID + "xx/")
FILES = [p for p in sorted(place.bundled("shapes").glob("*.ttl")) if p.name != "ontology.ttl"]
"""The shapes of the data; those of the ontology itself are run by test_lint.py."""
COMPILED = read_shapes(place.bundled("shapes"))
COMPONENTS = {
    SH.minCount: SH.MinCountConstraintComponent,
    SH.maxCount: SH.MaxCountConstraintComponent,
    SH["class"]: SH.ClassConstraintComponent,
    SH.datatype: SH.DatatypeConstraintComponent,
    SH.node: SH.NodeConstraintComponent,
    SH["or"]: SH.OrConstraintComponent,
    SH["in"]: SH.InConstraintComponent,
    SH.pattern: SH.PatternConstraintComponent,
    SH.minInclusive: SH.MinInclusiveConstraintComponent,
    SH.minExclusive: SH.MinExclusiveConstraintComponent,
    SH.maxInclusive: SH.MaxInclusiveConstraintComponent,
    SH.lessThan: SH.LessThanConstraintComponent,
    SH.lessThanOrEquals: SH.LessThanOrEqualsConstraintComponent,
    SH.disjoint: SH.DisjointConstraintComponent,
    SH.uniqueLang: SH.UniqueLangConstraintComponent,
}

COMPARISONS = (SH.lessThan, SH.lessThanOrEquals)

STATE = "- state: {id}\n  label: {name}\n  iso3166: {code}\n"
SOURCE = """\
- source: {id}
  label: {id}
  short-name: {id}
  describes: 1938-06-01
  dated: 1938
  received: 1938-07
  paragraphs: {count}
  annexes: {count}
"""
THINGS = """\
- body: diet
  label: Diet
  is-a: legislature
  branch: legislative
  cite: report para 1
- body: senate
  label: Senate
  replaces: body/diet
  cite: report para 2
- body: house
  label: House
  replaces: body/senate
  is-a: chamber
  part-of: body/diet
  branch: judicial
  in-each: unit/province
  cite: report para 2
- office: king
  label: King
  post-in: body/diet
  heads: body/diet
  cite: report para 3
- office: judge
  label: Judge
  post-in: body/house
  heads: body/house
  kind-of: office/king
  in-each: unit/province
  cite: report para 4
- office: usher
  label: Usher
  replaces: office/clerk
  cite: report para 4
- office: clerk
  label: Clerk
  replaces: office/judge
  kind-of: office/judge
  cite: report para 4
- group: nobles
  label: Nobles
  cite: report para 5
- unit: province
  label: province
  cite: report para 6
- person: rudolf
  label: Rudolf
  cite: report para 7
- person: michael
  label: Michael
  cite: report para 7
- act: charter
  label: Charter
  number: "1"
  date: 1900
  subject: The realm.
  cite: report para 8
- act: novel
  label: Novel
  number: "2"
  date: 1901-02
  subject: The succession.
  amends: act/charter
  cite: report para 8
- treaty: truce
  label: Truce
  adopted: 1899
  number: "3"
  monitored-by: body/diet
  cite: report para 8
- treaty: peace
  label: Peace
  adopted: 1902-03-04
  number: "4"
  under: treaty/truce
  monitored-by: body/house
  cite: report para 8
- treaty: annex-to-the-peace
  label: Annex to the Peace
  under: treaty/peace
  procedure-under: treaty/truce
  cite: report para 8
- action: judge
  label: Judge
  cite: report para 8
- action: pardon
  label: Pardon
  cite: report para 8
"""
STATEMENTS = """\
- selection: king
  fills: office/king
  seats: 1
  share: 1/2
  per: unit/province
  method: By lot.
  says: The nobles elect the king.
  basis: charter art 1
  ambiguity: By lot, or not.
  from: 1900
  until: 2000-01-02
  condition: In peace.
  exception: Not in war.
  effect: There is a king.
  left-to: charter
  steps:
    - proposes: body/diet
      to: body/house
      threshold: >-
        at least 2/3 of the votes cast, in at least 3/5 of the territorial units, if at least
        1/5 of the voters entitled take part
      jointly: yes
      condition: If asked.
    - elects: group/nobles
      to: body/diet
      threshold: >-
        more than 1/4 of the total membership, in more than 4/5 of the territorial units, if more
        than 1/6 of the voters entitled take part
      condition: If present.
  cite: para 1
- selection: judge
  fills: office/judge
  seats: 3
  share: 1/3
  method: By vote.
  says: The house elects the judges.
  basis: charter art 2
  ambiguity: By vote, or not.
  from: 1901-02-03 or later
  until: 1930 or later
  condition: In war.
  exception: Not in peace.
  effect: There is a judge.
  cite: para 2
- removal: king
  empties: office/king
  only-those-of: selection/king
  grounds: Treason.
  from: 1902-03 or later
  until: 1931-02 or later
  says: The king is removed.
  cite: para 3
- removal: judge
  empties: office/judge
  until: none prescribed
  says: The judge is removed.
  steps:
    - dismisses: office/king
  cite: para 3
- term: king
  of: office/king
  only-those-of: selection/king
  years: 4
  renewed-share: 1/2
  renewed-every-years: 2
  maximum-terms: 1
  consecutive: yes
  ends-when: He dies.
  says: The king reigns for four years.
  from: 1900
  until: 1901
  cite: para 4
- term: judge
  of: office/judge
  years: 5
  renewed-share: 1/3
  renewed-every-years: 3
  maximum-terms: 2
  ends-when: He leaves.
  says: The judge serves for five years.
  cite: para 4
- term: clerk
  of: office/clerk
  for-life: yes
  says: The clerk serves for life.
  cite: para 4
- composition: diet
  of: body/diet
  size: 9
  members:
    - of: office/king
      seats: 1
      share: 1/2
      per: unit/province
      says: The king.
    - of: office/judge
      seats: 2
      share: 1/3
      says: The judges.
  parts: body/house
  says: The diet has nine members.
  cite: para 5
- composition: house
  of: body/house
  size: 8
  says: The house has eight members.
  cite: para 5
- eligibility: king
  for: office/king
  minimum-age: 20
  maximum-age: 60
  citizenship: By birth.
  residence-years: 1
  experience-years: 3
  requirements: He rides.
  incompatible-with: office/judge
  says: Who may be king.
  cite: para 6
- eligibility: judge
  for: office/judge
  minimum-age: 30
  maximum-age: 70
  citizenship: By oath.
  residence-years: 2
  experience-years: 4
  says: Who may be judge.
  cite: para 6
- succession: king
  vacates: office/king
  trigger: He dies.
  period: A year.
  says: The judge succeeds.
  cite: para 7
- succession: judge
  vacates: office/judge
  trigger: He leaves.
  period: A month.
  says: The king succeeds.
  cite: para 7
- subordination: judge
  subject: office/judge
  relation: under
  superior: office/king
  says: The judge is under the king.
  cite: para 8
- subordination: clerk
  subject: office/clerk
  relation: reports-to
  superior: body/diet
  says: The clerk reports to the diet.
  cite: para 8
- appointment: rudolf
  filled: office/king
  holder: person/rudolf
  on: 1920
  says: Rudolf became king.
  cite: para 9
- appointment: michael
  filled: office/judge
  holder: person/michael
  on: 1921-02
  says: Michael became judge.
  cite: para 9
- silence: clerk
  about: office/clerk
  question: selection
  searched: para 9
  says: Nothing is said about the choice of the clerk.
  cite: para 9
- competence: judge
  holder: office/judge
  action: action/judge
  object: Quarrels.
  concerns: office/king
  threshold: at least 1/2 of the votes cast
  within: A year.
  says: The judge judges quarrels.
  steps:
    - acts: office/clerk
      does: Writes.
      within: A day.
    - decides: office/judge
      does: Judges.
      within: A week.
  cite: para 9
- competence: pardon
  holder: office/king
  action: action/pardon
  object: Sentences.
  within: A month.
  says: The king pardons.
  cite: para 9
- procedure: charter
  name: Change of the Charter
  concerns: act/charter
  within: A session.
  says: The king signs a change of the Charter.
  cite: para 9
- procedure: peace
  name: Conclusion of a peace
  concerns: treaty/peace
  within: A summer.
  says: The king signs a peace.
  cite: para 9
- content: charter
  of: charter art 1
  says: Article 1 names the realm.
  cite: para 9
- content: novel
  of: novel
  says: The Novel names the heir.
  cite: para 9
- naming: province
  of: unit/province
  name: {en: Hentzau, de: Hentzau}
  says: The province is called Hentzau.
  cite: para 9
- naming: diet
  of: body/diet
  name: Estates
  says: The diet is called the Estates.
  cite: para 9
- force: charter
  of: act/charter
  says: The Charter is in force.
  cite: para 9
- force: peace
  of: treaty/peace
  says: The Peace is in force.
  cite: para 9
- change: house
  of: body/house
  outcome: established
  on: 1905
  says: The house was established.
  cite: para 9
- change: diet
  of: body/diet
  outcome: renamed
  on: 1906
  says: The diet was renamed.
  cite: para 9
- adoption: charter
  of: act/charter
  method: By vote.
  on: 1900
  says: The Charter was adopted.
  cite: para 9
- adoption: peace
  of: treaty/peace
  method: By acclamation.
  on: 1902
  says: The Peace was adopted.
  cite: para 9
- amendment: charter
  of: act/charter
  by: act/novel
  articles: 1
  changes: 2
  adds: charter art 3
  touches: charter art 1
  effects: There is an heir.
  says: The Novel changed the Charter.
  cite: para 9
- amendment: novel
  of: act/novel
  by: act/charter
  articles: 3
  changes: 4
  says: The Charter changed the Novel.
  cite: para 9
- treaty-action: truce
  treaty: treaty/truce
  action: signature
  on: 1899
  row: 1
  column: Signature
  says: The king signed the Truce.
  cite: para 9
- treaty-action: peace
  treaty: treaty/peace
  action: ratification
  on: 1903
  row: 2
  column: Ratification
  says: The king ratified the Peace.
  cite: para 9
- submission: first
  report: First report
  treaty: treaty/truce
  to: body/diet
  on: 1910
  says: The king handed in a first report.
  cite: para 9
- submission: second
  report: Second report
  treaty: treaty/peace
  to: body/house
  on: 1911
  says: The king handed in a second report.
  cite: para 9
- visit: first
  mandate: Envoy
  visitor: person/michael
  from: 1912-01-02
  until: 1912-01-09
  says: Michael came as an envoy.
  cite: para 9
- visit: second
  mandate: Judge of truces
  visitor: office/judge
  from: 1913-02
  until: 1913-03
  says: The judge came.
  cite: para 9
- membership: xx
  member: state/xx
  of: body/diet
  as: Guest.
  from: 1920
  until: 1921
  says: Ruritania sat in the diet.
  cite: para 9
- membership: judge
  member: office/judge
  of: body/house
  as: Host.
  from: 1922
  until: 1923
  says: The judge sat in the house.
  cite: para 9
- tenure: rudolf
  holder: person/rudolf
  office: office/king
  on: 1921
  says: Rudolf was king.
  cite: para 9
- tenure: michael
  holder: person/michael
  office: office/judge
  on: 1922
  says: Michael was judge.
  cite: para 9
- figure: people
  topic: people
  measure: Inhabitants.
  value: 100
  unit: persons
  on: 1938
  precision: about
  about: unit/province
  says: A hundred people live in the realm.
  cite: para 9
- figure: women
  topic: households
  measure: Women.
  value: 50.5
  unit: heads
  on: 1937-12
  period: The winter.
  of: Persons over 60.
  precision: more-than
  part-of: figure/people
  says: Half of them are women.
  cite: para 9
- figure: men
  topic: people
  measure: Men.
  value: 49.5
  unit: persons
  period: The spring.
  of: Persons under 60.
  part-of: figure/women
  says: The others are men.
  cite: para 9
- table: births
  topic: births
  rows-are: Province.
  columns-are: Year.
  columns: ["1936", "1937"]
  units: [births, heads]
  cells:
    North: [12, 13]
    South: [9, 8.5]
  says: Births in each province.
  cite: annex 1
- table: deaths
  topic: deaths
  rows-are: City.
  columns-are: Month.
  columns: ["1938-01"]
  units: deaths
  cells:
    Strelsau: [1]
  says: Deaths in each city.
  cite: annex 2
- unused: thanks
  says: The paragraph thanks the reader.
  cite: para 9
- contradiction: king
  about: office/king
  between: [selection/king, selection/judge]
  says: Both cannot be.
  cite: para 9
"""
TABLE = """\
- table: births
  topic: births
  rows-are: Street.
  columns-are: Day.
  columns: ["1939-12-24"]
  units: births
  cells:
    King Street: [2]
  says: Births in each street.
  cite: annex 1
"""
LAW = """\
- source: law
  label: Charter
  short-name: Charter
  enacts: act/charter
- version: old
  label: Charter of 1900
  of: act/charter
  from: 1900-05
  until: 1901-02
  describes: 1900-06-01
- version: middle
  label: Charter of 1901
  of: act/charter
  by: act/novel
  from: 1901-02 or later
  until: 1910 or later
- version: new
  label: Novel of 1910
  of: act/novel
  by: act/charter
  from: 1910 or later
  describes: 1938-06-01
"""
RULE = """\
- selection: clerk
  fills: office/clerk
  says: The king appoints the clerk.
  steps:
    - appoints: office/king
  cite: art 1, old
- selection: king-by-the-diet
  fills: office/king
  says: The diet elects the king.
  steps:
    - elects: body/diet
  cite: art 2 (1), middle to new
"""
DATA = {
    "xx/state.yaml": STATE.format(id="xx", name="Ruritania", code="XX"),
    "xx/things.yaml": THINGS,
    "xx/report/source.yaml": SOURCE.format(id="report", count=9),
    "xx/report/power.yaml": STATEMENTS,
    "xx/law/source.yaml": LAW,
    "xx/law/power.yaml": RULE,
    "xx/other/source.yaml": SOURCE.format(id="other", count=8).replace("1938", "1939"),
    "yy/state.yaml": STATE.format(id="yy", name="Strelsau", code="YY"),
    "yy/register/source.yaml": SOURCE.format(id="register", count=7).replace("1938", "1940"),
    "yy/register/births.yaml": TABLE,
}
"""Two States, three reports and a law, so that each key that takes one value has another."""


class Case(NamedTuple):
    """One constraint of one property shape; a mutation must make this one fail."""

    shape: URIRef
    constraint: URIRef

    def __str__(self) -> str:
        """Return the case as pytest shows it."""
        return f"{self.shape.rpartition('/')[2]}-{self.constraint.rpartition('#')[2]}"


def read_shapes() -> Graph:
    """Return all shapes in one graph."""
    graph = Graph()
    for path in FILES:
        graph.parse(path)
    return graph


SHAPES = read_shapes()
NAMED = sorted(SHAPES.subjects(RDF.type, SH.PropertyShape))
TARGETED = {p for s in SHAPES.subjects(SH.targetClass) for p in SHAPES.objects(s, SH.property)}
CASES = [
    Case(shape, constraint)
    for shape in NAMED
    if shape in TARGETED
    for constraint in COMPONENTS
    if (shape, constraint, None) in SHAPES
]


def merge(quads: Iterable[Quad]) -> list[Quad]:
    """Return the asserted and derived triples with the schemes of the ontology, in one graph."""
    return [
        Quad(*quad.triple)
        for quad in quads
        if quad.graph_name.value.endswith(("/asserted", "/derived"))
        or quad.predicate.value.endswith("#inScheme")
    ]


@pytest.fixture(scope="module")
def real(built: tuple[Sequence[Quad], Sequence[Quad]]) -> list[Quad]:
    """Return the triples of the real data that the shapes judge."""
    return merge(built[0])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return the invented States as a graph, which every mutation starts from."""
    folder = tmp_path_factory.mktemp("data")
    for name, content in DATA.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return make_graph(merge(build_graphs([folder])[0]))


Result = tuple["Node | None", "Node | None", "Node | None"]


Fault = tuple[str, str, str, str, str]
"""Focus, shape, component, value and severity of a result, as texts."""


def find_faults(graph: Graph, focus: Iterable[URIRef] = ()) -> set[Fault]:
    """Return each result at the top of the report of pySHACL, of all nodes or of some."""
    _, report, _ = validate(
        graph, shacl_graph=SHAPES, inference="none", inplace=True, focus_nodes=list(focus) or None
    )
    terms = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.value)
    return {
        (
            *(str(report.value(result, term, default="")) for term in terms),
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        )
        for result in report.objects(None, SH.result)
    }


def find_faults_fast(graph: Graph) -> set[Fault]:
    """Return the results of the fast engine on the same graph."""
    content = graph.serialize(format="nt")
    triples = from_quads(parse(content, RdfFormat.N_TRIPLES))
    return {result[:5] for result in judge_graph([triples], COMPILED)}


def find_results(graph: Graph, *, both: bool = True) -> set[Result]:
    """Return focus, shape and component of each fault, on which both engines agree if asked.

    The SPARQL constraints are left out: a fault of one triple may well break one of them too, and
    they have cases of their own.
    """
    faults = find_faults_fast(graph)
    assert not both or find_faults(graph) == faults
    return {
        (URIRef(focus), URIRef(shape), URIRef(component))
        for focus, shape, component, *_ in faults
        if component != str(SH.SPARQLConstraintComponent)
    }


def read_paths(shape: URIRef) -> list[URIRef]:
    """Return the properties that a path leads along: one, or its alternatives."""
    path = SHAPES.value(shape, SH.path)
    alternatives = SHAPES.value(path, SH.alternativePath)
    return [path] if alternatives is None else list(Collection(SHAPES, alternatives))


def find_focus(graph: Graph, shape: URIRef) -> Iterator[tuple[URIRef, URIRef, Node]]:
    """Yield the triples that a shape judges: the things of its class with the path, in order."""
    owner = SHAPES.value(None, SH.property, shape)
    classes = set(SHAPES.objects(owner, SH.targetClass))
    things = {thing for kind in classes for thing in graph.subjects(RDF.type, kind)}
    for path in read_paths(shape):
        for subject, value in sorted(graph.subject_objects(path)):
            if subject in things:
                yield subject, path, value


WRONG = {
    RDF.langString: Literal("x"),
    XSD.integer: Literal("2.0", datatype=XSD.decimal),
    XSD.decimal: Literal("1", datatype=XSD.integer),
    XSD.boolean: Literal("true"),
    XSD.date: Literal("1938"),
}
"""A value of another datatype, which the other constraints of our shapes let pass."""
OUTSIDE = {
    SH["class"]: X.nothing,
    SH["or"]: X.nothing,
    SH["in"]: Literal("x"),
    SH.pattern: Literal("x"),
    SH.minInclusive: Literal(0),
    SH.minExclusive: Literal("0.0", datatype=XSD.decimal),
    SH.maxInclusive: Literal("1.5", datatype=XSD.decimal),
    SH.lessThan: Literal("9999-01-01", datatype=XSD.date),
}
"""A value that a constraint does not let pass."""


def find_another(sound: Graph, shape: URIRef, path: URIRef, value: Node) -> tuple[URIRef, Node]:
    """Return a property on the path of a shape, with a valid value that is not yet there."""
    if len(read_paths(shape)) > 1:
        path = next(p for p in read_paths(shape) if p != path)
        return path, next(other for _, p, other in find_focus(sound, shape) if p == path)
    kind = SHAPES.value(shape, SH["class"])
    others = set(sound.subjects(RDF.type, kind) if kind else sound.objects(None, path)) - {value}
    for rival in SHAPES.objects(shape, SH.disjoint):
        others -= set(sound.objects(None, rival))
    return path, min(others, default=Literal("false", datatype=XSD.boolean))


def find_wrong(sound: Graph, case: Case, focus: URIRef, value: Node) -> Node:
    """Return a value that breaks one constraint of a shape and no other."""
    limit = SHAPES.value(*case)
    if case.constraint == SH.datatype:
        return WRONG.get(limit, Literal(str(value), lang="en"))
    if case.constraint == SH.node:
        return Literal("x") if isinstance(value, Literal) else SHAPE.nothing
    if case.constraint == SH.disjoint:
        return sound.value(focus, limit)
    if case.constraint == SH.lessThanOrEquals:
        is_day = getattr(value, "datatype", None) == XSD.date
        return OUTSIDE[SH.lessThan] if is_day else Literal(999)
    return OUTSIDE[case.constraint]


def drop_rivals(graph: Graph, focus: URIRef, path: URIRef) -> None:
    """Remove what a broken value would be compared with, where it may be left out."""
    for comparison in COMPARISONS:
        for shape, rival in SHAPES.subject_objects(comparison):
            pair = {SHAPES.value(shape, SH.path), rival}
            if path in pair and (shape, SH.minCount, None) not in SHAPES:
                graph.remove((focus, (pair - {path}).pop(), None))


def mutate(graph: Graph, sound: Graph, case: Case, focus: URIRef) -> None:
    """Break one constraint about one thing in a graph, and nothing else."""
    path, value = next((p, v) for s, p, v in find_focus(sound, case.shape) if s == focus)
    if case.constraint not in COMPARISONS:
        drop_rivals(graph, focus, path)
    if case.constraint == SH.minCount:
        for each in read_paths(case.shape):
            graph.remove((focus, each, None))
    elif case.constraint == SH.uniqueLang:
        graph.add((focus, path, Literal("Another", lang=getattr(value, "language", None))))
    elif case.constraint == SH.maxCount:
        graph.add((focus, *find_another(sound, case.shape, path, value)))
    else:
        graph.remove((focus, path, value))
        graph.add((focus, path, find_wrong(sound, case, focus, value)))


def plan_rounds(sound: Graph) -> list[dict[URIRef, Case]]:
    """Return all cases in few rounds, each case at a thing that is its own in that round.

    A shape judges one thing by the triples about it, so that cases about different things do not
    meet, and one run of pySHACL serves many.
    """
    rounds: list[dict[URIRef, Case]] = []
    for case in CASES:
        compared = SHAPES.value(*case) if case.constraint in COMPARISONS else None
        things = sorted(
            {
                focus
                for focus, _, _ in find_focus(sound, case.shape)
                if compared is None or (focus, compared, None) in sound
            }
        )
        free = [(number, thing) for number in range(len(rounds) + 1) for thing in things
                if number == len(rounds) or thing not in rounds[number]]  # fmt: skip
        number, thing = min(free)
        rounds += [{}] if number == len(rounds) else []
        rounds[number][thing] = case
    return rounds


FEW = 2
"""So many rounds pySHACL is asked too where not all is tried: it takes two seconds for each."""


@pytest.fixture(scope="module")
def outcomes(small: Graph) -> tuple[dict[Case, tuple[URIRef, set[Result]]], set[Result]]:
    """Return the results about the thing of each case, and all results about other things."""
    found: dict[Case, tuple[URIRef, set[Result]]] = {}
    elsewhere: set[Result] = set()
    for number, cases in enumerate(plan_rounds(small)):
        graph = Graph()
        graph += small
        for focus, case in cases.items():
            mutate(graph, small, case, focus)
        results = find_results(graph, both=THOROUGH or number < FEW)
        for focus, case in cases.items():
            found[case] = (focus, {result for result in results if result[0] == focus})
        elsewhere |= {result for result in results if result[0] not in cases}
    return found, elsewhere


SAMPLE = 3 * EACH
"""So many of the real nodes of each class are shown to pySHACL, which takes minutes for all."""


def test_the_real_data_conform(real: list[Quad]) -> None:
    """The built graph of the real data breaks no shape: none says ours, nor of a sample pySHACL."""
    assert judge_graph([from_quads(real)], COMPILED) == []
    graph = make_graph(real)
    kinds = set(SHAPES.objects(None, SH.targetClass))
    nodes = [sorted(graph.subjects(RDF.type, kind)) for kind in sorted(kinds)]
    sample = {node for found in nodes for node in found[:: max(len(found) // SAMPLE, 1)]}
    assert len(sample) > len(kinds)
    assert find_faults(graph, sample) == set()


def test_the_invented_data_conform(small: Graph) -> None:
    """The graph that every mutation starts from breaks no shape."""
    assert find_results(small) == set()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_constraint_finds_its_fault(
    outcomes: tuple[dict[Case, tuple[URIRef, set[Result]]], set[Result]], case: Case
) -> None:
    """A planted fault gives exactly one result: of the thing, the shape and the constraint."""
    focus, results = outcomes[0][case]
    assert results == {(focus, case.shape, COMPONENTS[case.constraint])}


def test_a_fault_is_found_nowhere_else(
    outcomes: tuple[dict[Case, tuple[URIRef, set[Result]]], set[Result]],
) -> None:
    """A planted fault gives no result about a thing that was left as it was."""
    assert outcomes[1] == set()


def test_no_property_shape_is_without_a_mutation() -> None:
    """Each property shape is mutated, or is the inside of a node shape that a mutated one names."""
    inner = {
        prop
        for case in CASES
        if case.constraint == SH.node
        for prop in SHAPES.objects(SHAPES.value(case.shape, SH.node), SH.property)
    }
    assert set(NAMED) == {case.shape for case in CASES} | inner


def test_no_constraint_is_without_a_mutation() -> None:
    """Whatever a property shape says beside path, severity and message is broken by a case."""
    plain = {RDF.type, SH.path, SH.severity, SH.message}
    said = {Case(s, p) for s in TARGETED for p in SHAPES.predicates(s) if p not in plain}
    assert said == set(CASES)


OBLIGATIONS = {
    "Adoption-of": "minCount maxCount or",
    "Amendment-of": "minCount maxCount class",
    "Appointment-filled": "minCount maxCount class",
    "ChangeEvent-of": "minCount maxCount class",
    "ChangeEvent-outcome": "minCount maxCount in",
    "Citation-source": "minCount maxCount class",
    "CompetenceRule-action": "minCount maxCount class",
    "CompetenceRule-holder": "minCount class",
    "CompositionRule-of": "minCount maxCount class",
    "EligibilityRule-for": "minCount maxCount class",
    "Figure-unit": "minCount maxCount datatype",
    "Figure-value": "minCount maxCount datatype",
    "ForceRule-of": "minCount maxCount or",
    "Membership-of": "minCount maxCount class",
    "Observation-table": "minCount maxCount class",
    "Observation-value": "minCount maxCount datatype",
    "Participation-actor": "minCount maxCount class",
    "Participation-order": "minCount maxCount datatype minInclusive",
    "Participation-role": "minCount maxCount node",
    "Participation-rule": "minCount maxCount or",
    "ProcedureRule-name": "minCount maxCount datatype",
    "ProvisionContent-of": "minCount or",
    "RemovalRule-empties": "minCount maxCount class",
    "SelectionRule-fills": "minCount maxCount class",
    "Silence-searched": "minCount class",
    "Source-describes": "maxCount node",
    "Source-speaks": "minCount maxCount datatype",
    "Statement-cite": "minCount class",
    "Statement-source": "minCount maxCount class",
    "SubordinationRule-relation": "minCount maxCount node",
    "SuccessionRule-vacates": "minCount maxCount class",
    "Tenure-holder": "minCount maxCount class",
    "Tenure-office": "minCount maxCount class",
    "TermRule-of": "minCount maxCount class",
    "TermRule-years": "datatype minInclusive",
    "Thing-cite": "minCount class",
    "Threshold-fraction": "minCount maxCount datatype minExclusive maxInclusive",
    "TreatyAction-action": "minCount maxCount in",
    "TreatyAction-treaty": "minCount maxCount class",
    "Version-of": "minCount maxCount class",
    "Visit-mandate": "minCount maxCount datatype",
}


def test_what_is_obligatory_stays_obligatory() -> None:
    """The constraints on which the rest of the project relies cannot be dropped in silence."""
    said = {str(case) for case in CASES}
    wanted = {f"{shape}-{name}" for shape, names in OBLIGATIONS.items() for name in names.split()}
    assert wanted - said == set()


@pytest.mark.parametrize("kind", [SH.NodeShape, SH.PropertyShape], ids=["node", "property"])
def test_a_shape_has_a_name_and_a_severity(kind: URIRef) -> None:
    """Each shape has an IRI and exactly one severity."""
    for shape in SHAPES.subjects(RDF.type, kind):
        assert isinstance(shape, URIRef)
        assert len(list(SHAPES.objects(shape, SH.severity))) == 1


def test_a_property_shape_says_what_is_wrong_and_what_to_do() -> None:
    """Each property shape has one message: a sentence on what holds, a colon, and what to do."""
    for shape in NAMED:
        (message,) = SHAPES.objects(shape, SH.message)
        assert ": " in message, shape
        assert message[0].isupper(), shape
        assert message.endswith("."), shape


def test_every_class_with_instances_has_a_node_shape(real: list[Quad]) -> None:
    """Each class of ours that the real data instantiate is a target, or lies below one."""
    targets = {str(target) for target in SHAPES.objects(None, SH.targetClass)}
    kinds: dict[object, set[str]] = {}
    for quad in real:
        if quad.predicate.value == str(RDF.type) and isinstance(quad.object, NamedNode):
            kinds.setdefault(quad.subject, set()).add(quad.object.value)
    assert len(kinds) > 10_000
    ours = [found for found in kinds.values() if any(kind.startswith(ONTOLOGY) for kind in found)]
    assert [found for found in ours if not found & targets] == []


def test_shapes_stand_in_files_of_the_names_of_the_ontology() -> None:
    """Each file of shapes mirrors a module, and targets classes that the module declares."""
    for path in FILES:
        module = Graph().parse(place.bundled("ontology") / path.name)
        module.parse(place.bundled("ontology") / "align.ttl")
        for target in Graph().parse(path).objects(None, SH.targetClass):
            elsewhere = {POL.Action, POL.LegalAct, POL.Treaty} if path.stem == "body" else set()
            assert (target, RDF.type, OWL.Class) in module or target in elsewhere, target


def test_shapes_are_in_order() -> None:
    """The shapes of a file stand in the order of their names."""
    for path in FILES:
        names = [li for li in path.read_text("utf-8").splitlines() if li.startswith("shape:")]
        assert names == sorted(set(names), key=str.casefold)


def test_the_properties_of_shapes_are_declared() -> None:
    """A shape judges a property that the ontology declares or that RDF itself has."""
    ontology = Graph()
    for path in place.bundled("ontology").glob("*.ttl"):
        ontology.parse(path)
    for shape in NAMED:
        for path in read_paths(shape):
            built_in = str(path).startswith((str(RDF), str(RDFS)))
            assert built_in or (path, RDF.type, None) in ontology, path
