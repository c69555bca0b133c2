"""The two reasoners that owlready2 brings: HermiT, which decides, and Pellet, which explains.

Both read N-Triples and run in a Java of their own. owlready2's own call of HermiT always sorts
every individual into its classes, which takes two minutes on the real data; whether the data is
consistent at all, HermiT tells in a second. So its programs are run directly.
"""

from __future__ import annotations

import re
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import EnvironmentProblem
from kg.java import Done, describe_failure, run_java

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NOTHING = "http://www.w3.org/2002/07/owl#Nothing"
PROBE = "urn:x:probe"
"""A class that is given to HermiT as empty; if it comes back so, all that was given was read.

HermiT tries one format after the other on a file, and one of them reads anything as nothing.
"""

_SUB_CLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_TAXONOMY = re.compile(r"^(Type|Sub\w+|Equivalent\w+)\( (<[^()]*>) \)$", re.MULTILINE)
_VALUES = re.compile(r"^<([^>]*)> \(known instances: (.*?) \| possible", re.MULTILINE)
_PAIR = re.compile(r"\(<([^>]*)>, <([^>]*)>\)")
_EXPLANATION = re.compile(r"^Explanation\(s\): *\n1\)(.*?)\n *\n", re.MULTILINE | re.DOTALL)


class Conclusions(NamedTuple):
    """What HermiT concludes: the classes of each individual, and the values of its properties."""

    types: set[tuple[str, str]]
    values: set[tuple[str, str, str]]


def is_consistent(axioms: str) -> bool:
    """Tell by HermiT whether everything that N-Triples say can be true together."""
    return _run_hermit([f"--consistency=<{PROBE}>"], axioms) is not None


def find_empty_classes(axioms: str) -> list[str] | None:
    """Return the classes that nothing can be in, by HermiT, in order; None for a contradiction."""
    done = _run_hermit(["--classify"], axioms)
    if done is None:
        return None
    empty = {c for c, above in _read_taxonomy(done.out).items() if NOTHING in above}
    return sorted(empty - {NOTHING, PROBE})


def conclude(axioms: str) -> Conclusions | None:
    """Return all that HermiT concludes about individuals, or None for a contradiction.

    It takes much longer than to ask for consistency, and longer with every individual.
    """
    done = _run_hermit(["--classify", "--classifyOPs", "--classifyIs", "--classifyPVs"], axioms)
    if done is None:
        return None
    above = _read_taxonomy(done.out)
    types = {(iris[0], upper) for form, *iris in _read_lines(done.out) if form == "Type"
             for upper in _climb(iris[1], above)}  # fmt: skip
    values = {
        (subject, upper, target)
        for name, pairs in _VALUES.findall(done.out)
        for upper in _climb(name, above)
        for subject, target in _PAIR.findall(pairs)
    }
    return Conclusions(types, values)


def _read_lines(out: str) -> Iterator[tuple[str, ...]]:
    """Yield the form and the IRIs of each line of what HermiT prints."""
    for form, iris in _TAXONOMY.findall(out):
        yield form, *iris[1:-1].split("> <")


def _read_taxonomy(out: str) -> dict[str, set[str]]:
    """Return for each class or property those directly above it or equivalent to it."""
    above: dict[str, set[str]] = {}
    for form, *names in _read_lines(out):
        if form.startswith("Sub"):
            above.setdefault(names[0], set()).add(names[1])
        elif form.startswith("Equivalent"):
            for one in names:
                above.setdefault(one, set()).update(names)
    return above


def _climb(name: str, above: Mapping[str, set[str]]) -> set[str]:
    """Return a class or property and all above it; HermiT names only the lowest."""
    found, waiting = {name}, [name]
    while waiting:
        new = above.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def explain(axioms: str, empty_class: str = "") -> list[str]:
    """Return by Pellet one minimal set of axioms that cannot be true together, one a line.

    With a class it is why nothing can be in it. Only the last part of each IRI is in the lines.
    The list is empty where Pellet does not see what HermiT sees.
    """
    options = ["--unsat", empty_class] if empty_class else ["--inconsistent"]
    jars = sorted((_find_owlready() / "pellet").glob("*.jar"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "axioms.nt"
        path.write_text(axioms, "utf-8")
        done = run_java(jars, "pellet.Pellet", ["explain", "--ignore-imports", *options, str(path)])
    if done.code:
        raise EnvironmentProblem(f"Pellet fails: {describe_failure(done)}")
    found = _EXPLANATION.search(done.out.replace("\r", ""))
    return [line.strip() for line in found[1].splitlines()] if found else []


def _run_hermit(actions: Sequence[str], axioms: str) -> Done | None:
    """Return what HermiT prints, or None if it says that the axioms contradict each other."""
    home = _find_owlready() / "hermit"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "axioms.nt"
        path.write_text(f"{axioms}<{PROBE}> <{_SUB_CLASS}> <{NOTHING}> .\n", "utf-8")
        done = run_java(
            [home, home / "HermiT.jar"],
            "org.semanticweb.HermiT.cli.CommandLine",
            [*actions, path.as_uri()],
        )
    if done.code and "InconsistentOntologyException" in done.err + done.out:
        return None
    if done.code:
        raise EnvironmentProblem(f"HermiT fails: {describe_failure(done)}")
    if not re.search(rf"<{PROBE}> is not satisfiable|<{PROBE}> .*<{NOTHING}>"
                     rf"|<{NOTHING}> .*<{PROBE}>", done.out):  # fmt: skip
        raise EnvironmentProblem("HermiT cannot read what it was given.")
    return done


def _find_owlready() -> Path:
    """Return the folder of owlready2, which need not be loaded for the programs in it."""
    found = find_spec("owlready2")
    if found is None or not found.submodule_search_locations:
        raise EnvironmentProblem("The Python package owlready2 is missing. Install Politeia anew.")
    return Path(found.submodule_search_locations[0])
