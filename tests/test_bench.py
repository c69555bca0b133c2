"""The benchmark: its States are invented, sound and always the same, and its clock is honest."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bench.clock import Contender, Result, measure, run_once
from bench.contest import IMPORT, OURS, PASS
from bench.generate import SEED, make_state, write_states
from bench.measure import PROFILE
from bench.pick import misspell
from bench.table import tabulate_results
from bench.target import judge_targets
from kg.field import list_keys
from kg.folder import read_dataset
from kg.place import DATA
from kg.record import KINDS, ROLES
from kg.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCALE = 0.03
ROOT = DATA.parent.parent
QUICK = (sys.executable, "-S", "-c")


@pytest.fixture(scope="module")
def profile() -> dict[str, Any]:
    """Return the measured shape of a real State."""
    return json.loads(PROFILE.read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with two small synthetic States."""
    folder = tmp_path_factory.mktemp("synthetic")
    write_states(folder, 2, scale=SCALE)
    return folder


def test_a_seed_gives_the_same_bytes(profile: dict[str, Any], folder: Path) -> None:
    """A State made alone is, byte for byte, the one made among others in another process."""
    files = make_state(profile, SEED, 1, SCALE)
    written = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in (folder / "s001").rglob("*.yaml")
    }
    assert files == written


def test_another_seed_gives_another_state(profile: dict[str, Any]) -> None:
    """The data depends on the seed, and on the number of the State."""
    made = [make_state(profile, seed, number, SCALE) for seed, number in ((1, 0), (2, 0), (1, 1))]
    assert len({text for files in made for text in files.values()}) == sum(map(len, made))


def test_synthetic_states_pass_validate(folder: Path) -> None:
    """Neither the reader nor a shape finds anything in what was generated."""
    assert validate([folder]) == []


def test_every_kind_of_record_is_generated(folder: Path) -> None:
    """All kinds that the real State has are in a synthetic one, but for those too rare for it."""
    made = {entry.record.kind for entry in read_dataset([folder]).entries.values()}
    assert {"office", "body", "act", "selection", "removal", "competence", "version"} <= made
    assert len(made) > 0.8 * len(KINDS)


