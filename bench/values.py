"""Values of the fields of a record, drawn from what the profile says of each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.draw import draw_choice, draw_date, draw_number, write_phrase
from bench.measure import ACTS_OF_TARGET
from bench.shape import list_fields
from kg.form import REASONS
from kg.record import KINDS, THINGS, SeatGroup, Step

if TYPE_CHECKING:
    from bench.scene import Home, Record, Scene
    from bench.shape import Field

FIRST, LAST = 1990, 2018
"""Between these years lie the dates of acts and events."""
WORDS = {concept: words for words, concept in REASONS.items()}
"""What stands in the place of a date, by the concept that it is."""


class Drawer:
    """Draws records field by field. `span` is the time of a rule of a law, by two versions."""

    def __init__(self, scene: Scene, home: Home | None = None) -> None:
        """Draw for things, or for the statements of one source."""
        self.scene = scene
        self.random = scene.random
        self.home = home
        self.span = (0, 0)
        self._pools: dict[tuple[str, str], list[str]] = {}

    def draw_fields(self, kind: str, measured: dict[str, Any], without: set[str]) -> Record:
        """Return the fields of a record of a kind, but those that the caller makes."""
        return self._draw(KINDS[kind], measured, kind, without)

    def _draw(
        self, owner: type, measured: dict[str, Any], called: str, without: set[str]
    ) -> Record:
        record: Record = {}
        for field in list_fields(owner):
            about = measured.get(field.key)
            if about is None or field.key in without:
                continue
            if not field.required and self.random.random() >= about["share"]:
                continue
            count = draw_number(self.random, about["many"]) if field.many else 1
            drawn = [self._draw_value(field, about, called) for _ in range(count)]
            values = list(dict.fromkeys(v for v in drawn if v)) if field.many else drawn
            if values and values[0]:
                record[field.key] = values if len(values) > 1 else values[0]
        return record

    def _draw_value(self, field: Field, about: dict[str, Any], called: str) -> Any:
        random, scene = self.random, self.scene
        match field.sort:
            case "text":
                return write_phrase(
                    scene.english.speak(random, draw_number(random, about["words"]))
                )
            case "word":
                return self._draw_word(field, about, called)
            case "count":
                return str(max(draw_number(random, about["values"]), 1))
            case "number":
                return str(random.randint(1, 10 ** min(draw_number(random, about["digits"]), 9)))
            case "choice":
                return draw_choice(random, about["choices"])
            case "flag":
                return "yes"
            case "labels":
                return self.draw_labels(about, single=field.name == "name")
            case "reference":
                return self.refer(field, about)
            case "citation":
                return self.cite(about)
            case "provision":
                return self._provide(about)
            case "date":
                return self._date(about)
            case _:
                return None  # made by those who know what belongs together

    def _draw_word(self, field: Field, about: dict[str, Any], called: str) -> str:
        """Return a word of a pool that is as small as the share of different words says."""
        pool = self._pools.setdefault((called, field.key), [])
        if not pool or self.random.random() < about["different"]:
            words = self.scene.english.speak(self.random, draw_number(self.random, about["words"]))
            pool.append(" ".join(words))
            return pool[-1]
        return self.random.choice(pool)

    def draw_labels(self, about: dict[str, Any], *, single: bool, kind: str = "") -> Any:
        """Return names by language, the English ones alone as a text or a list.

        With a kind the English one is a name that all States share.
        """
        names: dict[str, Any] = {}
        for language, found in about["languages"].items():
            if self.random.random() >= found["share"] and not (single and language == "en"):
                continue
            many = 1 if single else draw_number(self.random, found["many"])
            made = [
                self.scene.name(
                    language,
                    draw_number(self.random, found["words"]),
                    kind if language == "en" else "",
                )
                for _ in range(many)
            ]
            names[language] = made if many > 1 else made[0]
        return names["en"] if list(names) == ["en"] else names

    def refer(self, field: Field, about: dict[str, Any]) -> str:
        """Return a reference to a thing, or to a statement of the same source, or an empty text."""
        kinds = {k: n for k, n in about["kinds"].items() if self._has(k)}
        if not kinds:
            return ""
        kind = draw_choice(self.random, kinds)
        if kind == "state":
            return f"state/{self.scene.code}"
        if kind in THINGS:
            role = "about" if field.name in ACTS_OF_TARGET else "beside"
            return f"{kind}/{self.scene.pick(kind, role)}"
        assert self.home is not None
        return f"{kind}/{self.random.choice(self.home.made[kind])}"

    def _has(self, kind: str) -> bool:
        if kind in THINGS:
            return bool(self.scene.things.get(kind)) or kind == "state"
        return bool(self.home and self.home.made.get(kind))

    def cite(self, about: dict[str, Any]) -> str:
        """Return a place in the source; of a thing, which has none, in a source that fits."""
        home = self.home
        kind = draw_choice(self.random, about["kinds"])
        prefix = ""
        if home is None:
            form = {"art": "law", "para": "report", "annex": "report"}.get(kind, "list")
            home = self.scene.pick_home(form) or self.scene.homes[0]
            prefix = f"{home.id} "
        if home.form == "law":
            first, last = self.span if self.home else (0, len(home.versions) - 1)
            named = home.versions[first : last + 1]
            versions = named[0] + (f" to {named[-1]}" if len(named) > 1 else "")
            return f"{prefix}art {self._cite_article(home, versions, about)}, {versions}"
        if home.form == "report" and kind == "annex":
            return f"{prefix}annex {self.random.randint(1, max(home.profile['annexes'], 1))}"
        if home.form == "report":
            return f"{prefix}para {self.random.randint(1, home.profile['paragraphs'])}"
        if kind in {"page", "entry"}:
            return f"{prefix}{kind} {self.random.randint(1, 40)}"
        heading = self.scene.english.speak(self.random, 3)
        return f"{prefix}heading {' '.join(heading)[:40].strip().capitalize()}"

    def _cite_article(self, home: Home, versions: str, about: dict[str, Any]) -> str:
        """Return an article, one that was cited before as often as the real State does that."""
        cited = home.cited.setdefault(versions, [])
        if not cited or self.random.random() < about["different"]:
            cited.append(self._article())
            return cited[-1]
        return self.random.choice(cited)

    def _article(self) -> str:
        number, part = self.random.randint(1, 99), self.random.randint(0, 9)
        return f"{number} ({part})" if part else str(number)

    def _provide(self, about: dict[str, Any]) -> str:
        act = self.scene.pick("act", "beside")
        return f"{act} art {self._article()}" if self.random.random() < about["articles"] else act

    def _date(self, about: dict[str, Any]) -> str:
        dates = sum(about["precision"].values())
        kinds = {"": dates, **about["reasons"]}
        reason = draw_choice(self.random, kinds)
        if reason:
            return WORDS[reason]
        date = draw_date(self.random, about, FIRST, LAST)
        return f"{date} or later" if self.random.random() < about["open"] else date

    def draw_steps(self, kind: str) -> list[Record]:
        """Return the steps of a rule: roles that follow one another as in the real State."""
        following = self.scene.profile["roles"].get(kind)
        steps: list[Record] = []
        role = draw_choice(self.random, following[""]) if following else ""
        while role:
            steps.append(self.draw_step(role))
            role = draw_choice(self.random, following[role])
        return steps

    def draw_step(self, role: str) -> Record:
        """Return one step in a role, with its actors first."""
        measured = self.scene.profile["steps"][role]
        count = draw_number(self.random, measured["actors"])
        actors = list(dict.fromkeys(self.draw_actor(role) for _ in range(count)))
        fields = self._draw(Step, measured["fields"], "step", set())
        return {role: actors if len(actors) > 1 else actors[0], **fields}

    def draw_actor(self, role: str, *, without: tuple[str, ...] = ()) -> str:
        """Return an actor for a role that is of none of the kinds named."""
        kinds = self.scene.profile["steps"][role]["kinds"]
        left = {k: n for k, n in kinds.items() if k not in without and self._has(k)} or {
            "office": 1
        }
        kind = draw_choice(self.random, left)
        return f"{kind}/{self.scene.pick(kind, 'beside')}"

    def draw_groups(self, about: dict[str, Any]) -> list[Record]:
        """Return the groups of seats of a composition; each says whose seats they are."""
        measured = self.scene.profile["seat group"]["fields"]
        groups = [
            self._draw(SeatGroup, measured, "seat group", set())
            for _ in range(draw_number(self.random, about["many"]))
        ]
        return [group for group in groups if "of" in group or "says" in group]
