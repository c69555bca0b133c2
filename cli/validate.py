"""`politeia validate`: everything that is wrong in the data, at the line that was written."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.complete import complete_words
from cli.options import Data
from cli.reply import EXPLAINED, choose_format, warn, write
from kg.finding import CODES, Finding
from kg.place import DATA
from kg.validate import ENGINES
from kg.validate import validate as find_faults

VALIDATE_FORMATS = ("text", "json", "sarif")
JSON_VERSION = 1
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def validate(
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_words(VALIDATE_FORMATS),
            help=f"{', '.join(VALIDATE_FORMATS)}.",
        ),
    ] = "text",
    engine: Annotated[
        str,
        typer.Option(
            metavar="ENGINE",
            help=f"{', '.join(ENGINES)}: ours, or the reference, which takes minutes.",
        ),
    ] = "fast",
    data: Data = [],
) -> None:
    """Check the data: how it is written, what refers to what, and all that the shapes demand.

    Exit code 0 without a finding, 1 with some.
    """
    chosen = choose_format(form, VALIDATE_FORMATS)
    findings = find_faults([Path(folder) for folder in data] or [DATA], engine)
    write(_RENDERERS[chosen](findings))
    if not findings:
        warn("No findings.")
        return
    count = len(findings)
    warn(f"{count} finding{'s' if count > 1 else ''}.\n{EXPLAINED}")
    raise typer.Exit(1)


def _render_text(findings: list[Finding]) -> str:
    return "".join(finding.render() + "\n\n" for finding in findings)


def _render_json(findings: list[Finding]) -> str:
    """Return a JSON object with the version of its form and a list of findings."""
    listed = [
        {
            "code": finding.code,
            "severity": finding.severity,
            "file": finding.mark.file,
            "line": finding.mark.line,
            "column": finding.mark.column,
            "text": finding.mark.text,
            "message": finding.message,
            "advice": finding.advice,
        }
        for finding in findings
    ]
    content = {"version": JSON_VERSION, "findings": listed}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _render_sarif(findings: list[Finding]) -> str:
    """Return a SARIF 2.1.0 log with one run, as editors and forges read it."""
    used = sorted({finding.code for finding in findings})
    rules = [{"id": code, "shortDescription": {"text": CODES[code]}} for code in used]
    driver = {"name": "politeia", "version": version("politeia"), "rules": rules}
    results: list[dict[str, Any]] = [
        {
            "ruleId": finding.code,
            "ruleIndex": used.index(finding.code),
            "level": finding.severity,
            "message": {"text": f"{finding.message}. {finding.advice}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": finding.mark.file, "uriBaseId": "DATA"},
                        "region": {
                            "startLine": finding.mark.line,
                            "startColumn": finding.mark.column,
                        },
                    }
                }
            ],
        }
        for finding in findings
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


_RENDERERS = {"text": _render_text, "json": _render_json, "sarif": _render_sarif}
