"""The statements of the sources of a synthetic State, and what must hold between them.

Most fields are drawn one by one; here stands what the shapes demand of several fields, or of
several records, together: nobody appoints itself, parts add up, a circle is never closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.draw import draw_choice, draw_count, draw_number
from bench.figures import FIGURE, make_figure, make_table, settle_figures
from bench.values import Drawer

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.scene import Home, Record, Scene

DECIDING = ("appoints", "elects", "forms", "sits-ex-officio", "selects", "succeeds")
LAST_KINDS = ("composition", "contradiction")
"""Kinds that are made after all others, since they count or name these."""
TIMES = 5
"""So often a time is drawn anew in which another rule on the same matter stood."""


def make_statements(scene: Scene) -> dict[str, list[Record]]:
    """Return the records of each source of a scene, by its identifier, in a mixed order."""
    made: dict[str, list[Record]] = {}
    for late in (False, True):
        for home in scene.homes:
            maker = _Maker(scene, home)
            for kind, mean in sorted(home.profile["counts"].items()):
                if (kind in LAST_KINDS) is late:
                    for _ in range(draw_count(scene.random, mean * scene.scale)):
                        made.setdefault(home.id, []).extend(maker.make(kind))
            settle_figures(scene.random, made.get(home.id, []))
    for records in made.values():
        scene.random.shuffle(records)
    return made


class _Maker(Drawer):
    """Makes the statements of one source."""

    def __init__(self, scene: Scene, home: Home) -> None:
        super().__init__(scene, home)
        self.source = home
        self._taken: set[tuple[str, str]] = {
            (kind, name) for kind, names in home.made.items() for name in names
        }
        self._stood: dict[tuple[str, str], list[tuple[int, int]]] = {}

    def make(self, kind: str) -> list[Record]:
        """Return a record of a kind, or nothing where the draw cannot be made sound."""
        measured = self.scene.profile["statements"][f"{self.source.form} {kind}"]
        self.span = self._draw_span()
        if kind == "table":
            fields: Record | None = make_table(self, measured["fields"])
        elif kind == FIGURE:
            fields = make_figure(self, measured["fields"])
        else:
            fields = self.draw_fields(kind, measured["fields"], {"steps", "members"})
            steps = measured["fields"].get("steps")
            if steps and self.random.random() < steps["share"]:
                fields["steps"] = self.draw_steps(kind)
            mend = _MENDERS.get(kind)
            if mend:
                fields = mend(self, fields, measured["fields"])
            if fields is not None:
                self._mend_time(fields)
        if fields is None:
            return []
        words = self.scene.english.speak(self.random, draw_number(self.random, measured["ids"]))
        name = self.scene.identify(kind, words, self._taken)
        self.source.made.setdefault(kind, []).append(name)
        return [{kind: name, **fields}]

    def _draw_span(self) -> tuple[int, int]:
        if self.source.form != "law":
            return (0, 0)
        spans = self.source.profile["spans"] or {f"0-{len(self.source.versions) - 1}": 1}
        first, last = draw_choice(self.random, spans).split("-")
        return int(first), int(last)

    def part(self, kind: str, target: str, record: Record) -> None:
        """Give a rule a time in which no other one on the same matter stood, if one is found soon.

        Its citations are drawn already and are moved to that time.
        """
        stood = self._stood.setdefault((kind, target), [])
        for _ in range(TIMES):
            if all(last < self.span[0] or self.span[1] < first for first, last in stood):
                break
            self.span = self._draw_span()
        stood.append(self.span)
        if self.source.form == "law":
            about = self.scene.profile["statements"][f"law {kind}"]["fields"]["cite"]
            count = len(record["cite"]) if isinstance(record["cite"], list) else 1
            cited = list(dict.fromkeys(self.cite(about) for _ in range(count)))
            record["cite"] = cited if len(cited) > 1 else cited[0]

    def _mend_time(self, record: Record) -> None:
        """Put the dates of a rule into an order that its source allows."""
        if self.source.form == "law":
            first, last = self.span
            for key, place in (("from", first), ("until", last)):
                if record.get(key, "")[:1].isdigit():
                    month = "07" if key == "from" else "12"
                    record[key] = f"{int(self.source.days[place][:4])}-{month}-31"
                    if record[key] <= self.source.days[place] or key == "until":
                        del record[key]
            return
        dates = [record.get(key, "")[:4] for key in ("from", "until")]
        if all(date.isdigit() for date in dates) and dates[0] >= dates[1]:
            del record["until"]


def _list_steps(record: Record) -> list[Record]:
    steps: list[Record] = record.get("steps", [])
    return steps


def _role(step: Record) -> str:
    return next(iter(step))


def _actors(step: Record) -> list[str]:
    actors = step[_role(step)]
    return actors if isinstance(actors, list) else [actors]


def _mend_selection(maker: _Maker, record: Record, _measured: Any) -> Record:
    scene, target = maker.scene, record["fills"]
    maker.part("selection", target, record)
    steps = _list_steps(record)
    roles = [_role(step) for step in steps]
    if "consents" in roles and not set(roles) & set(DECIDING):
        steps.append(maker.draw_step("appoints"))
    used = scene.deciders.setdefault(target, set()) if "seats" in record else set()
    for step in steps:
        role = _role(step)
        if role in DECIDING:
            banned = ("body",) if role == "sits-ex-officio" else ()
            actors = [a for a in _actors(step) if a != target and a not in used
                      and a.split("/")[0] not in banned]  # fmt: skip
            while not actors:
                actor = maker.draw_actor(role, without=banned)
                if actor not in used and actor != target:
                    actors = [actor]
                elif maker.random.random() < 0.1:
                    record.pop("seats", None)
                    used = set()
            step[role] = actors if len(actors) > 1 else actors[0]
            used.update(actors)
    body = scene.records[tuple(target.split("/"))].get("post-in")
    if body and "seats" in record:
        scene.seats[body] = scene.seats.get(body, 0) + int(record["seats"])
    return record


def _mend_removal(maker: _Maker, record: Record, _measured: Any) -> Record:
    maker.part("removal", record["empties"], record)
    if record["empties"].startswith("office/"):
        record["steps"] = [
            {"dismisses" if key == "dissolves" else key: value for key, value in step.items()}
            for step in _list_steps(record)
        ]
    return {key: value for key, value in record.items() if value}


def _mend_term(maker: _Maker, record: Record, _measured: Any) -> Record:
    maker.part("term", record["of"], record)
    if "years" in record:
        record.pop("for-life", None)
    return record


def _mend_composition(maker: _Maker, record: Record, measured: Any) -> Record:
    scene, body = maker.scene, record["of"]
    maker.part("composition", body, record)
    about = measured.get("members")
    if about and maker.random.random() < about["share"]:
        record["members"] = maker.draw_groups(about)
    if "size" in record:
        listed = sum(int(g.get("seats", 0)) for g in record.get("members", []) if "per" not in g)
        record["size"] = str(max(int(record["size"]), listed, scene.seats.get(body, 0)))
    parts = record.get("parts", [])
    lower = [part for part in (parts if isinstance(parts, list) else [parts])
             if scene.rank(part) > scene.rank(body)]  # fmt: skip
    record["parts"] = lower
    return {key: value for key, value in record.items() if value}


def _mend_eligibility(maker: _Maker, record: Record, _measured: Any) -> Record:
    maker.part("eligibility", record["for"], record)
    if int(record.get("maximum-age", 200)) < int(record.get("minimum-age", 1)):
        record["maximum-age"] = str(int(record["minimum-age"]) + 30)
    return record


def _mend_succession(maker: _Maker, record: Record, _measured: Any) -> Record:
    for step in _list_steps(record):
        if _role(step) == "succeeds":
            step["succeeds"] = maker.draw_actor("succeeds", without=("body",))
    return record


def _mend_subordination(maker: _Maker, record: Record, _measured: Any) -> Record | None:
    low, high = record["subject"], record["superior"]
    if low == high:
        return None
    if maker.scene.rank(low) < maker.scene.rank(high):
        record["subject"], record["superior"] = high, low
    return record


def _mend_event_of_act(maker: _Maker, record: Record, _measured: Any) -> Record:
    """Date what happened to an act after the act, and by the year alone."""
    act = maker.scene.records.get(tuple(record["of"].split("/")), {})
    if "on" in record and "date" in act:
        record["on"] = str(int(act["date"][:4]) + 1 + maker.random.randint(0, 3))
    return record


def _mend_force(_maker: _Maker, record: Record, _measured: Any) -> Record:
    """Let what ends do so after all that is told to have happened to it."""
    if record.get("until", "")[:1].isdigit():
        record["until"] = "2030"
    return record


def _mend_treaty_action(maker: _Maker, record: Record, _measured: Any) -> Record:
    """Date the actions on one treaty in the order in which they are taken."""
    if "on" in record:
        treaty = maker.scene.things["treaty"].index(record["treaty"].split("/")[1])
        later = 0 if record["action"] == "signature" else 1
        record["on"] = f"{1992 + treaty % 20 + later}" + record["on"][4:]
    return record


def _mend_submission(maker: _Maker, record: Record, _measured: Any) -> Record:
    treaty = maker.scene.records.get(tuple(record.get("treaty", "/").split("/")), {})
    if "to" in record and "monitored-by" in treaty:
        record["to"] = treaty["monitored-by"]
    return record


_MENDERS: dict[str, Callable[[_Maker, Record, Any], Record | None]] = {
    "selection": _mend_selection,
    "removal": _mend_removal,
    "term": _mend_term,
    "composition": _mend_composition,
    "eligibility": _mend_eligibility,
    "succession": _mend_succession,
    "subordination": _mend_subordination,
    "adoption": _mend_event_of_act,
    "amendment": _mend_event_of_act,
    "force": _mend_force,
    "treaty-action": _mend_treaty_action,
    "submission": _mend_submission,
}
