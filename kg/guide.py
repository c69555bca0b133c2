"""The guide of the data, read as data: what each key says, and how each form of value is written.

The guide (`kg/data/README.md`) explains a key in a table for all records that have it, or behind a
`#` where an example of its kind uses it. Whoever needs the explanation takes it from here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg import place
from kg.marked import Mapping, Sequence, read_marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.finding import Finding
    from kg.marked import Value

PARTS = {"steps": "step", "members": "seat group"}
"""The keys under which parts of a record stand that have keys of their own, and their names."""


class Guide(NamedTuple):
    """What the guide says.

    `keys` holds the explanation of a key by the word for its owner (a kind of record, a part, or
    a class of records such as `rule`) and the key; `forms` says how a form of value is written.
    `examples` holds the files that the guide shows.
    """

    keys: dict[tuple[str, str], str]
    forms: dict[str, str]
    examples: dict[str, str]

    def explain(self, owner: type, called: str, key: str) -> str:
        """Return what a key says in a record or part; raises KeyError where nothing is said.

        What an example says of this kind comes before what a table says of all like it.
        """
        classes = [base.__name__.lower() for base in owner.__mro__]
        tables = [name for name, word in self.keys if word == key]
        for name in (called, *classes, *(t for t in tables if t in {"rule", "event"})):
            if (name, key) in self.keys:
                return self.keys[name, key]
        raise KeyError(f"the guide does not explain '{key}' of {called}")


def read_guide() -> Guide:
    """Return what the guide says."""
    text = (place.PACKAGE / "data" / "README.md").read_text("utf-8")
    examples = read_files(text)
    keys: dict[tuple[str, str], str] = {}
    for file, example in examples.items():
        for owner, key, line in list_used_keys(example, file):
            comment = re.search(r" # (\S.*)$", line)
            if comment:
                keys.setdefault((owner, key), comment[1])
    for part in re.split(r"^Keys of every ", text, flags=re.MULTILINE)[1:]:
        owner = part.partition(":")[0].partition(" ")[0]
        table = part.partition("\n\n## ")[0]
        for key, says in re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", table, re.MULTILINE):
            keys.setdefault((owner, key), says)
    table = text.partition("\n| form |")[2].partition("\n\n")[0]
    forms = dict(re.findall(r"^\| (.*?) \| (.*) \|$", table, re.MULTILINE))
    return Guide(keys, forms, examples)


def read_files(text: str) -> dict[str, str]:
    """Return the files that a text in Markdown shows, by name; each has its name in line one."""
    blocks = re.findall(r"^```yaml\n(# (\S+)\n.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return {name: content for content, name in blocks}


def list_used_keys(example: str, file: str) -> Iterator[tuple[str, str, str]]:
    """Yield the keys that an example uses: the kind or part that has it, the key, and its line."""
    findings: list[Finding] = []
    value = read_marked(example.encode(), file, findings)
    for record in _list_mappings(value):
        yield from _list_keys(record.items[0][0].text, record)


def _list_keys(owner: str, value: Mapping) -> Iterator[tuple[str, str, str]]:
    for key, inner in value.items:
        yield owner, key.text, key.mark.text
        for part in _list_mappings(inner):
            yield from _list_keys(PARTS.get(key.text, ""), part)


def _list_mappings(value: Value | None) -> Iterator[Mapping]:
    if isinstance(value, Sequence):
        yield from (item for item in value.items if isinstance(item, Mapping))