def list_texts(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value, keys included."""
    if isinstance(value, dict):
        yield from value
        yield from (text for item in value.values() for text in list_texts(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in list_texts(item))
    elif isinstance(value, str):
        yield value


def list_real_names() -> set[str]:
    """Return all names and identifiers of the real data in small letters, but for short ones."""
    names: set[str] = set()
    for entry in read_dataset([DATA]).entries.values():
        record = entry.record
        for field in ("label", "also", "find_as", "name"):
            labels = getattr(record, field, None)
            for _, group in getattr(labels, "names", ()):
                names.update(group)
        names.add(record.id)
    return {name.casefold() for name in names if len(name) > 8}


def test_no_name_of_the_real_data_is_in_a_synthetic_state(profile: dict[str, Any]) -> None:
    """No name and no identifier of a real record stands in the text of a generated State."""
    text = "\n".join(make_state(profile, SEED, 0, SCALE).values()).casefold()
    words = list_words()
    assert [name for name in list_real_names() if name in text and name not in words] == []


def list_words() -> set[str]:
    """Return the words of the model: kinds, roles and what fields may be."""
    words = set(KINDS) | set(ROLES)
    for record in KINDS.values():
        for key, (field, _) in list_keys(record).items():
            words |= {key, field.name, *field.metadata.get("choices", ())}
    return words


def test_no_name_of_the_real_data_is_in_the_profile(profile: dict[str, Any]) -> None:
    """The profile has words of the model and numbers, and no name or identifier of a record."""
    assert (set(list_texts(profile)) & list_real_names()) - list_words() == set()


def test_what_takes_too_long_is_stopped() -> None:
    """A command that outlasts the limit gives no run, and its processes are gone."""
    assert run_once((*QUICK, "import time; time.sleep(30)"), 0.3) is None


def test_memory_is_that_of_the_process() -> None:
    """A process that fills 60 MB is accounted with more than that, one that does not with less.

    A small process starts it, since the memory of the one that starts it counts too.
    """
    program = (
        "import sys; from bench.clock import run_once; "
        "large = run_once((sys.executable, '-S', '-c', sys.argv[1]), 20); print(large.peak)"
    )
    fill = "b = bytearray(60_000_000); b[::4096] = b[::4096]"
    command = [sys.executable, "-c", program, fill]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert 60 < float(ended.stdout) < 120


def test_who_fails_or_is_missing_is_named() -> None:
    """A peer that fails, is late or is not installed has no time, and the table says why."""
    results = measure(
        [
            Contender("good", (*QUICK, "print('a'); print('b')"), header=1),
            Contender("bad", (*QUICK, "raise SystemExit('parse error at file:///tmp/x/q.rq:7')")),
            Contender("late", (*QUICK, "import time; time.sleep(30)")),
            Contender("missing", (), "x is not installed"),
        ],
        runs=2,
        limit=1.5,
    )
    good, bad, late, missing = results
    assert (len(good.runs), good.rows, good.note) == (2, 1, "")
    assert (bad.runs, bad.note) == ((), "fails with 1: parse error at q.rq:7")
    assert (late.runs, late.note) == ((), "stopped after 1.5 s")
    assert (missing.runs, missing.note) == ((), "x is not installed")
    lines = tabulate_results(results, "good").splitlines()
    assert lines[2].split(" | ")[4] == "1"
    assert lines[5].endswith("| x is not installed |")


def test_the_expected_exit_code_is_no_failure() -> None:
    """A name with a typo ends with 2, and that is what is timed."""
    found = measure([Contender("typo", (*QUICK, "raise SystemExit(2)"), code=2)], 1, 20)
    assert len(found[0].runs) == 1


def test_contenders_take_turns(tmp_path: Path) -> None:
    """One run of each, then the next of each: what disturbs the machine disturbs all."""
    log = tmp_path / "log"
    write = "import sys; open(sys.argv[1], 'a').write(sys.argv[2])"
    contenders = [Contender(name, (*QUICK, write, str(log), name)) for name in "ab"]
    measure(contenders, 2, 20)
    assert log.read_text("utf-8") == "ababab"


def result(name: str, wall: float, note: str = "") -> Result:
    """Return a result of one run, or of none if the time is 0."""
    run = run_once((*QUICK, "pass"), 20)
    assert run is not None
    return Result(name, (run._replace(wall=wall, peak=100.0),) if wall else (), None, note)


def test_targets_are_judged_by_ratios() -> None:
    """What is within its ratio is reached, what was stopped counts with the limit at least."""
    ask = {IMPORT.name: result(IMPORT.name, 0.02), OURS: result(OURS, 0.04)}
    late = {**ask, "rdflib script": result("rdflib script", 0, "stopped after 20 s")}
    ask["rdflib script"] = result("rdflib script", 0.3)
    names = ("exact name", "with a typo", "in another script")
    build = {
        n: result(n, w) for n, w in ((PASS.name, 0.01), ("new", 1), ("line", 1), ("none", 0.05))
    }
    both = {OURS: result(OURS, 1), "`--engine pyshacl`": result("", 0, "stopped after 9 s")}
    measured = {
        ("ask", 1): ask, ("ask", 3): late, ("build", 1): build, ("build", 3): build,
        ("name", 3): {name: result(name, 0.05) for name in names},
        ("warm", 3): {"a": {"ours": 1.0, "server": 2.0}, "b": {"ours": 600.0, "server": 500.0}},
        ("small", 1): both, ("validate", 1): both, ("validate", 3): both,
        ("dump", 1): {OURS: result(OURS, 1), "rdflib script": result("rdflib script", 5)},
    }  # fmt: skip
    judged = {row[0]: row[2:] for row in judge_targets(measured)}
    assert judged["`ask who-appoints X`, one State / `import pyoxigraph`"] == ["2", "reached"]
    assert judged["rdflib script / `ask`, one State"] == ["7.5", "missed"]
    assert judged["rdflib script / `ask`, 3 States"] == ["more than 500", "reached"]
    assert judged["slowest question, 3 States"] == ["600 ms (b)", "missed"]
    assert judged["pySHACL / `validate`, one small State"] == ["more than 9", "not measured"]
    assert judged["rdflib script / `dump` to Turtle, one State"] == ["5", "missed"]


def test_a_typo_is_one_letter_less() -> None:
    """The misspelt name lacks the letter in its middle."""
    assert misspell("Chancellor") == "Chancllor"
