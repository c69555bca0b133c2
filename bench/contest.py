"""Who takes part in which measurement: Politeia and its peers, as commands."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from bench.clock import ROOT, Contender

if TYPE_CHECKING:
    from bench.stage import Stage

PASS = Contender("`python -c pass`", (sys.executable, "-c", "pass"))
IMPORT = Contender("`python -c 'import pyoxigraph'`", (sys.executable, "-c", "import pyoxigraph"))
OURS = "Politeia"
JARS = Path("/usr/share/java")
_JENA = (
    *(f"jena-{part}" for part in ("arq", "base", "cmds", "core", "iri", "shacl", "shex")),
    *(f"jena-dboe-{part}" for part in ("base", "index", "storage", "trans-data", "transaction")),
    *("jena-rdfconnection", "jena-tdb", "jena-tdb2", "slf4j-api", "slf4j-nop", "thrift"),
    *("caffeine", "commons-cli", "commons-codec", "commons-compress", "commons-csv"),
    *("commons-io", "commons-lang3", "xercesImpl", "jsonld-java", "jackson-core"),
    *("jackson-annotations", "jackson-databind", "httpclient", "httpcore", "guava", "protobuf"),
)


def find_program(name: str) -> str:
    """Return the path of a program beside this Python or on the PATH, or an empty text."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name) or ""


def _script(name: str, module: str, script: str, *words: str, header: int | None = 0) -> Contender:
    """Return a peer that is a script of ours for a package of Python."""
    command = (sys.executable, str(ROOT / "bench/peers" / script), *words)
    absent = "" if importlib.util.find_spec(module) else f"{module} is not installed"
    return Contender(name, command, absent, header=header)


def _program(name: str, program: str, *words: str, header: int | None = 1) -> Contender:
    found = find_program(program)
    absent = "" if found else f"{program} is not installed"
    return Contender(name, (found, *words), absent, header=header)


def _jena(name: str, program: str, *words: str, header: int | None = 1) -> Contender:
    java = find_program("java")
    absent = "" if java and (JARS / "jena-arq.jar").exists() else "Jena is not installed"
    path = ":".join(str(JARS / f"{jar}.jar") for jar in _JENA)
    return Contender(name, (java, "-cp", path, program, *words), absent, header=header)


def list_askers(stage: Stage) -> list[Contender]:
    """Return who answers `who-appoints` about one office, from start to end."""
    turtle, query, name = stage.turtle, stage.query, stage.asked["name"]
    return [
        PASS,
        IMPORT,
        Contender(OURS, stage.ask("ask", "who-appoints", name, "--format", "tsv"), header=1),
        _program(
            "`oxigraph query` on its own store", "oxigraph", "query", "--location", stage.store,
            "--query-file", query, "--results-format", "tsv",
        ),
        _script("rdflib script", "rdflib", "ask_rdflib.py", turtle, query),
        _script("oxrdflib script", "oxrdflib", "ask_oxrdflib.py", turtle, query),
        _jena("Jena ARQ", "arq.arq", "--data", turtle, "--query", query, "--results", "TSV"),
        _program("rasqal's `roqet`", "roqet", "-q", "-r", "tsv", "-D", turtle, query),
    ]  # fmt: skip


def list_namings(stage: Stage) -> list[Contender]:
    """Return the ways to name one office; with a typo it is not found, and names are proposed."""
    asked = stage.asked
    ways = {
        "exact name": asked["name"],
        "in another script": asked["other"],
        "by its IRI": asked["iri"],
        "with a typo": asked["typo"],
    }
    return [
        Contender(way, stage.ask("ask", "who-appoints", name), header=1, code=2 * ("typo" in way))
        for way, name in ways.items()
    ]


def list_builds(stage: Stage) -> list[Contender]:
    """Return the ways in which a store comes about."""
    state = Path(stage.data) / "s000" / "state.yaml"

    numbers = count(2)

    def change() -> None:
        """Give the State a name that it never had, since a store that was built once is kept."""
        text = state.read_text("utf-8")
        label = next(line for line in text.splitlines() if "label:" in line)
        changed = f"{label.partition(' the ')[0]} the {next(numbers)}nd"
        state.write_text(text.replace(label, changed), "utf-8")

    return [
        PASS,
        Contender("`politeia build` from nothing", stage.ask("build", "--anew")),
        Contender("`politeia build`, one changed line", stage.ask("build"), before=change),
        Contender("`politeia build`, no change", stage.ask("build")),
    ]


def list_validators(stage: Stage) -> list[Contender]:
    """Return who judges the data by the shapes; both read the same YAML first."""
    check = stage.ask("validate", "--format", "json")
    engine = (*check, "--engine", "pyshacl")
    return [
        Contender(OURS, check, compared=True),
        Contender("`--engine pyshacl`", engine, compared=True),
    ]


def list_writers(stage: Stage) -> list[Contender]:
    """Return who writes the graph as Turtle."""
    return [
        Contender(OURS, stage.ask("dump", "--format", "ttl"), compared=True),
        _script("rdflib script", "rdflib", "dump_rdflib.py", stage.triples, header=None),
        _program(
            "`oxigraph dump` of its own store", "oxigraph", "dump", "--location", stage.store,
            "--format", "ttl", "--graph", "default", header=None,
        ),
        _jena("Jena riot", "riotcmd.riot", "--output=turtle", stage.triples, header=None),
        _program("raptor's `rapper`", "rapper", "-q", "-i", "ntriples", "-o", "turtle",
                 stage.triples, header=None),
    ]  # fmt: skip


def list_reasoners(stage: Stage) -> list[Contender]:
    """Return who derives from the graph and the ontology."""
    files = (str(stage.folder / "triples.ttl"), str(stage.folder / "ontology.ttl"))
    return [
        _script("Politeia's rules", "kg", "derive_politeia.py", *files, header=None),
        _script("owlrl", "owlrl", "derive_owlrl.py", *files, header=None),
        _script("reasonable", "reasonable", "derive_reasonable.py", *files, header=None),
    ]
