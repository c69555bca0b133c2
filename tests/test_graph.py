"""The graph of an invented State: the hard cases of the model, each written and each found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Store

from kg.build import build_state, read_ontology
from kg.folder import read_dataset
from kg.graph import Shared, assert_entry
from kg.vocabulary import GRAPH, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import Quad

PREAMBLE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + (
    "PREFIX xx: <https://w3id.org/politeia/id/xx/>\n"
)
RULE = "xx:report\\/selection\\/r"


@pytest.fixture
def quads(ruritania: Callable[..., Path]) -> Callable[[str], list[Quad]]:
    """Return a function from statements to all quads of the invented State."""

    def build(statements: str) -> list[Quad]:
        return build_state(read_dataset([ruritania(statements)]), "xx", read_ontology())

    return build


@pytest.fixture
def holds(quads: Callable[[str], list[Quad]]) -> Callable[[str, str], bool]:
    """Return a function that says whether the graph of some statements has a pattern."""

    def ask(statements: str, pattern: str) -> bool:
        store = Store()
        store.bulk_extend(quads(statements))
        query = f"{PREAMBLE}ASK {{ {pattern} }}"
        return bool(store.query(query, use_default_graph_as_union=True))

    return ask


def selection(steps: str, fills: str = "office/chancellor", more: str = "") -> str:
    """Return a selection rule with some steps."""
    return (
        f"- selection: r\n  fills: {fills}\n  says: Somebody fills it.\n"
        f"{more}  steps:\n{steps}  cite: para 10\n"
    )


ALL = (
    selection(
        "    - consents: body/diet\n      threshold: at least 2/3 of the votes cast\n"
        "    - appoints: [office/king, office/chancellor]\n      jointly: yes\n",
        more="  from: 1920-05 or later\n  basis: charter art 3 (1)\n  per: unit/province\n",
    )
    + "- composition: court\n  of: body/court\n  says: It has members.\n"
    "  members: [{of: office/judge, seats: 9}, {seats: 1}]\n  cite: [para 11, annex 2]\n"
)


def test_no_node_is_blank(quads: Callable[[str], list[Quad]]) -> None:
    """Every node has an IRI, so that two builds of the same data are the same text."""
    nodes = [n for quad in quads(ALL) for n in (quad.subject, quad.object)]
    assert nodes
    assert [n for n in nodes if isinstance(n, BlankNode)] == []


def test_two_builds_make_the_same_quads(quads: Callable[[str], list[Quad]]) -> None:
    """Nothing in the graph depends on when or in which order it was made."""
    assert set(quads(ALL)) == set(quads(ALL))


def test_an_iri_does_not_depend_on_what_stands_beside(quads: Callable[[str], list[Quad]]) -> None:
    """A record keeps its IRIs when others come before it in the file."""
    other = "- term: king\n  of: office/king\n  says: For life.\n  cite: para 9\n"
    # the line in the file is provenance, and the one thing that may change
    before = {q for q in quads(ALL) if not q.graph_name.value.endswith("/provenance")}
    after = set(quads(other + ALL))
    assert before <= after


def test_asserted_derived_and_provenance_stay_apart(quads: Callable[[str], list[Quad]]) -> None:
    """What a source states, what follows from it and where it was written are three graphs."""
    graphs: dict[str, set[str]] = {}
    for quad in quads(ALL):
        graphs.setdefault(quad.graph_name.value.removeprefix(GRAPH), set()).add(
            quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        )
    assert set(graphs) == {"xx/asserted", "xx/derived", "xx/provenance"}
    assert graphs["xx/provenance"] == {"file", "line"}
    assert {"fills", "actor", "role", "citation"} <= graphs["xx/asserted"]
    assert {"appoints", "holdsFrom", "bibliographicCitation"} <= graphs["xx/derived"]
    assert not {"appoints", "holdsFrom"} & graphs["xx/asserted"]


def test_a_statement_cites_its_place(holds: Callable[[str, str], bool]) -> None:
    """From the statement one reaches the source, the place in it, and the text to print."""
    assert holds(
        ALL,
        f"""{RULE} prov:hadPrimarySource xx:source\\/report ; pol:citation ?place ;
          dcterms:bibliographicCitation "REP/1, para. 10" .
        ?place a pol:Citation ; oa:hasSource xx:source\\/report ; pol:paragraph 10 ;
          pol:locator "para. 10" ; rdfs:label "REP/1, para. 10"@en""",
    )
    two = 'dcterms:bibliographicCitation "REP/1, para. 11; REP/1, annex 2"'
    assert holds(ALL, f"xx:report\\/composition\\/court {two}")


def test_a_place_that_is_written_in_two_ways_is_one(
    quads: Callable[[str], list[Quad]],
) -> None:
    """`art 3 (1)` and `art 3(1)` have one IRI, so that it is described once."""
    rules = ALL + "".join(
        f"- term: {name}\n  of: office/king\n  for-life: yes\n  says: For life.\n"
        f"  basis: charter art {article}\n  cite: art {article}\n"
        for name, article in (("one", "3 (1)"), ("two", "3(1)"))
    )
    for predicate, end in (
        ("pol:locator", "/citation/art-3.1"),
        ("pol:provisionNumber", "/art-3.1"),
    ):
        described = [
            quad
            for quad in quads(rules)
            if quad.predicate.value == expand(predicate) and str(quad.subject).endswith(end + ">")
        ]
        assert len(described) == 1


def test_a_statement_names_its_legal_basis(holds: Callable[[str, str], bool]) -> None:
    """The article is a part of the act, with its number as the source writes it."""
    assert holds(
        ALL,
        f"""{RULE} pol:legalBasis ?article ; pol:basisInPrint "Charter, art. 3 (1)"@en .
        ?article a pol:Provision ; pol:provisionNumber "3 (1)" ; eli:is_part_of xx:act\\/charter""",
    )


def test_one_body_acts_alone(holds: Callable[[str, str], bool]) -> None:
    """One step, one actor, one arrow, and no other."""
    alone = selection("    - appoints: office/king\n")
    assert holds(alone, "xx:office\\/king pol:appoints xx:office\\/chancellor")
    assert not holds(alone, "?other pol:appoints ?x FILTER(?other != xx:office\\/king)")
    assert not holds(alone, f"?a pol:isStepOf {RULE} . ?b pol:isStepOf {RULE} FILTER(?a != ?b)")


def test_two_act_jointly(holds: Callable[[str, str], bool]) -> None:
    """Both actors have a participation of one order, and both say that they act jointly."""
    joint = selection("    - appoints: [office/king, body/diet]\n      jointly: yes\n")
    assert holds(
        joint,
        f"""?a pol:isStepOf {RULE} ; pol:actor xx:office\\/king ; pol:order 1 ; pol:jointly true .
        ?b pol:isStepOf {RULE} ; pol:actor xx:body\\/diet ; pol:order 1 ; pol:jointly true
        FILTER(?a != ?b)""",
    )
    severally = selection("    - appoints: [office/king, body/diet]\n")
    assert not holds(severally, "?a pol:jointly true")


def test_who_is_consulted_does_not_consent(holds: Callable[[str, str], bool]) -> None:
    """Consultation and consent are two roles with two arrows."""
    consulted = selection("    - is-consulted: body/diet\n    - appoints: office/king\n")
    assert holds(consulted, "xx:body\\/diet pol:isConsultedOn xx:office\\/chancellor")
    assert not holds(consulted, "?anybody pol:consentsTo ?anything")
    consenting = selection("    - consents: body/diet\n    - appoints: office/king\n")
    assert holds(consenting, "xx:body\\/diet pol:consentsTo xx:office\\/chancellor")


def test_many_bodies_act_one_after_another(holds: Callable[[str, str], bool]) -> None:
    """Each of four steps keeps its place, its actor and its role."""
    chain = selection(
        "    - initiates: body/court\n    - proposes: office/chancellor\n      to: body/diet\n"
        "    - consents: body/diet\n    - appoints: office/king\n",
        fills="office/judge",
    )
    actors = ("body\\/court", "office\\/chancellor", "body\\/diet", "office\\/king")
    roles = ("initiates", "proposes", "consents", "appoints")
    for order, (actor, role) in enumerate(zip(actors, roles, strict=True), 1):
        assert holds(
            chain,
            f"?s pol:isStepOf {RULE} ; pol:order {order} ; pol:actor xx:{actor} ; "
            f"pol:role role:{role}",
        )
    assert holds(chain, "?s pol:role role:proposes ; pol:towards xx:body\\/diet")


def test_one_class_of_seats_is_filled_by_several(holds: Callable[[str, str], bool]) -> None:
    """Three authorities fill a third each: three rules on one office, with their seats."""
    rules = "".join(
        f"- selection: judges-of-{who}\n  fills: office/judge\n  says: It appoints three judges.\n"
        f"  seats: 3\n  share: 1/3\n  steps:\n    - appoints: {actor}\n  cite: para 10\n"
        for who, actor in (
            ("king", "office/king"),
            ("diet", "body/diet"),
            ("court", "body/court"),
        )
    )
    for who in ("king", "diet", "court"):
        assert holds(
            rules,
            f"xx:report\\/selection\\/judges-of-{who} pol:fills xx:office\\/judge ; pol:seats 3 ; "
            'pol:share "1/3"',
        )
    assert holds(
        rules,
        "?a pol:appoints xx:office\\/judge . ?b pol:appoints xx:office\\/judge . "
        "?c pol:appoints xx:office\\/judge FILTER(?a != ?b && ?b != ?c && ?a != ?c)",
    )


def test_members_serve_for_life(holds: Callable[[str, str], bool]) -> None:
    """A term for life is a fact of its own, and only of the seats to which it applies."""
    rules = selection("    - appoints: office/king\n", fills="office/judge") + (
        "- term: r\n  of: office/judge\n  only-those-of: selection/r\n  for-life: yes\n"
        "  says: Those whom the King appoints serve for life.\n  cite: para 11\n"
    )
    assert holds(
        rules,
        f"xx:report\\/term\\/r a pol:TermRule ; pol:forLife true ; pol:appliesOnlyTo {RULE} ; "
        "pol:termOf xx:office\\/judge",
    )


def test_a_part_is_renewed_every_few_years(holds: Callable[[str, str], bool]) -> None:
    """Years, share and rhythm are three values."""
    term = (
        "- term: r\n  of: office/judge\n  years: 6\n  renewed-share: 1/2\n"
        "  renewed-every-years: 3\n  maximum-terms: 2\n  consecutive: yes\n"
        "  says: Half of them change.\n  cite: para 11\n"
    )
    assert holds(
        term,
        'xx:report\\/term\\/r pol:years 6 ; pol:renewedShare "1/2" ; pol:renewedEveryYears 3 ; '
        "pol:maximumTerms 2 ; pol:consecutive true",
    )


def test_an_office_holder_sits_ex_officio(holds: Callable[[str, str], bool]) -> None:
    """Who sits by virtue of an office is an actor in that role, and appoints nobody."""
    rule = selection("    - sits-ex-officio: office/king\n", fills="body/court")
    assert holds(rule, "?s pol:role role:sits-ex-officio ; pol:actor xx:office\\/king")
    assert not holds(rule, "?anybody pol:appoints ?anything")


def test_what_a_source_leaves_to_law_names_the_law(holds: Callable[[str, str], bool]) -> None:
    """A rule without steps says which act has them."""
    rule = selection("", fills="office/judge", more="  left-to: charter\n").replace(
        "  steps:\n", ""
    )
    assert holds(rule, f"{RULE} pol:leftTo xx:act\\/charter")
    assert not holds(rule, f"?step pol:isStepOf {RULE}")


def test_several_units_have_their_seats(holds: Callable[[str, str], bool]) -> None:
    """Two seats in each province and in each free city are one rule per two kinds of unit."""
    rule = selection(
        "    - elects: body/diet\n", more="  seats: 2\n  per: [unit/province, unit/city]\n"
    )
    assert holds(
        rule,
        f"{RULE} pol:seats 2 ; pol:perUnit xx:unit\\/province , xx:unit\\/city ; "
        'pol:perInPrint ?text FILTER(CONTAINS(?text, "province") && CONTAINS(?text, "free city"))',
    )


def test_a_composition_counts_its_seats(holds: Callable[[str, str], bool]) -> None:
    """Each group of seats is a node of its own with its number and its office."""
    assert holds(
        ALL,
        """xx:report\\/composition\\/court pol:seatGroup ?one , ?other .
        ?one a pol:SeatGroup ; pol:memberOffice xx:office\\/judge ; pol:seats 9 .
        ?other a pol:SeatGroup ; pol:seats 1""",
    )


def test_a_threshold_keeps_its_parts(holds: Callable[[str, str], bool]) -> None:
    """Two thirds of the votes cast can be compared by a query."""
    assert holds(
        ALL,
        """?step pol:role role:consents ; pol:threshold ?t . ?t a pol:Threshold ;
          pol:comparison "at least" ; pol:numerator 2 ; pol:denominator 3 ;
          pol:base base:votes-cast ; pol:fraction ?f ;
          rdfs:label "at least 2/3 of the votes cast"@en
        FILTER(?f > 0.66 && ?f < 0.67)""",
    )


def test_a_date_keeps_its_precision(holds: Callable[[str, str], bool]) -> None:
    """A month is a month, and an open date is not the day on which a rule begins."""
    assert holds(ALL, f'{RULE} pol:validFromNoEarlierThan "1920-05"^^xsd:gYearMonth')
    assert holds(ALL, f"{RULE} pol:startReason end:after-an-act ; pol:endReason end:not-stated")
    assert not holds(ALL, f"{RULE} pol:validFrom ?day")
    assert holds(ALL, f'{RULE} pol:fromInPrint "1920-05 or later"')
    day = ALL.replace("1920-05 or later", "1920-05-17")
    assert holds(day, f'{RULE} pol:validFrom "1920-05-17"^^xsd:date')
    assert holds(day, f'{RULE} pol:holdsFrom "1920-05-17"^^xsd:date')


@pytest.mark.parametrize(
    ("words", "reason"),
    [("not stated", "not-stated"), ("none prescribed", "none-prescribed")],
)
def test_a_missing_end_says_why(words: str, reason: str, holds: Callable[[str, str], bool]) -> None:
    """Why there is no end is a concept that a query can ask for."""
    rule = selection("    - appoints: office/king\n", more=f"  until: {words}\n")
    assert holds(rule, f"{RULE} pol:endReason end:{reason}")
    assert not holds(rule, f"{RULE} pol:validUntil ?day")


def test_a_silence_names_what_was_searched(holds: Callable[[str, str], bool]) -> None:
    """What a source does not say is a statement with the passage that was read in vain."""
    silence = (
        "- silence: heir\n  says: It is silent.\n  about: [office/king, body/diet]\n"
        "  question: [succession, removal]\n  searched: [para 5, para 6]\n  cite: para 5\n"
    )
    assert holds(
        silence,
        """xx:report\\/silence\\/heir a pol:Silence ; pol:about xx:office\\/king , xx:body\\/diet ;
          pol:question "succession" , "removal" ; pol:searched ?a , ?b .
        ?a pol:paragraph 5 . ?b pol:paragraph 6""",
    )


def test_a_contradiction_keeps_all_sides(holds: Callable[[str, str], bool]) -> None:
    """Two terms of one office both stay, and a statement lays them side by side."""
    rules = "".join(
        f"- term: t{n}\n  of: office/king\n  years: {n}\n  says: He reigns.\n  cite: para {n}\n"
        for n in (5, 7)
    ) + (
        "- contradiction: reign\n  says: Five years in one place and seven in another.\n"
        "  about: office/king\n  between: [term/t5, term/t7]\n  cite: [para 5, para 7]\n"
    )
    assert holds(
        rules,
        "xx:report\\/contradiction\\/reign pol:between ?a , ?b . ?a pol:years 5 . ?b pol:years 7",
    )
    assert holds(
        rules, '?c a pol:Contradiction ; dcterms:bibliographicCitation "REP/1, paras 5, 7"'
    )


def test_names_keep_their_language(holds: Callable[[str, str], bool]) -> None:
    """A label and further names have the tag of the language in which they stand."""
    assert holds(
        ALL,
        """xx:office\\/chancellor rdfs:label "Chancellor"@en , "Kanzlerin"@de ;
          skos:altLabel "Bundeskanzlerin"@de , "Cancellaria"@la , "Cancellarius"@la""",
    )


KINDS = """\
- competence: review
  holder: [body/court, office/judge]
  action: action/review
  object: Laws before they are signed.
  concerns: act/charter
  threshold: at least 2/3 of the votes cast
  within: one month
  steps:
    - requests: office/king
      does: Asks for it.
    - decides: body/court
      within: a week
  says: At the request of the King the court reviews laws.
  cite: para 20
