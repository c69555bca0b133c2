"""Documentation is run: what it shows is what happens, and nothing goes without it."""

from __future__ import annotations

import dataclasses
import re
import shlex
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.build import build_state, read_ontology
from kg.field import list_keys
from kg.folder import read_dataset
from kg.form import REASONS
from kg.guide import read_files
from kg.marked import Mapping, Scalar, Sequence, read_marked
from kg.partial_date import read_partial_date
from kg.record import KINDS, ROLES, SeatGroup, Step
from kg.threshold import BASES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.finding import Finding
    from kg.marked import Value

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "kg/data/README.md").read_text("utf-8")
FILES = read_files(GUIDE)
TABLED = set(re.findall(r"^\| `([a-z-]+)` \|", GUIDE, re.MULTILINE))


def find_examples() -> list[tuple[str, str, str]]:
    """Return file, command and output of each command that a console block of a README shows."""
    examples = []
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("*/README.md")]):
        text = path.read_text("utf-8")
        for block in re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            for shown in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = shown.partition("\n")
                if command.startswith("politeia "):
                    examples.append((path.relative_to(ROOT).as_posix(), command, output))
    return examples


def test_every_command_of_the_documentation_answers_as_shown() -> None:
    """A console block is a command and its whole output; an ellipsis line stands for any lines."""
    examples = find_examples()
    assert examples
    program = Path(sys.executable).with_name("politeia")
    wrong = []
    for file, command, expected in examples:
        done = subprocess.run(
            [program, *shlex.split(command)[1:]],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        pattern = "".join(
            r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n"
            for line in expected.splitlines()
        )
        if not re.fullmatch(pattern, done.stdout + done.stderr):
            wrong.append(f"{file}: $ {command}\n{done.stdout}{done.stderr}")
    assert wrong == []


@pytest.fixture
def ruritania_of_the_guide(write_data: Callable[..., Path]) -> Path:
    """Return the data folder that the guide shows."""
    return write_data(FILES)


def test_the_examples_of_the_guide_make_a_graph(ruritania_of_the_guide: Path) -> None:
    """The records of the guide are read without a finding, and are one State."""
    dataset = read_dataset([ruritania_of_the_guide])
    assert {entry.record.kind for entry in dataset.entries.values()} == set(KINDS)
    assert build_state(dataset, "xr", read_ontology())


def used_keys() -> dict[str, dict[str, list[str]]]:
    """Return the keys that the guide's examples use: by kind and key, the lines with them."""
    used: dict[str, dict[str, list[str]]] = {}
    findings: list[Finding] = []

    def note(kind: str, value: Mapping) -> None:
        for key, inner in value.items:
            used.setdefault(kind, {}).setdefault(key.text, []).append(key.mark.text)
            for part in parts(inner):
                note({"steps": "step", "members": "seat group"}.get(key.text, ""), part)

    def parts(value: Value) -> Iterator[Mapping]:
        if isinstance(value, Sequence):
            yield from (item for item in value.items if isinstance(item, Mapping))

    for file, text in FILES.items():
        records = read_marked(text.encode(), file, findings)
        assert isinstance(records, Sequence)
        for record in records.items:
            assert isinstance(record, Mapping)
            note(record.items[0][0].text, record)
    return used


@pytest.mark.parametrize("kind", [*KINDS, "step", "seat group"])
def test_the_guide_explains_every_key(kind: str) -> None:
    """Each key is used in an example of its kind, and explained there or in a table."""
    owner = {"step": Step, "seat group": SeatGroup, **KINDS}[kind]
    shown = used_keys()[kind]
    common = {"says", "cite", "note", "ambiguity", "label", "also", "basis"} | {
        "from", "until", "condition", "exception", "effect", "left-to", "find-as", "on", "steps",
    }  # fmt: skip
    unexplained = []
    for key in list_keys(owner):
        tabled = key in TABLED and key in common and kind not in {"step", "seat group"}
        commented = any(re.search(r" # \S", line) for line in shown.get(key, []))
        if not tabled and not commented:
            unexplained.append(key)
    assert unexplained == []


def test_the_guide_uses_each_common_key() -> None:
    """Keys that are explained in a table are shown in an example too."""
    used = {key for keys in used_keys().values() for key in keys}
    assert sorted(TABLED - used) == []


def test_the_guide_lists_every_word() -> None:
    """Each word that a key allows stands in the guide, and no other one stands in the lists."""
    wanted = set(ROLES)
    for record in KINDS.values():
        for field in dataclasses.fields(record):
            wanted |= set(field.metadata.get("choices", ()))
    lists = GUIDE.partition("## Words that are allowed")[2]
    listed = {word for row in re.findall(r"\| ([^|]*) \|$", lists, re.MULTILINE) for word in
              re.findall(r"`([a-z-]+)`", row)}  # fmt: skip
    assert listed == wanted


def test_the_guide_names_the_forms_of_values() -> None:
    """Each reason for a missing date, and each whole of a threshold, stands in the guide."""
    assert [words for words in (*REASONS, *BASES) if f"`{words}`" not in GUIDE] == []
    for form in re.findall(r"`(\d{4}(?:-\d\d){0,2}(?: or later)?)`", GUIDE):
        assert read_partial_date(form)


def test_a_scalar_is_all_that_a_comment_follows() -> None:
    """An explanation stands behind a value and is no part of it."""
    for file, text in FILES.items():
        value = read_marked(text.encode(), file, [])
        assert isinstance(value, Sequence)
        for record in value.items:
            assert isinstance(record, Mapping)
            texts = [v.text for _, v in record.items if isinstance(v, Scalar)]
            assert [text for text in texts if "#" in text] == []


@pytest.mark.parametrize("package", ["kg", "kg/site", "cli", "bench"])
def test_the_architecture_names_every_module(package: str) -> None:
    """CONTRIBUTING.md says what each module is for, and names none that is gone."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.partition(f"### {package}/")[2].partition("\n#")[0]
    named = {
        name
        for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
        for name in re.findall(r"`(\w+\.py)`", row)
    }
    assert named == {path.name for path in (ROOT / package).glob("[!_]*.py")}


def test_the_version_is_one() -> None:
    """The package, the citation and the list of changes speak of the same version."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert re.search(
        rf"^## \[.*{re.escape(version)}", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )


