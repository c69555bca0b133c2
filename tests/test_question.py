"""Questions: headers that say what there is, and parameters that stay terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg import place
from kg.errors import UnknownName, UsageError
from kg.question import bind, day_literal, find_question, read_catalogue, topics
from kg.record import KINDS

if TYPE_CHECKING:
    from pathlib import Path

FILES = {path.stem: path for path in sorted(place.bundled("queries").rglob("*.rq"))}
CATALOGUE = read_catalogue(place.bundled("queries"))
SCOPE = {"day", "source", "state"}
QUERY = """\
SELECT ?x ?y WHERE {
  VALUES ?x { UNDEF }
  VALUES ?y { UNDEF }
  VALUES ?long { UNDEF }
}"""
every_question = pytest.mark.parametrize("name", sorted(FILES))


def parameters_in(text: str) -> list[str]:
    """Return the variables of a query that a VALUES line offers for binding."""
    return re.findall(r"^\s*VALUES \?(\w+) \{ UNDEF \}", text, re.MULTILINE)


def test_no_two_questions_have_one_name() -> None:
    """The name of a file is the name of a question, whatever its folder."""
    assert len(list(place.bundled("queries").rglob("*.rq"))) == len(FILES) == len(CATALOGUE)


@every_question
def test_a_question_has_a_complete_header(name: str) -> None:
    """What it asks, what the answer is a sentence of, and what each column holds is said."""
    question = find_question(CATALOGUE, name)
    for said in (question.summary, question.description, question.topic, question.sentence):
        assert said.strip()
    assert question.columns
    assert all(meaning and meaning.strip() for _, meaning in question.columns)
    assert question.topic == FILES[name].parent.name
    for parameter in question.parameters:
        assert parameter.meaning
        assert parameter.example
        assert set(parameter.kinds) <= set(KINDS)


@every_question
def test_a_question_has_the_columns_that_it_documents(name: str) -> None:
    """The header lists the variables of the SELECT, in their order."""
    found = Store().query(CATALOGUE[name]["text"])
    assert isinstance(found, QuerySolutions)
    selected = [variable.value for variable in found.variables]
    assert selected == [column for column, _ in find_question(CATALOGUE, name).columns]


@every_question
def test_a_question_is_ordered_and_names_its_columns(name: str) -> None:
    """The same rows come in the same order, and none comes that is not named."""
    text = re.sub(r"#.*", "", CATALOGUE[name]["text"])
    assert re.search(r"\}\s*ORDER BY\s", text)
    assert not re.search(r"SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", text)


@every_question
def test_a_parameter_is_left_open_and_declared(name: str) -> None:
    """Each line that can be bound is one of the header's parameters, or of the scope."""
    question = find_question(CATALOGUE, name)
    declared = {parameter.name for parameter in question.parameters}
    bindable = parameters_in(question.text)
    assert declared <= set(bindable)
    assert set(bindable) - declared <= SCOPE
    for variable in re.findall(r"VALUES \?(\w+)\s*\{(?! UNDEF \})", question.text):
        assert variable not in declared | SCOPE


@every_question
def test_a_sentence_names_only_parameters(name: str) -> None:
    """What stands in braces in the sentence is known when the question is asked."""
    question = find_question(CATALOGUE, name)
    names = {parameter.name: "x" for parameter in question.parameters}
    assert question.sentence.format_map(names)


@every_question
def test_a_bound_question_still_parses(name: str) -> None:
    """A term in the place of each UNDEF makes a query with the same columns."""
    text = CATALOGUE[name]["text"]
    terms = dict.fromkeys(parameters_in(text), NamedNode("http://example.org/x"))
    if "day" in terms:
        terms["day"] = day_literal("2019-01-04")
    found = Store().query(bind(text, terms))
    open_ = Store().query(text)
    assert isinstance(found, QuerySolutions)
    assert isinstance(open_, QuerySolutions)
    assert found.variables == open_.variables


def evaluate(query: str) -> list[object]:
    """Return the only row of a query over nothing."""
    found = Store().query(query)
    assert isinstance(found, QuerySolutions)
    (row,) = [list(solution) for solution in found]
    return row


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "en", "kk"]))
def test_a_bound_text_is_that_text(value: str, language: str) -> None:
    """Whatever a text holds, it comes back as one term and changes nothing around it."""
    term = Literal(value, language=language) if language else Literal(value)
    assert evaluate(bind(QUERY, {"x": term})) == [term, None]


