"""The description of a release in VoID and DCAT 3: what is in it, counted and not typed in.

VoID: https://www.w3.org/TR/void/, DCAT 3: https://www.w3.org/TR/vocab-dcat-3/, checksums by SPDX.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.media import FORMATS
from kg.turtle import write_turtle
from kg.vocabulary import BASE, ID, ONTOLOGY, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.contents import Part
    from kg.release import File, Release

SPACES = PREFIXES | {
    "dcat": "http://www.w3.org/ns/dcat#",
    "formats": "http://www.w3.org/ns/formats/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
}
DATASET = BASE + "dataset"
"""The data of all versions; a version of it has its number behind."""
TITLE = "Politeia: who appoints whom"
DESCRIPTION = (
    "How the offices and bodies of a State are filled and emptied, who takes part and under "
    "which conditions; every statement cites the place in the source that makes it."
)
_MEDIA = "https://www.iana.org/assignments/media-types/"
_ISO_639_1 = "http://id.loc.gov/vocabulary/iso639-1/"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_LANGUAGES = {"en": "ENG", "kk": "KAZ", "ru": "RUS"}
"""Codes of the languages in the authority table of the European Union, those that were looked up.

Evidence: these IRIs with the English names of their languages, in copies of the table that public
catalogues by DCAT-AP keep. Another language is named by ISO 639-1 alone.
"""
_EXAMPLES = ("Office", "Body", "LegalAct", "Treaty", "SelectionRule")
_TYPE = expand("rdf:type")


def describe_release(release: Release) -> str:
    """Return the description of all files and parts that a release has, as Turtle."""
    triples = [Triple(s, p, o) for s, p, o in _Describer(release).describe()]
    head = f"{TITLE}, version {release.version}: what is in this release."
    labels: dict[str, str] = {}
    return write_turtle(triples, labels, head, SPACES)


def count_terms(quads: Iterable[Any]) -> dict[str, int]:
    """Return how many triples, subjects, objects, properties and classes quads have, by VoID."""
    triples = {quad.triple for quad in quads}
    subjects = {triple.subject for triple in triples}
    return {
        "triples": len(triples),
        "entities": sum(1 for node in subjects if node.value.startswith(ID)),
        "distinctSubjects": len(subjects),
        "distinctObjects": len({triple.object for triple in triples}),
        "properties": len({triple.predicate for triple in triples}),
        "classes": len({t.object for t in triples if t.predicate.value == _TYPE}),
    }


def choose_examples(quads: Iterable[Any]) -> list[str]:
    """Return one thing or statement of each of some classes: the one to which most triples lead."""
    wanted = {expand("pol:" + name): name for name in _EXAMPLES}
    classes: dict[str, str] = {}
    leading: Counter[str] = Counter()
    for quad in quads:
        if quad.predicate.value == _TYPE and quad.object.value in wanted:
            classes[quad.subject.value] = wanted[quad.object.value]
        elif isinstance(quad.object, NamedNode):
            leading[quad.object.value] += 1
    best: dict[str, str] = {}
    for iri in sorted(classes, key=lambda iri: (-leading[iri], iri)):
        best.setdefault(classes[iri], iri)
    return [best[name] for name in _EXAMPLES if name in best]


Said = tuple[NamedNode, NamedNode, NamedNode | Literal]


class _Describer:
    """Writes what there is to say of one release."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.version = release.version
        self.dataset = f"{DATASET}/{self.version}"
        self.said: list[Said] = []

    def describe(self) -> list[Said]:
        release = self.release
        self._describe_whole()
        for part in release.parts:
            self._describe_part(part)
        for file in release.files.values():
            if file.described:
                self._describe_file(file)
        self._describe_links()
        document = f"{self.dataset}/description"
        self._type(document, "void:DatasetDescription")
        self._tell(document, "dcterms:title", f"What is in {TITLE}, version {self.version}")
        self._link(document, "foaf:primaryTopic", self.dataset)
        self._link(document, "dcterms:conformsTo", "https://www.w3.org/TR/vocab-dcat-3/")
        return self.said

    def _state(self, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        self.said.append((NamedNode(subject), NamedNode(expand(predicate, SPACES)), value))

    def _say(self, subject: str, predicate: str, value: str | int) -> None:
        self._state(subject, predicate, Literal(value))

    def _link(self, subject: str, predicate: str, iri: str) -> None:
        self._state(subject, predicate, NamedNode(iri))

    def _value(self, subject: str, predicate: str, value: str, datatype: str) -> None:
        self._state(subject, predicate, Literal(value, datatype=NamedNode(expand(datatype))))

    def _tell(self, subject: str, predicate: str, text: str) -> None:
        self._state(subject, predicate, Literal(text, language="en"))

    def _type(self, subject: str, *names: str) -> None:
        for name in names:
            self._link(subject, "rdf:type", expand(name, SPACES))

    def _describe_whole(self) -> None:
        release, dataset = self.release, self.dataset
        self._type(DATASET, "dcat:Dataset")
        self._tell(DATASET, "dcterms:title", TITLE)
        self._link(DATASET, "dcat:hasVersion", dataset)
        self._link(DATASET, "dcat:hasCurrentVersion", dataset)
        self._type(dataset, "dcat:Dataset", "void:Dataset")
        self._tell(dataset, "dcterms:title", f"{TITLE}, version {self.version}")
        self._tell(dataset, "dcterms:description", DESCRIPTION)
        self._link(dataset, "dcterms:publisher", BASE + "authors")
        self._link(dataset, "dcterms:creator", BASE + "authors")
        self._type(BASE + "authors", "foaf:Agent")
        self._tell(BASE + "authors", "foaf:name", release.read_header("dcterms:creator"))
        self._link(dataset, "dcterms:license", release.read_header("dcterms:license"))
        day = release.read_header("dcterms:issued")
        self._value(dataset, "dcterms:issued", day, "xsd:date")
        self._say(dataset, "dcat:version", self.version)
        self._say(dataset, "owl:versionInfo", self.version)
        self._link(dataset, "dcat:isVersionOf", DATASET)
        prior = release.read_header("owl:priorVersion")
        if prior:
            before = prior.rpartition("/")[2]
            self._link(dataset, "dcat:previousVersion", f"{DATASET}/{before}")
        self._link(dataset, "dcterms:conformsTo", release.read_header("owl:versionIRI"))
        self._link(dataset, "void:vocabulary", ONTOLOGY.rstrip("#"))
        self._say(dataset, "vann:preferredNamespacePrefix", "pol")
        self._say(dataset, "vann:preferredNamespaceUri", ONTOLOGY)
        self._say(dataset, "void:uriSpace", ID)
        for space in sorted(_find_spaces(release.quads)):
            self._link(dataset, "void:vocabulary", space)
        for iri in choose_examples(release.quads):
            self._link(dataset, "void:exampleResource", iri)
        for language in sorted(_find_languages(release.quads)):
            self._link(dataset, "dcterms:language", _ISO_639_1 + language)
            if language in _LANGUAGES:
                self._link(dataset, "dcterms:language", _LANGUAGE + _LANGUAGES[language])
        for state in sorted(_find_states(release.quads)):
            self._link(dataset, "dcterms:spatial", state)
        for form in FORMATS.values():
            self._link(dataset, "void:feature", SPACES["formats"] + form.name)
        self._count(dataset, release.quads)
        self._partition(dataset)

    def _count(self, subject: str, quads: Iterable[Any]) -> None:
        for name, number in count_terms(quads).items():
            self._say(subject, f"void:{name}", number)

    def _partition(self, dataset: str) -> None:
        """Say how many entities each class has, and how many triples each property."""
        classes: Counter[str] = Counter()
        properties: Counter[str] = Counter()
        triples: set[Any] = {quad.triple for quad in self.release.quads}
        for triple in triples:
            properties[triple.predicate.value] += 1
            if triple.predicate.value == _TYPE:
                classes[triple.object.value] += 1
        for kind, found in (("class", classes), ("property", properties)):
            number = "void:entities" if kind == "class" else "void:triples"
            for order, iri in enumerate(sorted(found), 1):
                part = f"{dataset}/{kind}/{order}"
                self._link(dataset, f"void:{kind}Partition", part)
                self._link(part, f"void:{kind}", iri)
                self._say(part, number, found[iri])

    def _describe_part(self, part: Part) -> None:
        if part.name == "politeia":
            return
        subset = f"{self.dataset}/{part.name}"
        self._link(self.dataset, "void:subset", subset)
        self._link(self.dataset, "dcterms:hasPart", subset)
        self._type(subset, "dcat:Dataset", "void:Dataset")
        self._tell(subset, "dcterms:title", part.title)
        self._link(subset, "dcterms:license", self.release.read_header("dcterms:license"))
        self._count(subset, part.quads)

    def _describe_file(self, file: File) -> None:
        of = {"": self.dataset, "politeia": self.dataset}
        owner = of.get(file.part, f"{self.dataset}/{file.part}")
        place = f"{self.dataset}/file/{file.name}"
        url = f"{BASE}release/{self.version}/{file.name}"
        if file.part:
            self._link(owner, "void:dataDump", url)
            self._link(owner, "dcat:distribution", place)
        else:
            self._link(owner, "dcterms:hasPart", place)
        self._type(place, "dcat:Distribution" if file.part else "rdfs:Resource")
        self._tell(place, "dcterms:title", file.title)
        self._link(place, "dcat:downloadURL", url)
        self._link(place, "dcterms:license", self.release.read_header("dcterms:license"))
        self._link(place, "dcat:mediaType", _MEDIA + file.media)
        if file.name.endswith(".gz"):
            self._link(place, "dcat:compressFormat", _MEDIA + "application/gzip")
        self._value(place, "dcat:byteSize", str(file.size), "xsd:nonNegativeInteger")
        checksum = f"{place}/sha256"
        self._link(place, "spdx:checksum", checksum)
        self._type(checksum, "spdx:Checksum")
        self._link(checksum, "spdx:algorithm", SPACES["spdx"] + "checksumAlgorithm_sha256")
        self._value(checksum, "spdx:checksumValue", file.digest, "xsd:hexBinary")

    def _describe_links(self) -> None:
        """Say of each set of links to one place of others how many there are."""
        sets: Counter[tuple[str, str]] = Counter()
        for link in self.release.links:
            sets[_find_host(link.target), link.predicate] += 1
        for order, ((host, predicate), number) in enumerate(sorted(sets.items()), 1):
            linkset = f"{self.dataset}/linkset/{order}"
            self._link(self.dataset, "void:subset", linkset)
            self._type(linkset, "void:Linkset")
            self._tell(linkset, "dcterms:title", f"Links to {host}")
            self._link(linkset, "void:subjectsTarget", self.dataset)
            self._link(linkset, "void:objectsTarget", host)
            self._link(linkset, "void:linkPredicate", predicate)
            self._say(linkset, "void:triples", number)


def _find_spaces(quads: Iterable[Any]) -> Iterator[str]:
    """Yield the vocabularies of others whose classes or properties the data uses."""
    terms = {quad.predicate.value for quad in quads}
    terms |= {quad.object.value for quad in quads if quad.predicate.value == _TYPE}
    spaces = {term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms}
    yield from (space for space in spaces if not space.startswith(BASE))


def _find_languages(quads: Iterable[Any]) -> set[str]:
    """Return the languages of the texts, without their regions."""
    texts = (quad.object for quad in quads if isinstance(quad.object, Literal))
    return {text.language.partition("-")[0] for text in texts if text.language}


def _find_states(quads: Iterable[Any]) -> set[str]:
    """Return the IRIs of the States of which the data speaks."""
    state = expand("pol:State")
    return {
        quad.subject.value
        for quad in quads
        if quad.predicate.value == _TYPE and quad.object.value == state
    }


def _find_host(iri: str) -> str:
    """Return the address of the site to which an IRI belongs."""
    scheme, _, rest = iri.partition("//")
    return f"{scheme}//{rest.partition('/')[0]}/"
