"""What a web server needs to know: which file answers for an IRI, by what the client accepts.

A client gets 303 See Other to the page or to the data beside it. Of several formats that it
accepts it gets the one with the highest quality, read to a tenth; where two are equal, or where
it accepts anything, HTML comes first, then Turtle.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.media import MEDIA, PAGE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MEDIA = {".html": r"(text/html|application/xhtml\+xml)"} | {
    f".{name}": re.escape(MEDIA[name]) for name in PAGE_FORMATS
}
"""The patterns of the media types of what answers for an IRI, by the end of the file's name."""


class Words(NamedTuple):
    """The first steps of the IRIs of some concepts, such as `role`, and the page they are on."""

    steps: tuple[str, ...]
    page: str


def gather_words(terms: Iterable[tuple[str, str]]) -> list[Words]:
    """Return the words from the paths of concepts, `role/appoints`, and their pages."""
    pages: dict[str, set[str]] = {}
    for path, page in terms:
        pages.setdefault(page, set()).add(path.partition("/")[0])
    return [Words(tuple(sorted(steps)), page) for page, steps in sorted(pages.items())]


def list_choices() -> Iterator[tuple[str, str]]:
    """Yield patterns for the header Accept and the ending that each asks for, the best first."""
    for tenth in range(10, 0, -1):
        for ending, media in _MEDIA.items():
            yield rf"(^|[,\s]){media}\s*{_write_quality(tenth)}", ending


def _write_quality(tenth: int) -> str:
    """Return the pattern of a quality of so many tenths; none is written for a whole."""
    if tenth == 10:
        return r"((;\s*(?!q=)[^,;]+)*(;\s*q=1(\.0*)?)?)\s*(,|$)"
    return rf"(;\s*(?!q=)[^,;]+)*;\s*q=0?\.{tenth}"


def write_nginx_map() -> str:
    """Return what stands in `http { }`: from the header Accept to the ending of a file."""
    lines = [f'  "~*{pattern}" "{ending}";' for pattern, ending in list_choices()]
    return "\n".join([
        "# Politeia: include this in http { }, and nginx-server.conf in server { }.",
        "map $http_accept $politeia_ending {",
        '  default ".html";',
        *lines,
        "}",
        "",
    ])  # fmt: skip


def write_nginx_server(words: Sequence[Words]) -> str:
    """Return what stands in `server { }` of a host whose root is the folder of the site."""
    types = "\n".join(f"  {media} {ending};" for ending, media in sorted(MEDIA.items()))
    rewrites = "\n".join(
        f'  if ($uri ~ "^/((?:{"|".join(w.steps)})/.+)$") {{\n'
        f"    set $politeia_page /{w.page}; set $politeia_place $1;\n  }}"
        for w in words
    )
    return _NGINX.replace("@TYPES@", types).replace("@WORDS@", rewrites)


_NGINX = r"""# Politeia: include this in server { }, whose root is this folder.
absolute_redirect off;
charset utf-8;
charset_types text/html text/css text/turtle application/ld+json application/n-triples
  application/trig application/json;
types {
@TYPES@
}

location ~ /\.|/nginx-[a-z]+\.conf$ {
  return 404;
}
rewrite ^/$ /index.html;
location / {
  add_header Access-Control-Allow-Origin * always;
  add_header Vary Accept always;
  try_files $uri @politeia;
}
location @politeia {
  add_header Access-Control-Allow-Origin * always;
  add_header Vary Accept always;
  set $politeia_page $uri;
  set $politeia_place "";
  set $politeia_four "";
  set $politeia_rest "";
  if ($uri ~ "^(/ontology(?:/[a-z]+)?)/[0-9.]+$") {
    set $politeia_page $1;
  }
  if ($uri ~ "^/(graph)/([^/]+)/(.+)$") {
    set $politeia_page /id/$2; set $politeia_place $1/$3;
  }
@WORDS@
  if ($uri ~ "^(/id(?:/[^/]+){3})(?:/(.+))?$") {
    set $politeia_page $1; set $politeia_place $2;
  }
  if ($uri ~ "^(/id(?:/[^/]+){4})(?:/(.+))?$") {
    set $politeia_four $1; set $politeia_rest $2;
  }
  if (-f $document_root$politeia_four.html) {
    set $politeia_page $politeia_four; set $politeia_place $politeia_rest;
  }
  if (!-f $document_root$politeia_page.html) {
    return 404;
  }
  set $politeia_chosen $politeia_ending;
  if (!-f $document_root$politeia_page$politeia_ending) {
    set $politeia_chosen .html;
  }
  set $politeia_hash "#$politeia_place";
  if ($politeia_place = "") {
    set $politeia_hash "";
  }
  if ($politeia_chosen != .html) {
    set $politeia_hash "";
  }
  return 303 $politeia_page$politeia_chosen$politeia_hash;
}
"""


