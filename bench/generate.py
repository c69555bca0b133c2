"""Synthetic States as folders of YAML: `python -m bench.generate FOLDER --states 20`.

All is invented from the numbers in `bench/profile.json`, by a seed: the same seed gives the same
bytes, and a State of a number is the same whether it stands alone or among two hundred.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bench.measure import PROFILE
from bench.scene import Scene
from bench.statements import make_statements
from bench.things import make_source, make_things

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.scene import Record

SEED = 1
CONCERNS = {
    "act": ("content", "force", "adoption", "amendment"),
    "body": ("change", "membership", "tenure", "naming", "appointment"),
    "source": ("silence", "contradiction", "unused"),
    "statistic": ("figure", "table"),
    "treaty": ("treaty-action", "submission", "visit"),
}
"""In which folder of a source the kinds of statement stand; all others in `power`."""
_FOLDERS = {kind: folder for folder, kinds in CONCERNS.items() for kind in kinds}


def make_state(profile: dict[str, Any], seed: int, number: int, scale: float) -> dict[str, str]:
    """Return the files of one State, by their names within the data folder."""
    scene = Scene(profile, seed, number, scale)
    things = make_things(scene)
    statements = make_statements(scene)
    files: dict[str, str] = {f"{scene.code}/state.yaml": _write(things.pop("state"))}
    total = sum(map(len, things.values()))
    for kind, records in things.items():
        count = max(round(profile["files"] * scale * len(records) / total), 1)
        files |= _write_files(f"{scene.code}/{kind}", records, count)
    for home in scene.homes:
        place = f"{scene.code}/{home.id}"
        files[f"{place}/source.yaml"] = _write(make_source(scene, home))
        records = statements.get(home.id, [])
        for folder in sorted({_name_folder(record) for record in records}):
            found = [record for record in records if _name_folder(record) == folder]
            count = max(round((home.profile["files"] - 1) * scale * len(found) / len(records)), 1)
            files |= _write_files(f"{place}/{folder}/{folder}", found, count)
    return files


def _name_folder(record: Record) -> str:
    return _FOLDERS.get(next(iter(record)), "power")


def _write_files(stem: str, records: Sequence[Record], count: int) -> dict[str, str]:
    """Return records cut into so many files of about one length."""
    cuts = [round(i * len(records) / count) for i in range(count + 1)]
    return {
        f"{stem}-{number + 1:02}.yaml": _write(records[cuts[number] : cuts[number + 1]])
        for number in range(count)
        if cuts[number] < cuts[number + 1]
    }


def _write(records: Iterable[Record]) -> str:
    # Inside of a record what is short stands in one line, as curators write it.
    text: str = yaml.dump(
        list(records), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100
    )
    return text


def write_states(
    folder: Path, states: int, *, seed: int = SEED, scale: float = 1.0, profile: Path = PROFILE
) -> None:
    """Write States into a folder that is new or empty, on all cores there are.

    Raises FileExistsError if something stands in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty.")
    measured = json.loads(profile.read_text("utf-8"))
    write = partial(_write_state, folder, measured, seed, scale)
    if states == 1:
        write(0)
        return
    with ProcessPoolExecutor(min(states, os.cpu_count() or 1)) as pool:
        for _ in pool.map(write, range(states)):
            pass


def _write_state(
    folder: Path, profile: dict[str, Any], seed: int, scale: float, number: int
) -> None:
    for name, text in make_state(profile, seed, number, scale).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Write synthetic States into a folder; return the exit code."""
    parser = argparse.ArgumentParser(description="Write synthetic States as folders of YAML.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--states", type=int, default=1)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scale", type=float, default=1.0, help="the size of a State; 1 is real")
    given = parser.parse_args(argv)
    write_states(given.folder, given.states, seed=given.seed, scale=given.scale)
    return 0


if __name__ == "__main__":
    sys.exit(main())
