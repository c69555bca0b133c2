"""Input that nobody would call data: findings or a plain word, in bounded time, and no traceback.

All goes through the command, `politeia build --data`, as a curator would meet it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cli.app import SHOWN, main
from kg.form import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
OFFICE = "- office: usher\n  label: Usher\n  cite: report para 8\n"
RULE = "- selection: usher\n  fills: office/king\n  says: x\n  cite: para 10\n"
LAUGHS = "- &a0 [lol, lol, lol]\n" + "".join(
    f"- &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12)
)

Files = dict[str, str | bytes]


class Ended(NamedTuple):
    """How a run ended: its exit code, what it said, and the seconds of a processor it took."""

    code: int
    said: str
    seconds: float

    @property
    def findings(self) -> list[str]:
        """Code, file and line of each finding, as `bad-yaml xx/office.yaml:2`."""
        found = re.findall(r"^(\S.*?:\d+):\d+: ([a-z-]+): ", self.said, re.MULTILINE)
        return [f"{code} {place}" for place, code in found]


@pytest.fixture
def build(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> Callable[[Files], Ended]:
    """Return a function that lays files over the invented State and builds."""

    def run(files: Files) -> Ended:
        return build_folder(ruritania(**files), capfd)

    return run


def build_folder(data: Path, capfd: pytest.CaptureFixture[str]) -> Ended:
    """Build a data folder; all that is said can be printed."""
    start = time.process_time()
    code = main(["build", "--data", str(data)])
    seconds = time.process_time() - start
    out, err = capfd.readouterr()
    assert out == ""
    assert [c for c in err if not c.isprintable() and c not in "\n\t"] == []
    return Ended(code, err, seconds)


REFUSED: dict[str, tuple[Files, list[str]]] = {
    "a bracket that is never closed": (
        {"xx/o.yaml": "- office: [usher\n"},
        ["bad-yaml xx/o.yaml:2"],
    ),
    "a quote that is never closed": (
        {"xx/o.yaml": "- office: usher\n  label: 'Usher\n  cite: x\n"},
        ["bad-yaml xx/o.yaml:4"],
    ),
    "a colon in a text": (
        {"xx/o.yaml": "- office: usher\n  label: Usher: of the Diet\n"},
        ["bad-yaml xx/o.yaml:2"],
    ),
    "a tab for spaces": (
        {"xx/o.yaml": "- office: usher\n\tlabel: Usher\n"},
        ["bad-yaml xx/o.yaml:2"],
    ),
    "UTF-16 with a byte order mark": (
        {"xx/o.yaml": OFFICE.encode("utf-16")},
        ["bad-yaml xx/o.yaml:1"],
    ),
    "UTF-16 without one": ({"xx/o.yaml": OFFICE.encode("utf-16-le")}, ["bad-yaml xx/o.yaml:1"]),
    "UTF-32": ({"xx/o.yaml": OFFICE.encode("utf-32")}, ["bad-yaml xx/o.yaml:1"]),
    "Latin-1": (
        {"xx/o.yaml": "- office: usher\n  label: Pédelle\n".encode("latin-1")},
        ["bad-yaml xx/o.yaml:2"],
    ),
    "Windows-1251": (
        {"xx/o.yaml": "- office: usher\n  label: Пристав\n".encode("cp1251")},
        ["bad-yaml xx/o.yaml:2"],
    ),
    "a picture": ({"xx/o.yaml": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}, ["bad-yaml xx/o.yaml:1"]),
    "a null byte": ({"xx/o.yaml": OFFICE + "\0"}, ["bad-yaml xx/o.yaml:4"]),
    "a sequence for the terminal": (
        {"xx/o.yaml": "- office: usher\n  label: \x1b[2JUsher\n"},
        ["bad-yaml xx/o.yaml:2"],
    ),
    "nesting in brackets": ({"xx/o.yaml": "[" * 100_000}, ["bad-yaml xx/o.yaml:1"]),
    "nesting in mappings": ({"xx/o.yaml": "- " + "{a: " * 100_000}, ["bad-yaml xx/o.yaml:1"]),
    "nesting in lists": ({"xx/o.yaml": "- " * 100_000}, ["bad-yaml xx/o.yaml:1"]),
    "aliases that explode": ({"xx/o.yaml": LAUGHS}, ["bad-yaml xx/o.yaml:1"]),
    "an alias of itself": ({"xx/o.yaml": "- &a [*a]\n"}, ["bad-yaml xx/o.yaml:1"]),
    "a tag that would run a program": (
        {"xx/o.yaml": '- !!python/object/apply:os.system ["exit 1"]\n'},
        ["bad-yaml xx/o.yaml:1"],
    ),
    "two documents": ({"xx/o.yaml": OFFICE + "---\n" + OFFICE}, ["bad-yaml xx/o.yaml:4"]),
    "a version of YAML that is none": (
        {"xx/o.yaml": "%YAML 99999999999999999999.1\n---\n" + OFFICE},
        ["bad-yaml xx/o.yaml:1"],
    ),
    "half of a surrogate pair": (
        {"xx/o.yaml": OFFICE.replace("Usher", '"\\ud800"')},
        ["bad-yaml xx/o.yaml:2"],
    ),
    "a conflict of two versions": (
        {"xx/o.yaml": f"<<<<<<< ours\n{OFFICE}=======\n{OFFICE}>>>>>>> theirs\n"},
        ["bad-yaml xx/o.yaml:2"],
    ),
    "a text": ({"xx/o.yaml": "Nothing here yet.\n"}, ["wrong-type xx/o.yaml:1"]),
    "a document of nothing": ({"xx/o.yaml": "---\n~\n"}, ["wrong-type xx/o.yaml:2"]),
    "a mapping for a list": ({"xx/o.yaml": '{"office": "usher"}\n'}, ["wrong-type xx/o.yaml:1"]),
    "a list as a key": (
        {"xx/o.yaml": OFFICE + "  ? [a, b]\n  : c\n"},
        ["wrong-type xx/o.yaml:4"],
    ),
    "a merge of mappings": (
        {"xx/o.yaml": OFFICE + "  <<: {note: merged}\n"},
        ["unknown-key xx/o.yaml:4"],
    ),
    "an unknown key": ({"xx/o.yaml": OFFICE + "  colour: red\n"}, ["unknown-key xx/o.yaml:4"]),
    "a key of 100,000 characters": (
        {"xx/o.yaml": OFFICE + f"  ? {'k' * 100_000}\n  : x\n"},
        ["unknown-key xx/o.yaml:4"],
    ),
    "a key twice": ({"xx/o.yaml": OFFICE + "  label: Page\n"}, ["duplicate-key xx/o.yaml:4"]),
    "a label of 100,000 characters": (
        {"xx/o.yaml": OFFICE.replace("Usher", "U" * 100_000)},
        ["bad-text xx/o.yaml:2"],
    ),
    "a control character": (
        {"xx/o.yaml": OFFICE.replace("Usher", '"Usher\\a"')},
        ["bad-text xx/o.yaml:2"],
    ),
    "letters that run backwards": (
        {"xx/o.yaml": OFFICE.replace("Usher", "\u202erehsU")},
        ["bad-text xx/o.yaml:2"],
    ),
    "a mark for the byte order in a text": (
        {"xx/o.yaml": OFFICE.replace("Usher", "Ush\ufeffer")},
        ["bad-text xx/o.yaml:2"],
    ),
    "a day that is none": (
        {"xx/o.yaml": "- act: a\n  label: A\n  date: 2019-02-30\n  cite: report para 8\n"},
        ["bad-date xx/o.yaml:3"],
    ),
    "a year beyond the calendar": (
        {"xx/o.yaml": "- act: a\n  label: A\n  date: 9999\n  cite: report para 8\n"},
        ["bad-date xx/o.yaml:3"],
    ),
    "a number out of range": (
        {"xx/report/p.yaml": RULE + f"  seats: {10**30}\n"},
        ["bad-number xx/report/p.yaml:5"],
    ),
    "a paragraph out of range": (
        {"xx/report/p.yaml": RULE.replace("10", "9" * 30)},
        ["bad-citation xx/report/p.yaml:4"],
    ),
    "a share by nothing": (
        {"xx/report/p.yaml": RULE + "  share: 1/0\n"},
        ["bad-number xx/report/p.yaml:5"],
    ),
    "an identifier with a space": (
        {"xx/o.yaml": OFFICE.replace("usher", "black rod")},
        ["bad-id xx/o.yaml:1"],
    ),
    "a reference that is an address with a space": (
        {"xx/o.yaml": OFFICE + "  post-in: <http://example.org/the diet>\n"},
        ["wrong-type xx/o.yaml:4"],
    ),
    "a reference up the folders": (
        {"xx/o.yaml": OFFICE + "  post-in: ../../body/diet\n"},
        ["wrong-type xx/o.yaml:4"],
    ),
    "a reference to a State that is not there": (
        {"xx/o.yaml": OFFICE + "  post-in: yy/body/diet\n"},
        ["dangling-reference xx/o.yaml:4"],
    ),
    "a circle of references": (
        {"xx/t.yaml": "- treaty: t\n  label: T\n  under: treaty/t\n  cite: report para 8\n"},
        ["cyclic-reference xx/t.yaml:3"],
    ),
    "one record in two files": (
        {"xx/a.yaml": OFFICE, "xx/b.yaml": OFFICE},
        ["duplicate-id xx/b.yaml:1"],
    ),
    "the record of another State": (
        {"xx/o.yaml": "- state: yy\n  label: Grand Fenwick\n"},
        ["misplaced-record xx/o.yaml:1"],
    ),
    "a file outside of any State": ({"o.yaml": OFFICE}, ["misplaced-record o.yaml:1"]),
    "a folder that is no State": (
        {"my notes/o.yaml": "- office: x\n  label: X\n  cite: r para 1\n"},
        ["dangling-reference my notes/o.yaml:1", "dangling-reference my notes/o.yaml:3"],
    ),
    "a file whose name reaches for the terminal": (
        {"xx/\x1b[31mred.yaml": "x"},
        ["wrong-type xx/\ufffd[31mred.yaml:1"],
    ),
}
"""Input with all the findings that it has: code, file and line."""


@pytest.mark.parametrize("name", REFUSED)
def test_broken_input_has_findings(name: str, build: Callable[[Files], Ended]) -> None:
    """Each kind of broken input is named by its findings, and nothing else happens."""
    files, expected = REFUSED[name]
    ended = build(files)
    assert (ended.code, ended.findings) == (1, expected)
    assert ended.seconds < 5


@pytest.mark.parametrize(
    "files",
    [
        {"xx/o.yaml": ""},
        {"xx/o.yaml": "# nothing yet\n"},
        {"xx/o.yaml": "\n" * 900_000},
        {"xx/o.yaml": b"\xef\xbb\xbf" + OFFICE.encode()},
        {"xx/o.yaml": OFFICE.replace("\n", "\r\n")},
        {"xx/o.yaml": OFFICE.replace("\n", "\r")},
        {"xx/o.yaml": OFFICE.replace("Usher", "Привратник 🚪 守門人")},
        {"xx/two\nlines.yaml": OFFICE},
        {"xx/o.yaml/inner.txt": "the folder has the name of a file"},
    ],
    ids=["empty", "comment", "lines", "mark", "crlf", "cr", "scripts", "name", "folder"],
)
def test_odd_input_is_read(files: Files, build: Callable[[Files], Ended]) -> None:
    """What looks odd and is sound has no finding."""
    ended = build(files)
    assert (ended.code, ended.findings) == (0, [])


def test_a_name_that_is_not_utf_8_is_read(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A file from another system may be called in its encoding."""
    folder = os.fsencode(ruritania() / "xx")
    Path(os.fsdecode(folder + b"/Pr\xe4sident.yaml")).write_text(OFFICE, "utf-8")
    assert build_folder(Path(os.fsdecode(folder)).parent, capfd).code == 0


