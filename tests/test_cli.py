"""The command as people and programs use it: answers, formats, errors, exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable

STATEMENTS = """\
- selection: chancellor
  fills: office/chancellor
  says: With the consent of the Diet, the King appoints the Chancellor.
  steps:
    - consents: body/diet
      threshold: more than 1/2 of the total membership
    - appoints: office/king
  basis: charter art 5
  from: 1920-01-01
  until: 1930-01-01
  cite: para 10
- selection: judges
  fills: office/judge
  seats: 3
  says: The Diet elects three *judges* | in all.
  steps:
    - elects: body/diet
  cite: para 11
- silence: king
  about: office/king
  question: selection
  says: The report does not say how the King comes to the throne.
  searched: para 3
  cite: para 3
"""
NEIGHBOUR = {
    "yy/state.yaml": "- state: yy\n  label: Grand Fenwick\n",
    "yy/things.yaml": "- office: king\n  label: King\n  cite: letter para 1\n",
    "yy/letter/source.yaml": (
        "- source: letter\n  label: Letter from Fenwick\n  short-name: LET/1\n"
        "  describes: 1955-01-01\n  paragraphs: 9\n"
    ),
}
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def data(ruritania: Callable[..., Path]) -> Path:
    """Return a data folder with two rules and a silence."""
    return ruritania(STATEMENTS)


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs the command as given: exit code, stdout, stderr."""

    def run_it(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capfd.readouterr()
        return code, out, err

    return run_it


@pytest.fixture
def run(data: Path, say: Callable[..., tuple]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs the command on the data: exit code, stdout, stderr."""
    return lambda *words: say(*words, "--data", str(data))


def start(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    command = [sys.executable, "-m", "cli.app", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


def test_ask_without_a_name_lists_every_question_under_its_topic(run: Callable[..., tuple]) -> None:
    """Every `.rq` file is in the list with its summary, below the topic of its header."""
    code, out, _ = run("ask")
    files = sorted((ROOT / "queries").rglob("*.rq"))
    assert code == 0
    assert files
    for path in files:
        assert f"\n  {path.stem} " in "\n" + out
    assert "\nappointments\n" in "\n" + out


def test_help_of_a_question_names_parameters_and_columns(run: Callable[..., tuple]) -> None:
    """The page of a question explains every column that it returns, in the same order."""
    code, out, _ = run("ask", "who-appoints", "--help")
    _, tsv, _ = run("ask", "who-appoints", "Chancellor", "--format", "tsv")
    columns = [name.lstrip("?") for name in tsv.splitlines()[0].split("\t")]
    assert code == 0
    assert "politeia ask who-appoints TARGET" in out
    places = [out.index(f"\n  {column} ") for column in columns]
    assert places == sorted(places)


def test_help_of_a_question_answers_its_example(run: Callable[..., tuple]) -> None:
    """The example is asked of the data at hand; where nothing has such a name, it is only named."""
    code, out, _ = run("ask", "bodies", "--help")
    _, answer, _ = run("ask", "bodies", "court", "--format", "table")
    assert code == 0
    assert out.endswith("\nExample:\n  politeia ask bodies court\n\n" + answer)
    assert "Constitutional Court" in answer
    _, out, _ = run("ask", "who-appoints", "--help")
    assert out.endswith("\nExample:\n  politeia ask who-appoints 'Prime Minister'\n")


def test_a_pipe_gets_tsv(run: Callable[..., tuple]) -> None:
    """Without --format, what is not a terminal gets W3C tab-separated values."""
    assert run("ask", "who-appoints", "Chancellor") == run(
        "ask", "who-appoints", "Chancellor", "--format", "tsv"
    )


def test_records_are_plain_json_with_every_column(run: Callable[..., tuple]) -> None:
    """Labels are strings, numbers are numbers, and an empty cell is null in every object."""
    code, out, err = run("ask", "who-appoints", "Chancellor", "--format", "records")
    first, second = json.loads(out)
    assert (code, err) == (0, "")
    assert (first["order"], first["role"], first["actor"]) == (1, "consents", "Diet of Ruritania")
    assert (second["order"], second["role"], second["actor"]) == (2, "appoints", "King")
    assert first["threshold"] == "more than 1/2 of the total membership"
    assert second["threshold"] is None
    assert list(first) == list(second)
    assert first["citation"] == "REP/1, para. 10"


def test_json_is_the_sparql_results_format(run: Callable[..., tuple]) -> None:
    """The json format keeps types and languages, as W3C defines it."""
    _, out, _ = run("ask", "who-appoints", "Chancellor", "--format", "json")
    binding = json.loads(out)["results"]["bindings"][0]
    assert binding["actor"] == {
        "type": "literal", "value": "Diet of Ruritania", "xml:lang": "en",
    }  # fmt: skip


def test_a_table_can_be_quoted(run: Callable[..., tuple], monkeypatch: pytest.MonkeyPatch) -> None:
    """The title says of which source and day; a rule is a sentence, its place, and its steps."""
    monkeypatch.setenv("COLUMNS", "100")
    _, out, _ = run("ask", "who-appoints", "Chancellor", "--format", "table")
    lines = out.splitlines()
    assert lines[0].endswith("— as stated in REP/1, which speaks of 1938-06-01.")
    assert "Chancellor" in lines[0]
    assert "  With the consent of the Diet, the King appoints the Chancellor." in lines
    place = next(line for line in lines if "[REP/1, para. 10]" in line)
    assert "basis: Charter, art. 5" in place
    steps = [" ".join(line.split()) for line in lines[-2:]]
    assert steps == [
        "1 consents Diet of Ruritania — more than 1/2 of the total membership",
        "2 appoints King",
    ]
    assert "https://" not in out
    assert "\x1b" not in out


def test_a_step_of_the_one_who_was_asked_for_still_says_what_is_done(
    run: Callable[..., tuple],
) -> None:
    """Where the question names the actor, the step keeps its role and says no name again."""
    _, out, _ = run("ask", "appoints-whom", "King", "--format", "table")
    assert out.splitlines()[-1].split() == ["2", "appoints"]
    _, out, _ = run("ask", "appoints-whom", "King", "--format", "md")
    assert out.splitlines()[-1] == "- (2) appoints"


@pytest.mark.parametrize("columns", ["40", "80", "160"])
def test_no_line_is_wider_than_the_terminal(
    run: Callable[..., tuple], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """Prose wraps at the width of the terminal, and stays indented below its heading."""
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = run("ask", "who-appoints", "Chancellor", "--format", "table")
    assert max(map(len, out.splitlines())) <= int(columns)
    card = out.split("\nChancellor\n")[1].splitlines()
    assert [line for line in card if not line.startswith("  ")] == []


def test_markdown_takes_no_character_for_markup(run: Callable[..., tuple]) -> None:
    """What would be emphasis or a cell in Markdown is escaped."""
    _, out, _ = run("ask", "who-appoints", "Constitutional Court", "--format", "md")
    assert r"> The Diet elects three \*judges\* \| in all." in out
    assert "> — REP/1, para. 11 · seats: 3" in out
    assert "- (1) elects: Diet of Ruritania" in out


def test_no_row_says_what_was_read_and_what_it_does_not_state(run: Callable[..., tuple]) -> None:
    """An answer of no rows names the source, its day and the passage that was searched; exit 0."""
    said = (
        "Not stated in REP/1 (which speaks of 1938-06-01).\n"
        "The report does not say how the King comes to the throne. [REP/1, para. 3]\n"
    )
    assert run("ask", "who-appoints", "King", "--format", "table") == (0, said, "")
    assert run("ask", "who-appoints", "King", "--format", "md") == (0, said, "")
    code, out, err = run("ask", "who-appoints", "King", "--format", "records")
    assert (code, json.loads(out), err) == (0, [], said)
    code, out, err = run("ask", "who-appoints", "King", "--format", "json")
    assert (code, json.loads(out)["results"]["bindings"], err) == (0, [], said)
    for name in ("csv", "tsv"):
        code, out, err = run("ask", "who-appoints", "King", "--format", name)
        assert (code, out.count("\n"), err) == (0, 1, said)


def test_a_rule_that_is_over_is_not_called_unstated(run: Callable[..., tuple]) -> None:
    """Where only the day leaves no row, the answer says so and not that nothing is stated."""
    code, out, _ = run(
        "ask", "who-appoints", "Chancellor", "--as-of", "1930-01-01", "--format", "md"
    )
    assert code == 0
    assert out.startswith("Nothing that is stated in REP/1")
    assert "holds on 1930-01-01" in out
    assert "2 rows" in out


def test_the_day_before_the_end_still_holds(run: Callable[..., tuple]) -> None:
    """Until is the first day on which a rule no longer holds."""
    _, out, _ = run(
        "ask", "who-appoints", "Chancellor", "--as-of", "1929-12-31", "--format", "records"
    )
    assert {row["on_the_day"] for row in json.loads(out)} == {"holds"}


def test_show_query_prints_sparql_that_runs_as_it_is(
    run: Callable[..., tuple], tmp_path: Path
) -> None:
    """The SPARQL of --show-query, run by `politeia sparql`, gives the rows of the question."""
    _, query, _ = run("ask", "who-appoints", "Chancellor", "--show-query")
    file = tmp_path / "q.rq"
    file.write_text(query)
    assert run("sparql", str(file), "--format", "tsv") == run(
        "ask", "who-appoints", "Chancellor", "--format", "tsv"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "who-appoints", "Chancelor"], "Did you mean: Chancellor?"),
        (["ask", "who-apoints", "Chancellor"], "Did you mean: who-appoints"),
        (["ask", "who-appoints"], "TARGET"),
        (["ask", "who-appoints", "King", "Diet"], "TARGET"),
        (["ask", "who-appoints", "King", "--format", "tabel"], "Did you mean: table?"),
        (["ask", "--format", "tls"], "Did you mean: ttl?"),
        (["ask", "who-appoints", "King", "--as-of", "soon"], "2019-01-04"),
        (["ask", "who-appoints", "King", "--source", "HRI"], "Nothing is called 'HRI'"),
        (["ask", "who-appoints", "King", "--stat", "xx"], "--stat"),
        (["show", "Chancelor"], "Did you mean: Chancellor?"),
        (["dump", "--state", "zz"], "Nothing is called 'zz'"),
        (["no-such-command"], "no-such-command"),
    ],
)
def test_what_cannot_be_asked_exits_with_2(
    run: Callable[..., tuple], words: list[str], said: str
) -> None:
    """A wrong name, argument or option prints nothing on stdout and what was meant on stderr."""
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_an_ambiguous_name_lists_the_candidates(
    write_data: Callable[..., Path],
    ruritania_files: dict[str, str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Two things of one name: exit 2, label and IRI of each; --state makes it one."""
    words = ["ask", "who-appoints", "King", "--format", "tsv"]
    words += ["--data", str(write_data(ruritania_files | NEIGHBOUR))]
    assert main(words) == 2
    err = capfd.readouterr().err
    assert "King  https://w3id.org/politeia/id/xx/office/king" in err
    assert "King  https://w3id.org/politeia/id/yy/office/king" in err
    assert main([*words, "--state", "Grand Fenwick"]) == 0
    assert capfd.readouterr().err.startswith("Not stated in LET/1 (which speaks of 1955-01-01).")


def test_the_title_names_only_the_sources_of_the_state_in_question(
    write_data: Callable[..., Path],
    ruritania_files: dict[str, str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A source of one State is not said to state, or not to state, what is of another."""
    files = ruritania_files | NEIGHBOUR | {"xx/report/power.yaml": STATEMENTS}
    folder = str(write_data(files))
    assert main(["ask", "who-appoints", "Chancellor", "--format", "md", "--data", folder]) == 0
    title = capfd.readouterr().out.splitlines()[0]
    assert "REP/1" in title
    assert "LET/1" not in title


def test_findings_are_printed_all_at_once_and_exit_with_1(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """Faulty data without an earlier store: each finding with its place, exit 1."""
    data = ruritania(STATEMENTS.replace("body/diet", "body/dit").replace("para 11", "para 100"))
    assert main(["build", "--data", str(data)]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "xx/report/power.yaml:5:" in err
    assert "bad-citation" in err
    assert "3 findings." in err
    assert err.endswith("\n'politeia explain CODE' tells more about a code.\n")


def test_explain_prints_the_page_of_a_code(say: Callable[..., tuple]) -> None:
    """A pipe gets the page in Markdown, under the code."""
    code, out, err = say("explain", "bad-date")
    assert (code, err) == (0, "")
    assert out.startswith("# bad-date\n\nA date has no form that is known")
    assert "\n  date: 12 May 1900\n" in out


def test_explain_lists_the_codes_in_a_line_each(say: Callable[..., tuple]) -> None:
    """Without a code, every code stands with its meaning."""
    code, out, _ = say("explain")
    assert code == 0
    assert re.search(r"^bad-interval +A statement ends before it begins\.$", out, re.MULTILINE)


def test_explain_proposes_the_nearest_code(say: Callable[..., tuple]) -> None:
    """A code that is not known exits with 2 and names the nearest ones."""
    code, out, err = say("explain", "bad-dates")
    assert (code, out) == (2, "")
    assert "There is no finding code 'bad-dates'" in err
    assert "Did you mean: bad-date" in err


def test_faulty_data_is_answered_from_the_last_good_store(
    run: Callable[..., tuple], ruritania: Callable[..., Path]
) -> None:
    """After a good build, a fault in the data is a warning, and the answer is the earlier one."""
    _, before, _ = run("ask", "who-appoints", "Chancellor")
    ruritania(STATEMENTS.replace("para 11", "para 100"))
    code, out, err = run("ask", "who-appoints", "Chancellor")
    assert (code, out) == (0, before)
    assert err == (
        "The data has 1 finding; this answer is from the last good build. "
        "Run 'politeia build' to see them.\n"
    )


def test_build_says_whether_anything_was_done(run: Callable[..., tuple]) -> None:
    """The first build and --anew build; a build of unchanged data does not."""
    first, second, third = run("build"), run("build"), run("build", "--anew")
    assert [code for code, _, _ in (first, second, third)] == [0, 0, 0]
    assert [out for _, out, _ in (first, second, third)] == ["", "", ""]
    assert [err.split()[0] for _, _, err in (first, second, third)] == ["Built", "Nothing", "Built"]


def test_a_missing_folder_exits_with_3(capfd: pytest.CaptureFixture[str]) -> None:
    """A data folder or a query file that is not there is the environment's fault."""
    assert main(["ask", "terms", "--data", "/no/such/folder"]) == 3
    assert "/no/such/folder" in capfd.readouterr().err
    assert main(["sparql", "/no/such/file.rq"]) == 3
    assert "/no/such/file.rq" in capfd.readouterr().err


def test_a_reader_that_stops_early_is_no_error(data: Path) -> None:
    """A closed pipe ends the command in silence."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "cli.app", "dump", "--data", str(data)]
    process = subprocess.run(
        command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (process.returncode, process.stderr) == (0, "")


def test_an_interrupt_exits_with_130_and_no_traceback(data: Path) -> None:
    """Ctrl-C while the command waits for stdin.

    A shell that starts the tests in the background lets them, and what they start, ignore it.
    """
    command = [sys.executable, "-m", "cli.app", "sparql", "-", "--data", str(data)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        process.wait(20)
        assert process.stderr is not None
        assert (process.returncode, "Traceback" in process.stderr.read()) == (130, False)


def test_an_interrupted_answer_exits_with_130(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C on the short way to an answer prints nothing."""

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.app.reply", interrupt)
    assert main(["ask", "who-appoints", "Chancellor"]) == 130
    assert capfd.readouterr() == ("", "")


def test_text_is_utf8_whatever_the_locale(data: Path) -> None:
    """A label with letters outside ASCII is printed where the terminal's encoding is ASCII."""
    words = ["show", "Kanzlerin", "--format", "md", "--data", str(data)]
    found = start(*words, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert found.returncode == 0, found.stderr
    assert "— as stated in" in found.stdout


def test_no_color_is_respected(data: Path) -> None:
    """A terminal gets colour, and with NO_COLOR none."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    shown = {}
    for name, extra in (("colour", {}), ("plain", {"NO_COLOR": "1"})):
        leader, follower = pty.openpty()
        command = [sys.executable, "-m", "cli.app", "ask", "who-appoints", "Chancellor"]
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"}
        process = subprocess.Popen(
            [*command, "--data", str(data)], cwd=ROOT, stdout=follower, env=environment | extra
        )
        process.wait(60)
        os.close(follower)
        shown[name] = os.read(leader, 65536).decode()
        os.close(leader)
    assert "which speaks of 1938-06-01" in shown["plain"]
    assert "\x1b[36m" in shown["colour"]
    assert "\x1b[36m" not in shown["plain"]


def test_long_proposals_stand_one_below_the_other(
    write_data: Callable[..., Path], ruritania_files: dict[str, str], say: Callable[..., tuple]
) -> None:
    """What would be a paragraph of names is a list of them."""
    name = "Commission for the supervision of the roads and bridges of the"
    bodies = "".join(
        f"- body: b{number}\n  label: {name} {word} province\n  cite: report para 9\n"
        for number, word in enumerate(["northern", "southern", "western"])
    )
    data = write_data(ruritania_files | {"xx/more.yaml": bodies})
    code, out, err = say("show", f"{name} eastern province", "--data", str(data))
    assert (code, out) == (2, "")
    assert "\nDid you mean one of these?\n  Commission" in err
    assert err.count(f"\n  {name} ") == 3