@pytest.mark.parametrize(
    "value",
    [
        '" } } ; DROP ALL #',
        "\\",
        '\\"',
        "\\g<1>",
        "\\1 \\n \\u0022",
        "\n  VALUES ?y { UNDEF }",
        "'''",
        '"""',
        "{y}",
        "%s",
        "\0",
    ],
)
def test_a_hostile_text_is_only_a_text(value: str) -> None:
    """Quotes, braces, escapes and another parameter's line stay inside the literal."""
    bound = bind(QUERY, {"x": Literal(value), "y": Literal("y")})
    assert evaluate(bound) == [Literal(value), Literal("y")]


@pytest.mark.parametrize("iri", ["http://x/> } DROP ALL #", "http://x/ y", 'http://x/"', "x", ""])
def test_a_hostile_iri_cannot_be_made(iri: str) -> None:
    """What could end an IRI is refused before there is a term to bind."""
    with pytest.raises(ValueError, match="IRI"):
        NamedNode(iri)


def test_no_escape_is_left_that_could_be_decoded_before_parsing() -> None:
    """A backslash and a `u` of the text itself never stand side by side in the query."""
    for text in ("\\u0022", "\\\\u0022", "\\U00000022", "a\\u"):
        bound = bind(QUERY, {"x": Literal(text)})
        assert not re.search(r"(?<!\\)(?:\\\\)+[uU]", bound)
        assert evaluate(bound) == [Literal(text), None]


def test_only_the_named_parameter_is_bound() -> None:
    """A parameter whose name begins like another is another."""
    bound = bind(QUERY, {"long": Literal("z")})
    assert bound == QUERY.replace("?long { UNDEF }", '?long { "z" }')


@pytest.mark.parametrize("name", ["z", "lon", "x|y", ".*", ""])
def test_an_unknown_parameter_is_refused(name: str) -> None:
    """A parameter that the query does not have is an error and not ignored."""
    with pytest.raises(UsageError, match="no parameter"):
        bind(QUERY, {name: Literal("x")})


def test_a_parameter_of_several_branches_is_bound_in_each() -> None:
    """A query that offers one parameter in two branches has it bound in both."""
    twice = "SELECT ?x WHERE {\n{\nVALUES ?x { UNDEF }\n}\nUNION\n{\nVALUES ?x { UNDEF }\n}\n}"
    assert "UNDEF" not in bind(twice, {"x": Literal("a")})


def test_a_day_is_a_date() -> None:
    """A day becomes a literal of XML Schema; what is no day is refused with the form."""
    assert str(day_literal("2019-01-04")).startswith('"2019-01-04"^^<http')
    for text in ("2019-02-30", "2019", "yesterday", "", "04.01.2019"):
        with pytest.raises(UsageError, match="2019-01-04"):
            day_literal(text)


def test_an_unknown_question_proposes_the_nearest() -> None:
    """A slip in the name of a question is met by the question that was meant."""
    with pytest.raises(UnknownName) as error:
        find_question(CATALOGUE, "who-apoints")
    assert error.value.proposals[0] == "who-appoints"


def test_an_unknown_key_in_a_header_is_refused(tmp_path: Path) -> None:
    """A header that says more than is read is a mistake of its author."""
    (tmp_path / "x.rq").write_text("#+ summary: x\n#+ sumary: x\nSELECT ?x WHERE { }\n", "utf-8")
    with pytest.raises(ValueError, match="sumary"):
        read_catalogue(tmp_path)


def test_questions_are_listed_by_topic() -> None:
    """Topics and the names in them come in alphabetical order, each question once."""
    by_topic = topics(CATALOGUE)
    assert list(by_topic) == sorted(by_topic)
    assert sorted(name for names in by_topic.values() for name in names) == sorted(CATALOGUE)
    assert all(names == sorted(names) for names in by_topic.values())


def test_what_must_be_given_comes_first() -> None:
    """Parameters that may be left out stand behind those that may not."""
    for name in CATALOGUE:
        needs = [p.required for p in find_question(CATALOGUE, name).parameters]
        assert needs == sorted(needs, reverse=True)
