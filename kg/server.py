"""What speaking with a server needs: credentials, a time limit for the whole, errors in words."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException, IncompleteRead
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kg.errors import EndpointProblem, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
_CHUNK = 65_536


class Credentials(NamedTuple):
    """A name with a password, or a token; empty where the environment holds none."""

    user: str
    password: str
    token: str


class Scheme(NamedTuple):
    """How a name and a password are shown to a server: `basic`, or `digest` within a realm."""

    name: str = "basic"
    realm: str = ""


def find_credentials() -> Credentials:
    """Return POLITEIA_USER, POLITEIA_PASSWORD and POLITEIA_TOKEN."""
    names = ("POLITEIA_USER", "POLITEIA_PASSWORD", "POLITEIA_TOKEN")
    return Credentials(*(os.environ.get(name, "") for name in names))


def check_url(url: str) -> None:
    """Raise UsageError for a URL that is not one of HTTP, or that holds a password."""
    try:
        parts = urllib.parse.urlsplit(url)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        port_is_sound = False
    if not port_is_sound or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"'{url}' is no URL of an endpoint: write http://host:port/path.")
    if parts.username or parts.password:
        raise UsageError(
            "A URL with a password is seen by everybody who sees the command. "
            "Set POLITEIA_USER and POLITEIA_PASSWORD instead."
        )


def fetch_within(url: str, limit: float, send: Callable[[Scheme, float], T]) -> T:
    """Return what `send` returns, called with a scheme and the seconds that are left.

    The scheme is basic, and digest where a server that refuses asks for that.
    """
    end = time.monotonic() + limit
    try:
        return send(Scheme(), limit)
    except EndpointProblem as error:
        asks = error.status == 401 and find_credentials().user
        realm = re.match(
            r'digest\b.*?realm="([^"]*)"', _find_offer(url, limit) if asks else "", re.IGNORECASE
        )
        if not realm:
            raise
        return send(Scheme("digest", realm[1]), max(end - time.monotonic(), 0.001))


def send_request(  # noqa: PLR0913 - a request has these parts
    url: str, method: str, content: bytes, kind: str, limit: float, *, shown: str = ""
) -> int:
    """Send a body of a media type and return the status; raises EndpointProblem as a query does.

    `shown` is the URL that an error names, if it is another.
    """
    end = time.monotonic() + limit
    with translate_errors(shown or url, limit):
        request = urllib.request.Request(url, content, method=method)  # noqa: S310 - checked
        request.add_header("Content-Type", kind)
        found = find_credentials()
        if found.token:
            request.add_header("Authorization", f"Bearer {found.token}")
        elif found.user:
            request.add_header("Authorization", _authorize(request, found, limit))
        left = max(end - time.monotonic(), 0.001)
        with urllib.request.build_opener().open(request, timeout=left) as response:
            read_whole(response, shown or url, left)
            return int(response.status)


def expect_access(url: str, limit: float) -> None:
    """Raise EndpointProblem where a server refuses access; a request without a body shows it.

    Some servers hang up on a long body instead of saying so.
    """
    with translate_errors(url, limit):
        probe = urllib.request.Request(url, method="HEAD")  # noqa: S310 - checked
        found = find_credentials()
        if found.token:
            probe.add_header("Authorization", f"Bearer {found.token}")
        elif found.user:
            probe.add_header("Authorization", _authorize(probe, found, limit))
        try:
            with urllib.request.build_opener().open(probe, timeout=limit):
                pass
        except urllib.error.HTTPError as error:
            if error.code in {401, 403, 407}:
                raise


def _authorize(request: urllib.request.Request, known: Credentials, limit: float) -> str:
    """Return the header that shows a name and password in the scheme that the server asks for.

    The server is asked without the body: some hang up on a long one that comes unauthorized.
    """
    offered = _find_offer(request.full_url, limit)
    if offered.lower().startswith("digest"):
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, request.full_url, known.user, known.password)
        handler = urllib.request.HTTPDigestAuthHandler(passwords)
        challenge = urllib.request.parse_keqv_list(
            urllib.request.parse_http_list(offered.partition(" ")[2])
        )
        answer = handler.get_authorization(request, challenge)
        if answer:
            return f"Digest {answer}"
    plain = f"{known.user}:{known.password}".encode()
    return f"Basic {base64.b64encode(plain).decode()}"


def read_whole(response: Any, url: str, limit: float) -> bytes:
    """Return the body of an answer; raises EndpointProblem if it ends early or takes too long."""
    end = time.monotonic() + limit
    parts: list[bytes] = []
    while part := response.read1(_CHUNK):
        parts.append(part)
        if time.monotonic() > end:
            raise TimeoutError
    content = b"".join(parts)
    wanted = response.headers.get("Content-Length", "")
    if wanted.isdecimal() and int(wanted) > len(content):
        raise EndpointProblem(
            f"The answer of {url} is truncated: {len(content):,} of {int(wanted):,} bytes came."
        )
    return content


@contextlib.contextmanager
def translate_errors(url: str, limit: float) -> Iterator[None]:
    """Turn what can go wrong between here and a server into an EndpointProblem in words."""
    from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException  # noqa: PLC0415 - 80 ms

    try:
        yield
    except SPARQLWrapperException as error:
        cause = error.__context__
        said = str(error).partition("Response:\n")[2]
        with contextlib.suppress(SyntaxError, ValueError):
            said = _decode(_literal(said))
        if not isinstance(cause, urllib.error.HTTPError):
            raise EndpointProblem(f"{url}: {error}") from error
        raise _explain_status(url, cause, said) from error
    except urllib.error.HTTPError as error:
        with contextlib.suppress(OSError, HTTPException):
            raise _explain_status(url, error, _decode(error.read(_CHUNK))) from error
        raise _explain_status(url, error, "") from error
    except TimeoutError as error:
        raise EndpointProblem(_late(url, limit)) from error
    except IncompleteRead as error:
        raise EndpointProblem(
            f"The answer of {url} is truncated: the connection ended before it did."
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            raise EndpointProblem(_late(url, limit)) from error
        word = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        raise EndpointProblem(
            f"{url} cannot be reached: {word}. Is the server running, and is the URL right?"
        ) from error


def _late(url: str, limit: float) -> str:
    return (
        f"{url} has not answered within {limit:g} seconds. "
        "Ask for less, or allow more with --timeout."
    )


def _explain_status(url: str, error: urllib.error.HTTPError, said: str) -> EndpointProblem:
    """Return the exception for an HTTP status, with the first lines of what the server said."""
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", said)).strip()[:300]
    words = f" It says: {shown}" if shown else ""
    known = find_credentials()
    if error.code in {401, 403, 407}:
        given = "with these credentials" if known.user or known.token else "without credentials"
        return EndpointProblem(
            f"{url} refuses access {given} ({error.code}). Set POLITEIA_USER and "
            f"POLITEIA_PASSWORD, or POLITEIA_TOKEN, in the environment.{words}",
            error.code,
        )
    if error.code in {408, 504}:
        return EndpointProblem(
            f"{url} gave up: it took too long ({error.code}).{words}", error.code
        )
    if error.code in {404, 405, 410, 501}:
        return EndpointProblem(
            f"{url} is no such service ({error.code}): the server is there, and the path is "
            f"not one that does this.{words}",
            error.code,
        )
    return EndpointProblem(f"{url} answers with an error ({error.code}).{words}", error.code)


def _find_offer(url: str, limit: float) -> str:
    """Return the schemes that a server asks for when a request comes without any."""
    probe = urllib.request.Request(url, method="HEAD")  # noqa: S310 - checked
    try:
        with urllib.request.build_opener().open(probe, timeout=limit):
            return ""
    except urllib.error.HTTPError as error:
        return str(error.headers.get("WWW-Authenticate", ""))


def _literal(text: str) -> bytes:
    import ast  # noqa: PLC0415 - SPARQLWrapper gives what the server said as the repr of bytes

    value = ast.literal_eval(text)
    return value if isinstance(value, bytes) else str(value).encode()


def _decode(content: bytes) -> str:
    return content.decode("utf-8", "replace")
