"""A SPARQL 1.1 endpoint in the place of the embedded store: asked, and told from what is none.

The user's name and password, or a token, come from the environment (POLITEIA_USER and
POLITEIA_PASSWORD, or POLITEIA_TOKEN), and so do proxies (http_proxy, https_proxy, no_proxy).
"""

from __future__ import annotations

import re
import urllib.request
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError, ParserCreate

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.errors import EndpointProblem
from kg.server import check_url, fetch_within, find_credentials, read_whole, translate_errors
from kg.vocabulary import GRAPH, expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import QuerySolutions, Triple

    from kg.server import Scheme

_RESULTS = ("application/sparql-results+xml", "application/xml", "text/xml")
_SOURCE = f"<{expand('pol:Source')}>"


class Endpoint:
    """An endpoint at a URL; `graphs` are read as one, all of its default graph if there is none."""

    def __init__(self, url: str, limit: float, graphs: Sequence[str] = ()) -> None:
        """Keep the URL, how many seconds an answer may take, and the graphs."""
        self.url = url
        self.limit = limit
        self.graphs = tuple(graphs)
        self.server = ""
        """What the server called itself in its last answer."""

    def select(self, query: str) -> QuerySolutions:
        """Return what a SELECT finds; raises EndpointProblem where no whole answer comes."""
        found = self._read_results(query)
        if isinstance(found, QueryBoolean):
            raise EndpointProblem(f"{self.url} answers a SELECT with a truth value.")
        return found

    def ask(self, query: str) -> bool:
        """Return what an ASK finds; raises EndpointProblem where no whole answer comes."""
        found = self._read_results(query)
        if not isinstance(found, QueryBoolean):
            raise EndpointProblem(f"{self.url} answers an ASK with rows.")
        return bool(found)

    def construct(self, query: str) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE; raises EndpointProblem as select."""
        content, kind = self._send(query, "turtle")
        form = RdfFormat.from_media_type(kind)
        if form is None:
            raise EndpointProblem(_not_sparql(self.url, kind))
        try:
            return [quad.triple for quad in parse(content, format=form, base_iri=self.url)]
        except SyntaxError as error:
            raise EndpointProblem(_truncated(self.url, len(content), error)) from error

    def _read_results(self, query: str) -> QuerySolutions | QueryBoolean:
        content, kind = self._send(query, "xml")
        if kind not in _RESULTS:
            raise EndpointProblem(_not_sparql(self.url, kind))
        try:
            ParserCreate().Parse(content, True)  # noqa: FBT003 - its own: there is no more
            found = parse_query_results(content, QueryResultsFormat.XML)
            if isinstance(found, QueryBoolean):
                return found
            for _ in found:  # whether it is whole shows at its end only
                pass
        except (ExpatError, SyntaxError, ValueError) as error:
            raise EndpointProblem(_truncated(self.url, len(content), error)) from error
        whole = parse_query_results(content, QueryResultsFormat.XML)
        assert not isinstance(whole, QueryBoolean)  # noqa: S101 - it was not one a line above
        return whole

    def _send(self, query: str, form: str) -> tuple[bytes, str]:
        """Return the body and the media type of an answer."""

        def send(scheme: Scheme, left: float) -> tuple[bytes, str]:
            with translate_errors(self.url, self.limit):
                wrapper = self._wrap(query, form, scheme, left)
                try:
                    response = wrapper.query().response
                finally:  # in the digest scheme it leaves the password to all that urllib opens
                    urllib.request.install_opener(None)
                content = read_whole(response, self.url, left)
                self.server = response.headers.get("Server", "")
                _expect_all_rows(self.url, response.headers)
                return content, response.headers.get_content_type()

        return fetch_within(self.url, self.limit, send)

    def _wrap(self, query: str, form: str, scheme: Scheme, left: float) -> Any:
        """Return a SPARQLWrapper that is ready to be sent."""
        from SPARQLWrapper import BASIC, DIGEST, POST, SPARQLWrapper  # noqa: PLC0415 - 80 ms

        wrapper = SPARQLWrapper(self.url, returnFormat=form)
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(POST)
        wrapper.setQuery(query)
        # It guesses the kind by keywords, also in comments, and cuts the limit to whole seconds.
        wrapper.queryType = "CONSTRUCT" if form == "turtle" else "SELECT"
        wrapper.timeout = left  # type: ignore[assignment] # it is passed on as it is
        for graph in self.graphs:
            wrapper.addParameter("default-graph-uri", graph)
        found = find_credentials()
        if found.token:
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {found.token}")
        elif found.user:
            wrapper.setCredentials(found.user, found.password, scheme.realm)
            wrapper.setHTTPAuth(DIGEST if scheme.name == "digest" else BASIC)
        return wrapper


def connect(url: str, limit: float) -> Endpoint:
    """Return an endpoint that holds data of ours, with the graphs in which it lies.

    Where its default graph does not show the data, the named graphs of each State are read as
    one. Raises UsageError for a URL that is none, EndpointProblem where nothing answers as an
    endpoint or no data of ours is there.
    """
    endpoint = open_endpoint(url, limit)
    if endpoint.ask(f"ASK {{ ?source a {_SOURCE} }}"):
        return endpoint
    found = endpoint.select(
        f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?source a {_SOURCE} }} }}"
    )
    asserted = sorted(_value(row["graph"]) for row in found)
    states = [g.removesuffix("/asserted") for g in asserted if g.startswith(GRAPH)]
    if not states:
        raise EndpointProblem(
            f"{url} is a SPARQL endpoint, but holds no data of Politeia; "
            "'politeia publish' loads it there."
        )
    layers = ("asserted", "derived", "provenance")
    graphs = [f"{state}/{layer}" for state in states for layer in layers]
    return Endpoint(url, limit, [*graphs, GRAPH + "ontology"])


def open_endpoint(url: str, limit: float) -> Endpoint:
    """Return an endpoint without asking it; raises UsageError for a URL that is none."""
    check_url(url)
    return Endpoint(url, limit)


def _value(term: Any) -> str:
    return str(term.value)


def _expect_all_rows(url: str, headers: Any) -> None:
    """Raise EndpointProblem where the server says that it left rows out."""
    said = headers.get("X-SPARQL-MaxRows") or headers.get("X-SQL-Message")
    if said:
        raise EndpointProblem(
            f"The answer of {url} is truncated: the server keeps to a limit of its own ({said}). "
            "Ask for less, with --source or --as-of, or have the limit raised."
        )


def _truncated(url: str, size: int, error: Exception) -> str:
    reason = re.sub(r"\s+", " ", str(error))[:200]
    return (
        f"The answer of {url} is truncated or damaged after {size:,} bytes ({reason}). "
        "Servers break off so at a time limit of their own: ask for less, or ask again."
    )


def _not_sparql(url: str, kind: str) -> str:
    return (
        f"{url} does not answer as a SPARQL endpoint: it sends {kind}. "
        "The URL is that of the query service, such as http://localhost:7878/query."
    )
