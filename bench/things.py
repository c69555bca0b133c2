"""The things of a synthetic State, and its sources with their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.draw import draw_count, draw_number, write_name
from bench.scene import COMMON, Home
from bench.values import FIRST, LAST, Drawer
from kg.record import THINGS

if TYPE_CHECKING:
    from bench.scene import Record, Scene

UPWARD = ("part-of", "kind-of", "replaces", "amends", "under", "procedure-under")
"""Fields that lead from a thing to another one of its kind; they never lead in a circle."""
DESCRIBED = 2019
"""The year that the reports describe; laws with few versions stood then."""


def make_things(scene: Scene) -> dict[str, list[Record]]:
    """Return the records of the State and of its things by kind, its sources apart.

    Afterwards the scene knows the things and the sources.
    """
    profile = scene.profile["things"]
    taken: set[tuple[str, str]] = set()
    state = Drawer(scene).draw_labels(profile["state"]["fields"]["label"], single=True)
    labels: dict[str, list[Any]] = {}
    for kind in THINGS:
        if kind not in {"state", "source"}:
            count = max(draw_count(scene.random, profile[kind]["count"] * scene.scale), 3)
            scene.share_names(kind, count // COMMON + 1)
            labels[kind] = [_label(scene, kind, number) for number in range(count)]
            scene.things[kind] = [
                scene.identify(kind, _shorten(scene, kind, label), taken) for label in labels[kind]
            ]
    scene.homes = [_make_home(scene, about, taken) for about in scene.profile["sources"]]
    scene.things["source"] = [home.id for home in scene.homes]
    records = {kind: _make_kind(scene, kind, found) for kind, found in labels.items()}
    return {"state": [{"state": scene.code, "label": state}], **records}


def _label(scene: Scene, kind: str, number: int) -> Any:
    about = scene.profile["things"][kind]["fields"]["label"]
    shared = kind if number % COMMON == 0 else ""
    return Drawer(scene).draw_labels(about, single=True, kind=shared)


def _shorten(scene: Scene, kind: str, label: Any) -> list[str]:
    """Return the first words of an English label, as many as identifiers have."""
    words = str(label["en"] if isinstance(label, dict) else label).split()
    return words[: draw_number(scene.random, scene.profile["things"][kind]["ids"])]


def _make_kind(scene: Scene, kind: str, labels: list[Any]) -> list[Record]:
    measured = scene.profile["things"][kind]["fields"]
    drawer = Drawer(scene)
    dates = sorted(f"{scene.random.randint(FIRST, LAST - 4)}" for _ in labels)
    made = []
    for number, (name, label) in enumerate(zip(scene.things[kind], labels, strict=True)):
        fields = drawer.draw_fields(kind, measured, {"label"})
        for key in UPWARD:
            if key in fields and number:
                fields[key] = f"{kind}/{scene.pick(kind, 'beside', below=number)}"
            elif key in fields:
                del fields[key]
        if "date" in fields:  # the things of a kind stand by age, so that none amends a younger one
            fields["date"] = dates[number] + fields["date"][4:]
        record = {kind: name, "label": label, **fields}
        scene.records[kind, name] = record
        made.append(record)
    return made


def _make_home(scene: Scene, about: dict[str, Any], taken: set[tuple[str, str]]) -> Home:
    count = about["versions"]
    words = scene.english.speak(scene.random, 2)
    name = scene.identify("source", words, taken)
    if about["form"] != "law":
        day = f"{DESCRIBED}-01-{scene.random.randint(1, 28):02}"
        return Home(name, about["form"], about, [], [day], [], {}, {})
    first = FIRST + 5 if count > 4 else DESCRIBED - count + scene.random.randint(0, 1)
    step = max((DESCRIBED + 7 - first) // count, 1) if count > 4 else 2
    years = [first + step * i for i in range(count)]
    days = [f"{year}-{scene.random.randint(1, 12):02}-{scene.random.randint(1, 28):02}"
            for year in years]  # fmt: skip
    acts = scene.things["act"]
    used = sum(len(home.acts) for home in scene.homes)
    own = [acts[(used + i) % len(acts)] for i in range(max(about["acts"], 1))]
    end = f"{max(years[-1], DESCRIBED) + 1}-06-01"
    return Home(name, "law", about, [str(year) for year in years], [*days, end], own, {}, {})


def make_source(scene: Scene, home: Home) -> list[Record]:
    """Return the record of a source, and those of its versions if it is law."""
    things = scene.profile["things"]
    fields = things["source"]["fields"]
    drawer = Drawer(scene)
    label = drawer.draw_labels(fields["label"], single=True)
    words = scene.english.speak(
        scene.random, draw_number(scene.random, fields["short-name"]["words"])
    )
    source: Record = {
        "source": home.id,
        "label": label,
        "short-name": write_name([*words, home.id]),
    }
    if home.form != "law":
        source["describes"] = home.days[0]
        for key in ("paragraphs", "annexes"):
            if home.profile[key]:
                source[key] = str(home.profile[key])
        return [source]
    source["enacts"] = [f"act/{act}" for act in home.acts]
    return [source, *(_make_version(scene, home, number) for number in range(len(home.versions)))]


def _make_version(scene: Scene, home: Home, number: int) -> Record:
    measured = scene.profile["things"]["version"]["fields"]
    last = number == len(home.versions) - 1
    record: Record = {
        "version": home.versions[number],
        "label": Drawer(scene).draw_labels(measured["label"], single=True),
        "of": f"act/{home.acts[number * len(home.acts) // len(home.versions)]}",
    }
    if number:
        record["by"] = f"act/{scene.pick('act', 'beside')}"
    described = last or scene.random.random() < measured["describes"]["share"]
    if scene.random.random() < measured["from"]["share"]:
        late = scene.random.random() < measured["from"]["open"]
        record["from"] = home.days[number] + (" or later" if late else "")
    if described or "from" not in record:
        record["describes"] = home.days[number]
    return record
