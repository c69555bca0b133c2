"""Turtle and TriG for readers: things before statements, types first, names beside the IRIs.

The terms are written by the RDF library, as N-Triples; this module orders them, shortens them and
sets them on lines. The name of what a triple leads to stands behind it as a comment, which every
parser skips and which depends on nothing but the data. For the 186,000 triples of our data that
takes 1.3 s, where the serializer of rdflib takes 37 s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from kg.record import KINDS, THINGS
from kg.vocabulary import BASE, ID, PREFIXES, expand

if TYPE_CHECKING:
    from pyoxigraph import Quad

WIDTH = 72
"""So many characters of a name are shown; a statement is called by a whole sentence."""
_FIRST = ("a", "rdfs:label", "skos:altLabel", "skos:hiddenLabel", "dcterms:title")
_LAST = (
    "pol:ofState", "prov:hadPrimarySource", "pol:citation", "dcterms:bibliographicCitation",
    "pol:kindInPrint", "pol:file", "pol:line",
)  # fmt: skip
_TYPE = f"<{expand('rdf:type')}>"
_BARE = {expand("xsd:integer"): re.compile(r"[+-]?[0-9]+"),
         expand("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
         expand("xsd:boolean"): re.compile(r"true|false")}  # fmt: skip
_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
_BELOW = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)*")
_KINDS = {kind: number for number, kind in enumerate([*THINGS, *KINDS, "period", "citation",
                                                      "comparison", "structure"])}  # fmt: skip

Lines: TypeAlias = Mapping[str, Iterable[str]]
"""Lines of N-Triples, without their ends, by predicate."""


class Place(NamedTuple):
    """Where an IRI stands in the order of a dump; the heading of a part is `section`."""

    state: str
    source: str
    kind: int
    rest: str
    section: str


def read_labels(quads: Iterable[Quad | Triple]) -> dict[str, str]:
    """Return the English name of each node, by the node in the notation of N-Triples."""
    label = expand("rdfs:label")
    found: dict[str, str] = {}
    for quad in quads:
        value = quad.object
        if (
            quad.predicate.value == label
            and isinstance(value, Literal)
            and value.language in {None, "en"}
        ):
            name = " ".join(value.value.split())
            known = found.setdefault(str(quad.subject), name)
            found[str(quad.subject)] = min(known, name)
    return found


def shorten_below(iri: str, base: str = ID) -> str:
    """Return what follows the base in an IRI if a path follows; empty for other IRIs."""
    if iri.startswith(base) and _BELOW.fullmatch(iri, len(base)):
        return iri.removeprefix(base)
    return ""


def write_turtle(
    triples: Iterable[Triple],
    labels: Mapping[str, str],
    head: str = "",
    prefixes: Mapping[str, str] = PREFIXES,
) -> str:
    """Return triples as Turtle, in the order of a reader; `head` becomes comments at the top."""
    writer = TurtleWriter(prefixes)
    body = writer.write_graph(sort_lines(triples), labels)
    return writer.write_head(head) + body


def write_trig(quads: Iterable[Quad], labels: Mapping[str, str]) -> str:
    """Return quads as TriG, graph by graph in the order of their names."""
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), []).append(quad.triple)
    writer = TurtleWriter()
    parts = [writer.write_block(name, sort_lines(graphs[name]), labels) for name in sorted(graphs)]
    return writer.write_head() + "".join(parts)


def sort_lines(triples: Iterable[Triple]) -> dict[str, list[str]]:
    """Return triples as the RDF library writes them in N-Triples, a text each, by predicate."""
    content = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    lines: dict[str, list[str]] = {}
    for line in content.decode().split("\n")[:-1]:
        lines.setdefault(line.split(" ", 2)[1], []).append(line)
    return lines


def find_place(node: str) -> Place:
    """Return where a node stands: things first, then the statements of each source, then words."""
    iri = node[1:-1]
    if not iri.startswith(ID):
        return Place("~", "", 0, _sort_numbers(iri), "words" if iri.startswith(BASE) else "others")
    parts = iri.removeprefix(ID).split("/")
    state = parts[0]
    if len(parts) < 3:
        return Place(state, "", -1, "", f"{state}: the State")
    if parts[1] in _KINDS:
        kind, rest = parts[1], "/".join(parts[2:])
        return Place(state, "", _KINDS[kind], _sort_numbers(rest), f"{state}: {kind}")
    kind, rest = parts[2], "/".join(parts[3:])
    section = f"{state}, {parts[1]}: {kind}"
    return Place(state, parts[1], _KINDS.get(kind, len(_KINDS)), _sort_numbers(rest), section)


def _sort_numbers(text: str) -> str:
    """Return a text that sorts as people count: step 2 before step 10."""
    return re.sub(r"[0-9]+", lambda match: match[0].zfill(6), text)


class TurtleWriter:
    """Writes graphs that share a head, and remembers which prefixes they used."""

    def __init__(self, prefixes: Mapping[str, str] = PREFIXES) -> None:
        """Take the prefixes that may be used, by name."""
        self._prefixes = prefixes
        self._spaces = {space: prefix for prefix, space in prefixes.items()}
        self._used: set[str] = set()
        self._based = False
        self._terms: dict[str, str] = {}
        self._objects: dict[str, tuple[str, str]] = {}

    def write_head(self, text: str = "") -> str:
        """Return comments, the base and the prefixes that the graphs used, each once."""
        lines = [f"# {line}".rstrip() for line in text.splitlines()]
        lines += [f"@base <{ID}> ."] if self._based else []
        lines += [f"@prefix {name}: <{self._prefixes[name]}> ." for name in sorted(self._used)]
        return "\n".join(lines) + "\n"

    def write_block(self, name: str, lines: Lines, labels: Mapping[str, str]) -> str:
        """Return one graph as TriG, by its name in the notation of N-Triples."""
        return f"\n{name} {{\n{self.write_graph(lines, labels)}}}\n"

    def write_graph(self, lines: Lines, labels: Mapping[str, str]) -> str:
        """Return the blocks of one graph, a heading above those that belong together."""
        self._terms.clear()
        self._objects.clear()
        about: dict[str, list[str]] = {}
        for predicate in sorted(lines, key=self._rank):
            self._add_property(about, predicate, lines[predicate], labels)
        out: list[str] = []
        section = ""
        for place, subject in sorted((find_place(subject), subject) for subject in about):
            if place.section != section:
                section = place.section
                out.append(f"\n# {section}\n")
            out.append(f"\n{self._shorten(subject)}")
            parts = about.pop(subject)
            parts[-1] = f" .{parts[-1]}\n"
            out += parts
        return "".join(out)

    def _add_property(
        self,
        about: dict[str, list[str]],
        predicate: str,
        lines: Iterable[str],
        labels: Mapping[str, str],
    ) -> None:
        """Add what the lines of one predicate say to the text about each subject.

        Such a text ends in the comment on the last object, before which the punctuation belongs.
        In sorted lines the objects of a subject are sorted too.
        """
        property_, separator = self._name_property(predicate), f" {predicate} "
        known, write, is_type = self._objects, self._write_object, predicate == _TYPE
        before = ""
        parts: list[str] = []
        for line in sorted(set(lines)):
            subject, _, value = line.partition(separator)
            written, comment = known.get(value) or write(value, labels)
            if is_type:
                comment = ""  # a class is called as its term is
            if subject == before:
                parts[-1] = f" ,{parts[-1]}\n\t\t{written}"
                parts.append(comment)
                continue
            before = subject
            if subject in about:
                parts = about[subject]
                parts[-1] = f" ;{parts[-1]}\n\t{property_} {written}"
                parts.append(comment)
            else:
                parts = about[subject] = [f"\n\t{property_} {written}", comment]

    def _rank(self, predicate: str) -> tuple[int, str]:
        name = self._name_property(predicate)
        number = _FIRST.index(name) if name in _FIRST else len(_FIRST)
        return number + (_LAST.index(name) + 1 if name in _LAST else 0), name

    def _name_property(self, predicate: str) -> str:
        return "a" if predicate == _TYPE else self._shorten(predicate)

    def _write_object(self, value: str, labels: Mapping[str, str]) -> tuple[str, str]:
        """Return what ends a line of N-Triples as Turtle has it, and its name as a comment."""
        node = value[:-2]
        if node[0] == '"':
            found = self._write_literal(node), ""
        else:
            name = labels.get(node, "")
            if len(name) > WIDTH:
                name = name[:WIDTH].rpartition(" ")[0] + " ..."
            found = self._shorten(node), f" # {name}" if name else ""
        self._objects[value] = found
        return found

    def _write_literal(self, value: str) -> str:
        if value[-1] != ">":
            return value
        lexical, _, datatype = value.rpartition("^^")
        bare = _BARE.get(datatype[1:-1])
        if bare and bare.fullmatch(lexical[1:-1]):
            return lexical[1:-1]
        return f"{lexical}^^{self._shorten(datatype)}"

    def _shorten(self, node: str) -> str:
        known = self._terms.get(node)
        if known is None:
            known = self._terms[node] = self._find_short(node)
        return known

    def _find_short(self, node: str) -> str:
        if node[0] != "<":
            return node  # a blank node
        iri = node[1:-1]
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._spaces.get(iri[:cut])
        if prefix and _LOCAL.fullmatch(iri, cut):
            self._used.add(prefix)
            return f"{prefix}:{iri[cut:]}"
        below = shorten_below(iri)
        if below:
            self._based = True
            return f"<{below}>"
        return node
