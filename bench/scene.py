"""What is known of a synthetic State while it is made: its things, its sources, its names."""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from bench.draw import Tongue, draw_number, write_name
from kg.record import THINGS

Record = dict[str, Any]
COMMON = 4
"""Every so many things have an English name that things of all States share."""
SCARCE = 200
"""So often a name is drawn anew that is taken, before a number is put behind it."""


class Home(NamedTuple):
    """A source that is being made, with the identifiers of its statements by kind.

    `days` holds the first day of each version of a law and one after all of them; of a source that
    has none it holds the day described. `cited` holds the articles cited so far, by versions.
    """

    id: str
    form: str
    profile: dict[str, Any]
    versions: list[str]
    days: list[str]
    acts: list[str]
    made: dict[str, list[str]]
    cited: dict[str, list[str]]


class Scene:
    """One State in the making. All that is drawn comes from `random`, so the seed fixes it."""

    def __init__(self, profile: dict[str, Any], seed: int, number: int, scale: float) -> None:
        """Prepare the State of a number; `scale` is its size, 1 that of the real one."""
        self.profile = profile
        self.scale = scale
        self.code = f"s{number:03}"
        self.random = Random(f"{seed}/{self.code}")
        letters = profile["letters"]
        self._seed = seed
        self._shared: dict[str, list[str]] = {}
        self.english = Tongue(Random(f"{seed}/en"), "Latin", letters["texts"])
        self.tongues = {
            tag: self.english if tag == "en" else Tongue(self.random, script, letters["names"])
            for tag, script in profile["languages"].items()
        }
        self.things: dict[str, list[str]] = {}
        self.records: dict[tuple[str, str], Record] = {}
        self.homes: list[Home] = []
        self.taken: set[tuple[str, str]] = set()
        self.deciders: dict[str, set[str]] = {}
        self.seats: dict[str, int] = {}
        self._weights: dict[tuple[str, str], list[float]] = {}

    def share_names(self, kind: str, count: int) -> None:
        """Draw the names of a kind that all States share; the same ones in each State."""
        words = self.profile["things"][kind]["fields"]["label"]["languages"]["en"]["words"]
        random = Random(f"{self._seed}/common/{kind}")
        names = (write_name(self.english.speak(random, draw_number(random, words)))
                 for _ in range(3 * count))  # fmt: skip
        self._shared[kind] = list(dict.fromkeys(names))

    def name(self, language: str, words: int, kind: str = "") -> str:
        """Return a name that nothing else in the State has in this language.

        With a kind it is the next one that all States share.
        """
        for _ in range(SCARCE):
            shared = self._shared.get(kind)
            name = shared.pop(0) if shared else write_name(
                self.tongues[language].speak(self.random, words)
            )  # fmt: skip
            if self._take(language, name):
                return name
        number = 2
        while not self._take(language, f"{name} {number}"):
            number += 1
        return f"{name} {number}"

    def _take(self, language: str, name: str) -> bool:
        fresh = (language, name.casefold()) not in self.taken
        self.taken.add((language, name.casefold()))
        return fresh

    def identify(self, kind: str, words: list[str], taken: set[tuple[str, str]]) -> str:
        """Return an identifier made of words that no other record of the kind has."""
        wanted = "-".join(words).lower()[:90].strip("-")
        number, name = 2, wanted
        while (kind, name) in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add((kind, name))
        return name

    def pick(self, kind: str, role: str, below: int | None = None) -> str:
        """Return a thing of a kind; the first ones are named most often, as in the real State.

        With `below` only one of the first so many things is picked.
        """
        things = self.things[kind]
        if (kind, role) not in self._weights:
            named = self.profile["named"][role][kind]
            wanted = max(self.profile["things"][kind]["count"], 1)
            counts = [*named, *[0] * max(wanted - len(named), 0)]
            stretched = [counts[int(i * len(counts) / len(things))] for i in range(len(things))]
            self._weights[kind, role] = list(accumulate(count + 0.01 for count in stretched))
        weights = self._weights[kind, role]
        if below is None:
            return self.random.choices(things, cum_weights=weights)[0]
        return self.random.choices(things[:below], cum_weights=weights[:below])[0]

    def pick_home(self, form: str) -> Home | None:
        """Return a source of a form, the larger ones more often; None if there is none."""
        homes = [home for home in self.homes if home.form == form]
        sizes = [sum(home.profile["counts"].values()) for home in homes]
        return self.random.choices(homes, sizes)[0] if homes else None

    def rank(self, reference: str) -> int:
        """Return a number of a thing that is higher the lower it stands."""
        kind, name = reference.split("/")
        return self.things[kind].index(name) * len(THINGS) + THINGS.index(kind)