def test_what_is_no_file_is_passed_over(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A link to nothing and a pipe, at which one would wait for ever, are no data."""
    data = ruritania()
    (data / "xx/.#o.yaml").symlink_to("curator@host.1234")
    os.mkfifo(data / "xx/pipe.yaml")
    assert build_folder(data, capfd).code == 0


@pytest.mark.parametrize("target", ["loop.yaml", "/proc/self/mem"])
def test_a_file_that_cannot_be_read_is_named(
    target: str, ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A link in a circle, or a file that refuses, is a problem of the machine, with its name."""
    if target.startswith("/") and not Path(target).exists():
        pytest.skip("there is no such file on this system")
    data = ruritania()
    (data / "xx/loop.yaml").symlink_to(target)
    ended = build_folder(data, capfd)
    assert ended.code == 3
    assert "Cannot read" in ended.said


def test_a_file_that_may_not_be_read_is_named(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A file of somebody else is a problem of the machine, with its name."""
    data = ruritania(**{"xx/o.yaml": OFFICE})
    (data / "xx/o.yaml").chmod(0)
    if os.access(data / "xx/o.yaml", os.R_OK):
        pytest.skip("this user may read everything")
    ended = build_folder(data, capfd)
    assert ended.code == 3
    assert "o.yaml" in ended.said


@pytest.mark.parametrize("name", ["nowhere", "data/xx/state.yaml"])
def test_a_data_folder_that_is_none_is_named(
    name: str, ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A folder that is not there, or is a file, is a problem of the machine."""
    ended = build_folder(ruritania().parent / name, capfd)
    assert ended.code == 3
    assert name in ended.said


@pytest.fixture
def keep_changing() -> Iterator[Callable[[Path], None]]:
    """Return a function that makes a file change all the time, until the test is over."""
    over = threading.Event()
    threads = []

    def change(path: Path) -> None:
        number = 0
        beside = path.with_suffix(".new")
        while not over.is_set():
            number += 1
            beside.write_text(OFFICE + f"# {number}\n", "utf-8")
            beside.replace(path)
            time.sleep(0.001)

    def start(path: Path) -> None:
        threads.append(threading.Thread(target=change, args=[path]))
        threads[-1].start()

    yield start
    over.set()
    for thread in threads:
        thread.join()


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    ruritania: Callable[..., Path],
    capfd: pytest.CaptureFixture[str],
    keep_changing: Callable[[Path], None],
) -> None:
    """No store is kept under the mark of a content that it does not have."""
    data = ruritania(**{"xx/o.yaml": OFFICE})
    keep_changing(data / "xx/o.yaml")
    ended = build_folder(data, capfd)
    assert (ended.code, ended.said) == (
        3,
        "The data changed while it was read. Run the command again.\n",
    )


def build_apart(data: Path, cache: Path) -> tuple[Ended, float]:
    """Build in a process of its own; return how it ended, and the megabytes that it took."""
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("this system does not say how much memory a process took")
    script = (
        "import sys; from cli.app import main; code = main(['build', '--data', sys.argv[1]]);"
        f"print(open('{status}').read()); sys.exit(code)"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, data],
        cwd=ROOT,
        env=os.environ | {"POLITEIA_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    seconds = time.monotonic() - start
    (kilobytes,) = re.findall(r"^VmHWM:\s+(\d+) kB$", done.stdout, re.MULTILINE)
    return Ended(done.returncode, done.stderr, seconds), int(kilobytes) / 1024


def test_a_file_of_50_megabytes_is_refused_at_once(
    ruritania: Callable[..., Path], tmp_path: Path
) -> None:
    """What is too long is not read to its end: seconds, and the memory of an empty folder."""
    data = ruritania(**{"xx/o.yaml": OFFICE * (50_000_000 // len(OFFICE))})
    ended, megabytes = build_apart(data, tmp_path)
    assert (ended.code, ended.findings) == (1, ["bad-yaml xx/o.yaml:1"])
    assert ended.seconds < 10
    assert megabytes < 200


def test_a_file_of_a_terabyte_is_refused_at_once(
    ruritania: Callable[..., Path], tmp_path: Path
) -> None:
    """A file with a hole in it may be longer than the disk."""
    data = ruritania(**{"xx/o.yaml": OFFICE})
    try:
        os.truncate(data / "xx/o.yaml", 10**12)
    except OSError:
        pytest.skip("this file system has no files with holes")
    ended, megabytes = build_apart(data, tmp_path)
    assert (ended.code, ended.findings) == (1, ["bad-yaml xx/o.yaml:1"])
    assert ended.seconds < 10
    assert megabytes < 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xx/o.yaml", "- a\n"),
        ("xx/o.yaml", "- a: b\n"),
        ("xx/o.yaml", "- office: u{}\n  label: U\n  post-in: body/b{}\n  cite: report para 3\n"),
        ("xx/o.yaml", "- office: u{}\n  label: U\n  cite: r{} para 3\n"),
        ("xx/o.yaml", OFFICE),
        ("xx/report/p.yaml", "- selection: s{}\n  fills: [a]\n"),
    ],
    ids=["texts", "kinds", "references", "sources", "duplicates", "rules"],
)
def test_a_file_of_nothing_but_faults_is_told_in_part(
    name: str, content: str, ruritania: Callable[..., Path], tmp_path: Path
) -> None:
    """A megabyte of faults takes seconds, not minutes, and as much is printed as can be read."""
    lines: list[str] = []
    size = 0
    while size + len(content) + 20 < MAX_BYTES:
        lines.append(content.replace("{}", str(len(lines))))
        size += len(lines[-1])
    ended, megabytes = build_apart(ruritania(**{name: "".join(lines)}), tmp_path)
    assert ended.code == 1
    assert len(ended.findings) == SHOWN
    assert re.search(r"^\.\.\. and \d+,\d{3} more\.$", ended.said, re.MULTILINE)
    assert ended.seconds < 60
    assert megabytes < 500
