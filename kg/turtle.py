"""Turtle and TriG for readers: things before statements, types first, names beside the IRIs.

The terms are written by the RDF library, as N-Triples; this module orders them, shortens them and
sets them on lines. The name of what a triple leads to stands behind it as a comment, which every
parser skips and which depends on nothing but the data. For the 186,000 triples of our data that
takes 1.3 s, where the serializer of rdflib takes 37 s.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from kg.record import KINDS, THINGS
from kg.vocabulary import BASE, ID, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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

Line = tuple[str, str, str]
"""Subject, predicate and object in the notation of N-Triples."""


class Place(NamedTuple):
    """Where an IRI stands in the order of a dump; the heading of a part is `section`."""

    state: str
    source: str
    kind: int
    rest: str
    section: str


def read_labels(quads: Iterable[Quad]) -> dict[str, str]:
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
    writer = _Writer(labels, prefixes)
    body = writer.write_graph(_read_lines(triples))
    return writer.write_head(head) + body


def write_trig(quads: Iterable[Quad], labels: Mapping[str, str], head: str = "") -> str:
    """Return quads as TriG, graph by graph in the order of their names."""
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), []).append(quad.triple)
    writer = _Writer(labels, PREFIXES)
    parts = [
        f"\n{name} {{\n{writer.write_graph(_read_lines(graphs[name]))}}}\n"
        for name in sorted(graphs)
    ]
    return writer.write_head(head) + "".join(parts)


def _read_lines(triples: Iterable[Triple]) -> list[Line]:
    """Return triples as the RDF library writes them in N-Triples, one text a term."""
    content = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    lines = content.decode().split("\n")
    return [(s, p, o[:-2]) for s, p, o in (line.split(" ", 2) for line in lines if line)]


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


class _Writer:
    """Writes graphs that share a head, and remembers which prefixes they used."""

    def __init__(self, labels: Mapping[str, str], prefixes: Mapping[str, str]) -> None:
        self.labels = labels
        self.prefixes = prefixes
        self.spaces = {space: prefix for prefix, space in prefixes.items()}
        self.used: set[str] = set()
        self.based = False
        self.terms: dict[str, str] = {}
        self.objects: dict[str, tuple[str, str]] = {}
        self.ranks: dict[str, tuple[int, str]] = {}

    def write_head(self, text: str) -> str:
        """Return comments, the base and the prefixes that the graphs used, each once."""
        lines = [f"# {line}".rstrip() for line in text.splitlines()]
        lines += [f"@base <{ID}> ."] if self.based else []
        lines += [f"@prefix {prefix}: <{self.prefixes[prefix]}> ." for prefix in sorted(self.used)]
        return "\n".join(lines) + "\n"

    def write_graph(self, lines: Sequence[Line]) -> str:
        """Return the blocks of one graph, a heading above those that belong together."""
        about: dict[str, list[tuple[str, str]]] = {}
        for subject, predicate, value in lines:
            about.setdefault(subject, []).append((predicate, value))
        out: list[str] = []
        section = ""
        for place, subject in sorted((find_place(subject), subject) for subject in about):
            if place.section != section:
                section = place.section
                out.append(f"\n# {section}\n")
            self._write_block(subject, about[subject], out.append)
        return "".join(out)

    def _write_block(
        self, subject: str, said: list[tuple[str, str]], put: Callable[[str], None]
    ) -> None:
        rank = self._rank
        said = sorted(set(said), key=lambda pair: (rank(pair[0]), pair[1]))
        put(f"\n{self._shorten(subject)}")
        before = ""
        comment = ""
        for predicate, value in said:
            written, name = self.objects.get(value) or self._write_object(value)
            if predicate == before:
                put(f" ,{comment}\n\t\t{written}")
            else:
                put(f" ;{comment}" if before else "")
                put(f"\n\t{self._name_property(predicate)} {written}")
            comment = name if predicate != _TYPE else ""
            before = predicate
        put(f" .{comment}\n")

    def _rank(self, predicate: str) -> tuple[int, str]:
        known = self.ranks.get(predicate)
        if known is None:
            name = self._name_property(predicate)
            number = _FIRST.index(name) if name in _FIRST else len(_FIRST)
            number += _LAST.index(name) + 1 if name in _LAST else 0
            known = self.ranks[predicate] = (number, name)
        return known

    def _name_property(self, predicate: str) -> str:
        return "a" if predicate == _TYPE else self._shorten(predicate)

    def _write_object(self, value: str) -> tuple[str, str]:
        """Return an object as Turtle has it, and its name as a comment."""
        written = self._shorten(value) if value[0] == "<" else self._write_literal(value)
        name = self.labels.get(value, "")
        if len(name) > WIDTH:
            name = name[:WIDTH].rpartition(" ")[0] + " ..."
        self.objects[value] = written, f" # {name}" if name else ""
        return self.objects[value]

    def _write_literal(self, value: str) -> str:
        if value[-1] != ">":
            return value
        lexical, _, datatype = value.rpartition("^^")
        bare = _BARE.get(datatype[1:-1])
        if bare and bare.fullmatch(lexical[1:-1]):
            return lexical[1:-1]
        return f"{lexical}^^{self._shorten(datatype)}"

    def _shorten(self, node: str) -> str:
        known = self.terms.get(node)
        if known is None:
            known = self.terms[node] = self._find_short(node)
        return known

    def _find_short(self, node: str) -> str:
        if node[0] != "<":
            return node  # a blank node
        iri = node[1:-1]
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.spaces.get(iri[:cut])
        if prefix and _LOCAL.fullmatch(iri, cut):
            self.used.add(prefix)
            return f"{prefix}:{iri[cut:]}"
        below = shorten_below(iri)
        if below:
            self.based = True
            return f"<{below}>"
        return node
