"""Drawing from a profile: numbers, words of the model, dates and names, by one random source."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

Summary = list[int] | dict[str, int]
"""Numbers as `bench.measure` sums them up: eleven quantiles, or a histogram."""
_VOWELS = {"Latin": "aaeeiiouy", "Cyrillic": "аәеиоөұүыіэюя"}
_CONSONANTS = {"Latin": "bcdfghjklmnprstvwz", "Cyrillic": "бвгғджзкқлмнңпрстхцчшщ"}
_WORDS = 3_000


def draw_number(random: Random, summary: Summary) -> int:
    """Return a number that is spread as the summary says."""
    if isinstance(summary, dict):
        return int(draw_choice(random, summary))
    place = random.random() * (len(summary) - 1)
    low = int(place)
    return round(summary[low] + (place - low) * (summary[low + 1] - summary[low]))


def draw_choice(random: Random, counts: dict[str, int]) -> str:
    """Return one of the words, each as often as its count says."""
    return random.choices(list(counts), list(counts.values()))[0]


def draw_count(random: Random, mean: float) -> int:
    """Return a whole number whose mean is the one given, within a tenth of it."""
    wanted = mean * random.uniform(0.9, 1.1)
    return int(wanted) + (random.random() < wanted % 1)


def draw_date(random: Random, about: dict[str, Any], first: int, last: int) -> str:
    """Return a date of the years from `first` to `last`, in a precision that the profile has."""
    day = f"{random.randint(first, last)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return day[: int(draw_choice(random, about["precision"]))] if about["precision"] else day


class Tongue:
    """An invented language: some thousand words from syllables, few of them used often."""

    def __init__(self, random: Random, script: str, letters: Summary) -> None:
        """Make up the words; `letters` says how long they are."""
        self._random = random
        known: dict[str, None] = {}
        while len(known) < _WORDS:
            known[self._make_word(script, draw_number(random, letters))] = None
        self._words = list(known)
        self._weights = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))

    def _make_word(self, script: str, length: int) -> str:
        random = self._random
        letters: list[str] = []
        vowel = random.random() < 0.3
        while len(letters) < length or (len(letters) < 2 and length > 1):
            letters.append(random.choice((_VOWELS if vowel else _CONSONANTS)[script]))
            vowel = not vowel or random.random() < 0.1
        # There are too few short words for all; the rest is a letter longer.
        return "".join(letters) if length > 2 else "".join(letters) + random.choice(_VOWELS[script])

    def speak(self, random: Random, count: int) -> list[str]:
        """Return so many words, at least one."""
        return random.choices(self._words, cum_weights=self._weights, k=max(count, 1))


def write_name(words: Sequence[str]) -> str:
    """Return words as a name: the first one and the longer ones with a capital."""
    return " ".join(w if i and len(w) < 4 else w.capitalize() for i, w in enumerate(words))


def write_phrase(words: Sequence[str]) -> str:
    """Return words as a sentence."""
    return " ".join(words).capitalize() + "."