def write_htaccess(words: Sequence[Words]) -> str:
    """Return the same for Apache, in a `.htaccess` at the root of a host."""
    chosen = "\n".join(
        f"RewriteCond %{{ENV:POLITEIA_ENDING}} =none\n"
        f'RewriteCond %{{HTTP:Accept}} "{pattern}" [NC]\n'
        f"RewriteRule ^ - [E=POLITEIA_ENDING:{ending}]"
        for pattern, ending in list_choices()
    )
    rules = [
        *_redirect(r"^(id(?:/[^/]+){4})(?:/(.+))?$"),
        *_redirect(r"^(id(?:/[^/]+){3})(?:/(.+))?$"),
        *_redirect(r"^(id(?:/[^/]+){1,2})()$"),
        *_redirect(r"^(ontology(?:/[a-z]+)?)(?:/[0-9.]+)?()$"),
        *_redirect(r"^graph/([^/]+)/(.+)$", "id/$1", "graph/$2"),
    ]
    for w in words:
        rules += _redirect(rf"^((?:{'|'.join(w.steps)})/.+)$", w.page, place="$1")
    types = "\n".join(f"AddType {media} .{ending}" for ending, media in sorted(MEDIA.items()))
    return (
        _HTACCESS.replace("@TYPES@", types)
        .replace("@CHOSEN@", chosen)
        .replace("@RULES@", "\n".join(rules))
    )


def _redirect(pattern: str, page: str = "$1", place: str = "$2") -> Iterator[str]:
    """Yield the rules for a sort of IRI: data where there is a file of it, else the page."""
    data = "%{ENV:POLITEIA_ENDING}"
    yield f"RewriteCond {data} !=.html"
    yield f"RewriteCond %{{DOCUMENT_ROOT}}/{page}{data} -f"
    yield f"RewriteRule {pattern} /{page}{data} [R=303,L]"
    if place == "$2":
        yield 'RewriteCond $2 =""'
        yield f"RewriteCond %{{DOCUMENT_ROOT}}/{page}.html -f"
        yield f"RewriteRule {pattern} /{page}.html [R=303,L]"
    yield f"RewriteCond %{{DOCUMENT_ROOT}}/{page}.html -f"
    yield f"RewriteRule {pattern} /{page}.html#{place} [R=303,NE,L]"


_HTACCESS = """# Politeia: for Apache at the root of a host, with its modules rewrite, headers, mime
Options -MultiViews
DirectorySlash Off
DirectoryIndex index.html
@TYPES@
AddCharset utf-8 .html .css .ttl .jsonld .nt .trig .json
Header always set Access-Control-Allow-Origin "*"
Header always merge Vary Accept
RewriteEngine On
RewriteRule (^|/)(\\.|nginx-[a-z]+\\.conf$) - [R=404,L]
RewriteCond %{REQUEST_FILENAME} -f
RewriteRule ^ - [L]
RewriteRule ^ - [E=POLITEIA_ENDING:none]
@CHOSEN@
RewriteCond %{ENV:POLITEIA_ENDING} =none
RewriteRule ^ - [E=POLITEIA_ENDING:.html]
@RULES@
"""