def test_the_changes_of_ontology_data_and_software_are_told_apart() -> None:
    """Each version in CHANGELOG.md has the three sections, in this order, and no other."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        assert re.findall(r"^### (.*)$", section, re.MULTILINE) == ["Ontology", "Data", "Software"]


def test_versions_are_pinned_without_addresses() -> None:
    """Every line of constraints.txt is a name and a version, so that any index will do."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.]*", line)] == []
    names = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    needed = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-") for line in wanted}
    assert needed - names == set()


@pytest.mark.parametrize("folder", sorted(p.parent for p in (ROOT / "kg/data").glob("*/README.md")))
def test_the_readme_of_a_state_counts_its_records(folder: Path) -> None:
    """The table in the README of a State gives the number of its records of each kind."""
    text = (folder / "README.md").read_text("utf-8")
    shown = dict(re.findall(r"^\| ([a-z-]+) \| (\d+) \|$", text, re.MULTILINE))
    entries = read_dataset([ROOT / "kg/data"]).entries.values()
    counted = Counter(e.record.kind for e in entries if e.state == folder.name)
    assert {kind: int(number) for kind, number in shown.items()} == counted


def test_every_state_has_a_readme() -> None:
    """Each folder of a State says what is in it."""
    states = {path.parent for path in (ROOT / "kg/data").glob("*/state.yaml")}
    assert states == {path.parent for path in (ROOT / "kg/data").glob("*/README.md")}
