"""What a validation prints: findings for people, for programs and for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.reply import EXPLAINED, choose_format, warn, write
from kg.finding import CODES
from kg.place import DATA
from kg.validate import validate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.finding import Finding

VALIDATE_FORMATS = ("text", "json", "sarif")
JSON_VERSION = 1
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def tell_findings(folders: Sequence[str], form: str = "text", engine: str = "fast") -> int:
    """Print the findings on data folders and return the exit code: 0 without one, 1 with some.

    Raises what kg.validate.validate raises, and UsageError for another form.
    """
    chosen = choose_format(form, VALIDATE_FORMATS)
    findings = validate([Path(folder) for folder in folders] or [DATA], engine)
    write(_RENDERERS[chosen](findings))
    if not findings:
        warn("No findings.")
        return 0
    count = len(findings)
    warn(f"{count} finding{'s' if count > 1 else ''}.\n{EXPLAINED}")
    return 1


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
    from importlib.metadata import version  # noqa: PLC0415 - it takes long, and few need it

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
