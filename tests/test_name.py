"""Names of things: folded for comparison, looked up by kind and State, nearly meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import AmbiguousName, UnknownName
from kg.name import find_thing, fold, kind_of, label_of
from kg.store import open_store
from kg.vocabulary import ID

if TYPE_CHECKING:
    from pyoxigraph import Store

SULTANATE = {
    "yy/state.yaml": "- state: yy\n  label: Sultanate\n",
    "yy/office.yaml": (
        "- office: king\n  label: King\n  also: 'The O''Neill / O''Neill'\n  cite: note para 1\n"
        "- body: crown\n  label: The Crown\n  also: King\n  cite: note para 1\n"
        "- office: sagha\n  label: {en: Şağa, kk: Қазақ}\n  cite: note para 1\n"
    ),
    "yy/note/source.yaml": "- source: note\n  label: Note\n  short-name: N/2\n  describes: 1940\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, ruritania_files: dict[str, str]) -> Store:
    """Return the store of two invented States."""
    folder = tmp_path_factory.mktemp("names")
    for name, content in (ruritania_files | SULTANATE).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return open_store([folder]).store


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prime Minister", "prime-minister"),
        ("The Prime  Minister ", "PRIME MINISTER"),
        ("Akim of Nur\u2011Sultan", "akim of nur sultan"),
        ("People's Assembly", "People\u2019s assembly"),
        ("Sénat", "Senat"),
        ("Straße", "STRASSE"),
        ("ﬁnance", "finance"),
        ("Парламент Сенаты", "парламент сенаты"),
        ("Ёлка", "ёлка"),
        ("HRI/CORE/KAZ/2019", "hri core kaz 2019"),
    ],
)
def test_names_that_people_hold_for_the_same_fold_alike(one: str, other: str) -> None:
    """Case, diacritics, punctuation, spaces and a leading article tell no names apart."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Minister", "Ministry"), ("Theban", "ban"), ("Council 1", "Council 2"), ("Қазақ", "Казак")],
)
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    """Letters and digits tell names apart, and `the` is an article only as a word."""
    assert fold(one) != fold(other)


def test_bytes_that_are_no_text_fold_to_something() -> None:
    """An argument in another encoding names nothing, and does no harm."""
    assert fold("K\udcffing") == fold("K?ing")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Chancellor", "xx/office/chancellor"),
        ("the CHANCELLOR", "xx/office/chancellor"),
        ("Kanzlerin", "xx/office/chancellor"),
        ("cancellaria", "xx/office/chancellor"),
        ("chancellor", "xx/office/chancellor"),
        ("office/chancellor", "xx/office/chancellor"),
        ("xx/office/chancellor", "xx/office/chancellor"),
        (ID + "xx/office/chancellor", "xx/office/chancellor"),
        ("Parliament", "xx/body/diet"),
        ("Ruritania", "xx"),
        ("xx", "xx"),
        ("report", "xx/source/report"),
        ("Saga", "yy/office/sagha"),
        ("ҚАЗАҚ", "yy/office/sagha"),
        ("yy/office/king", "yy/office/king"),
        ("O'Neill / O\u2019Neill", "yy/office/king"),
    ],
)
def test_a_thing_is_found_by_what_people_call_it(name: str, found: str, store: Store) -> None:
    """A label, another name, an identifier, with kind or State, and an IRI mean one thing."""
    assert find_thing(store, name).value == ID + found


def test_a_name_of_several_lists_them(store: Store) -> None:
    """The candidates come with label and IRI, by label."""
    with pytest.raises(AmbiguousName) as error:
        find_thing(store, "king")
    assert list(error.value.candidates) == [
        ("King", ID + "xx/office/king"),
        ("King", ID + "yy/office/king"),
        ("The Crown", ID + "yy/body/crown"),
    ]
    with pytest.raises(AmbiguousName) as error:
        find_thing(store, "office/king")
    assert len(error.value.candidates) == 2


def test_kind_and_state_narrow_the_search(store: Store) -> None:
    """What is ambiguous everywhere may be one thing in one State or of one kind."""
    assert find_thing(store, "king", state="xx").value == ID + "xx/office/king"
    assert find_thing(store, "king", state="XX").value == ID + "xx/office/king"
    assert find_thing(store, "king", kinds=("body",)).value == ID + "yy/body/crown"
    assert find_thing(store, "Ruritania", state="xx").value == ID + "xx"
    with pytest.raises(UnknownName):
        find_thing(store, "xx/office/king", state="yy")
    with pytest.raises(UnknownName):
        find_thing(store, "Chancellor", kinds=("body",))


def test_a_near_miss_proposes_the_nearest(store: Store) -> None:
    """A slip of the finger is met by the name that was meant, of the kind that was asked for."""
    with pytest.raises(UnknownName) as error:
        find_thing(store, "Chancelor")
    assert error.value.proposals[0] == "Chancellor"
    with pytest.raises(UnknownName) as error:
        find_thing(store, "Kings", kinds=("body",))
    assert "The Crown" in error.value.proposals
    assert "King" not in error.value.proposals


@pytest.mark.parametrize(
    "name", ["", " ", "???", "/", "//", "zzz/zzz/zzz", "<x>", '"', "K\udcffing", "x" * 10_000, "\0"]
)
def test_a_strange_name_is_unknown_and_nothing_else(name: str, store: Store) -> None:
    """What nobody could mean is answered as every unknown name is."""
    with pytest.raises(UnknownName):
        find_thing(store, name)


def test_a_thing_tells_its_label_and_kind(store: Store) -> None:
    """The label is the English one; what has none is called by its IRI."""
    office = find_thing(store, "Қазақ")
    assert label_of(store, office) == "Şağa"
    assert kind_of(office) == "office"
    assert kind_of(find_thing(store, "Sultanate")) == "state"


class Watched:
    """A store that remembers with which patterns it was read."""

    def __init__(self, store: Store) -> None:
        """Read from a store."""
        self._store = store
        self.patterns: list[tuple[object, ...]] = []

    def quads_for_pattern(self, *pattern: object) -> object:
        """Return what the store returns."""
        self.patterns.append(pattern)
        return self._store.quads_for_pattern(*pattern)


@pytest.mark.parametrize(
    "name", ["Chancellor", "Қазақ", "Bundeskanzlerin", "office/king", "xx/office/chancellor"]
)
def test_a_name_that_is_known_is_looked_up_by_an_index(store: Store, name: str) -> None:
    """Each pattern binds the subject, or the predicate and the object: no scan of all names."""
    watched = Watched(store)
    find_thing(watched, name, ("office",), "" if name != "office/king" else "xx")
    assert watched.patterns
    scans = [p for p in watched.patterns if p[0] is None and (p[1] is None or p[2] is None)]
    assert scans == []