- membership: league
  member: state/xx
  of: body/league
  as: Chair.
  from: 1930
  until: 1933
  says: Ruritania chaired the League.
  cite: para 21
- amendment: charter
  of: act/charter
  on: 1920-03
  adds: charter art 9 (1)
  effects: [Judges sit for life., Cities elect.]
  says: The Charter was amended.
  cite: para 22
- treaty-action: truce
  treaty: treaty/truce
  action: none-stated
  row: 4
  column: Signature or accession
  says: The table lists the Truce without a date.
  cite: para 23
- table: births
  topic: population
  rows-are: province
  columns-are: year
  columns: ["1936", "change"]
  units: [births, per cent]
  cells:
    "North & East": [1200, -0.5]
    South: [900, 2]
  says: Births in each province.
  cite: annex 1
- figure: people
  topic: population
  measure: Inhabitants.
  value: 1800000
  unit: persons
  precision: about
  on: 1938-01
  says: About 1.8 million people live in Ruritania.
  cite: para 24
"""
THINGS = """\
- body: league
  label: League
  is-a: international-body
  branch: judicial
  find-as: Union
  cite: report para 21
- treaty: truce
  label: Truce
  adopted: 1899
  cite: report para 23
- action: review
  label: Review laws
  cite: report para 20
"""


@pytest.fixture
def told(ruritania: Callable[..., Path]) -> Callable[[str], bool]:
    """Return a function that says whether the graph of the further kinds has a pattern."""
    data = ruritania(KINDS, **{"xx/more.yaml": THINGS})
    store = Store()
    store.bulk_extend(build_state(read_dataset([data]), "xx", read_ontology()))

    def ask(pattern: str) -> bool:
        query = f"{PREAMBLE}ASK {{ {pattern} }}"
        return bool(store.query(query, use_default_graph_as_union=True))

    return ask


def test_a_competence_has_holders_an_action_and_steps(told: Callable[[str], bool]) -> None:
    """Who may do what, to what, by which majority and within which time, and who else acts."""
    rule = "xx:report\\/competence\\/review"
    assert told(
        f"""{rule} a pol:CompetenceRule , pol:Rule ; pol:powerHolder xx:body\\/court ,
            xx:office\\/judge ; pol:action xx:action\\/review ; pol:within "one month"@en ;
            pol:object "Laws before they are signed."@en ; pol:threshold/pol:numerator 2 .
        ?step pol:isStepOf {rule} ; pol:role role:requests ; pol:does "Asks for it."@en .
        ?next pol:isStepOf {rule} ; pol:role role:decides ; pol:within "a week"@en ; pol:order 2 .
        xx:action\\/review a pol:Action , skos:Concept"""
    )


def test_a_role_in_a_competence_leads_to_what_it_concerns(told: Callable[[str], bool]) -> None:
    """The one who decides has an arrow to the act; the one who requests has none."""
    assert told("xx:body\\/court pol:decidesOn xx:act\\/charter")
    assert not told("xx:office\\/king ?arrow xx:act\\/charter")


def test_a_cell_is_an_observation(told: Callable[[str], bool]) -> None:
    """Each number of a table has its row, its column, its unit and its place in the order."""
    table = "xx:report\\/table\\/births"
    assert told(
        f"""{table} a pol:Table , qb:DataSet ; qb:structure ?structure .
        {table}\\/cell\\/1-2 a qb:Observation ; qb:dataSet {table} ; pol:row "North & East" ;
            pol:column "change" ; pol:rowOrder 1 ; pol:columnOrder 2 ; pol:value -0.5 ;
            pol:unit "per cent" .
        {table}\\/cell\\/2-1 pol:row "South" ; pol:value 900.0 ; pol:unit "births" """
    )
    assert not told("?cell pol:rowOrder 3")


def test_the_structure_of_tables_names_what_a_cell_has(told: Callable[[str], bool]) -> None:
    """The cube has two dimensions, a measure and an attribute, and each is a property of cells."""
    assert told(
        """?structure a qb:DataStructureDefinition ;
            qb:component/qb:dimension pol:row , pol:column ;
            qb:component/qb:measure pol:value ; qb:component/qb:attribute pol:unit"""
    )


def test_an_event_keeps_its_time_and_those_in_it(told: Callable[[str], bool]) -> None:
    """A membership has a beginning and an end; its member is the State itself."""
    assert told(
        """xx:report\\/membership\\/league a pol:Event ; pol:memberOf xx:body\\/league ;
            pol:member ?state ; pol:membershipRole "Chair."@en ; pol:began "1930"^^xsd:gYear ;
            pol:ended "1933"^^xsd:gYear .
        ?state a pol:State"""
    )
    assert not told("xx:report\\/membership\\/league pol:validFrom ?day")


def test_an_amendment_lists_what_it_added_and_its_effects(told: Callable[[str], bool]) -> None:
    """Articles are provisions of the act, and effects are printed as one text."""
    assert told(
        """xx:report\\/amendment\\/charter pol:amended xx:act\\/charter ;
            pol:on "1920-03"^^xsd:gYearMonth ; pol:adds/pol:provisionNumber "9 (1)" ;
            pol:effectsInPrint "Judges sit for life; Cities elect"@en"""
    )


def test_an_entry_of_a_table_of_treaties_says_where_it_stands(
    told: Callable[[str], bool],
) -> None:
    """An entry without a date has its row and the heading of its column, and no day."""
    entry = "xx:report\\/treaty-action\\/truce"
    assert told(
        f"""{entry} pol:treatyActionKind "none-stated" ; pol:tableRow 4 ; pol:treaty ?truce ;
            pol:tableColumn "Signature or accession"@en .
        ?truce eli:date_document "1899"^^xsd:gYear"""
    )
    assert not told(f"{entry} pol:on ?day")


def test_a_figure_is_a_number_with_its_unit(told: Callable[[str], bool]) -> None:
    """The number is a decimal that can be added up; how exact it is stands beside it."""
    assert told(
        """xx:report\\/figure\\/people pol:value 1800000.0 ; pol:unit "persons" ;
            pol:precision "about" ; pol:on "1938-01"^^xsd:gYearMonth ; pol:topic "population" """
    )


def test_a_word_to_find_a_thing_by_is_no_name(told: Callable[[str], bool]) -> None:
    """What is written as find-as is hidden; the branch of a body is a plain word."""
    assert told('xx:body\\/league skos:hiddenLabel "Union"@en ; pol:branch "judicial"')
    assert not told('xx:body\\/league skos:altLabel "Union"@en')


def test_every_property_is_of_the_ontology(ruritania: Callable[..., Path]) -> None:
    """What the graph of a record says, the ontology or a vocabulary that it reuses defines."""
    defined = {str(quad.subject) for quad in read_ontology()}
    dataset = read_dataset([ruritania(ALL)])
    shared = Shared()
    own = [t for e in dataset.entries.values() for t in assert_entry(e, dataset, shared)]
    used = {said for _, said, _ in (*own, *shared.triples)}
    assert {iri for iri in used if PREFIXES["pol"] in iri} - defined == set()
