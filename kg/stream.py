"""The dump of a store in pieces: written State by State, so that many States need no more memory.

The bytes are those that `kg.dump.render_dump` makes of all quads at once; a test holds the two
together.
"""

from __future__ import annotations

import tempfile
from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

from kg.dump import read_context
from kg.jsonld import stream_jsonld
from kg.portion import ONTOLOGY_GRAPH, WORDS, Portion, Portions, parse_lines
from kg.turtle import TurtleWriter
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Store

_SPOOLED = 1 << 26
"""So many bytes are held before they go to a file."""
_PIECE = 1 << 20


def stream_dump(store: Store, name: str, state: str = "") -> Iterator[bytes]:
    """Yield in pieces what `render_dump` returns of all that is published, or of one State.

    It is written State by State, so that what one takes is not held while the next is written.
    Raises ValueError if there is a blank node.
    """
    portions = Portions(store, state)
    if name == "nt":
        yield from _stream_lines(portions)
    elif name == "jsonld":
        lines = (chain.from_iterable(portion.values()) for portion in portions.values())
        triples = ({quad.triple for quad in parse_lines(found)} for found in lines)
        yield from stream_jsonld(triples, read_context())
    else:
        writer = TurtleWriter()
        texts = (_stream_graphs if name == "trig" else _stream_blocks)(portions, writer)
        with tempfile.SpooledTemporaryFile(_SPOOLED) as body:
            for text in texts:
                body.write(text.encode())
            yield writer.write_head().encode()  # only now is known which prefixes there are
            body.seek(0)
            while piece := body.read(_PIECE):
                yield piece


def _stream_blocks(portions: Portions, writer: TurtleWriter) -> Iterator[str]:
    for name, portion in portions.items():
        yield writer.write_graph(portion, portions.read_labels(name))


def _stream_graphs(portions: Portions, writer: TurtleWriter) -> Iterator[str]:
    homes = {graph: name for name, graphs in portions.graphs.items() for graph in graphs}
    words = ONTOLOGY_GRAPH.value
    labels: Mapping[str, str] = {}
    named = ""
    for graph in sorted({*homes, words}, key=lambda iri: f"<{iri}>"):
        home = homes.get(graph, "")
        if home != named or not labels:
            labels, named = portions.read_labels(home), home
        lines = portions.words if graph == words else Portion(portions.store, [graph], {})
        if lines:
            yield writer.write_block(f"<{graph}>", lines, labels)


def _stream_lines(portions: Portions) -> Iterator[bytes]:
    """Yield the lines of all portions, sorted.

    The node of a State need not stand beside what is below it, and what is of no State need not
    stand at the end, so that these wait for their places.
    """
    waiting = _sort(portions[WORDS]) if WORDS in portions else []
    for name in sorted((name for name in portions if name != WORDS), key=lambda name: f"{name}/"):
        start = f"<{ID}{name}/"
        lines = _sort(portions[name])
        below = [line for line in lines if line.startswith(start)]
        waiting = sorted({*waiting, *(line for line in lines if not line.startswith(start))})
        place = bisect_left(waiting, start)
        yield _join_lines(waiting[:place])
        yield _join_lines(below)
        waiting = waiting[place:]
    yield _join_lines(waiting)


def _sort(portion: Portion) -> list[str]:
    return sorted(set(chain.from_iterable(portion.values())))


def _join_lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
