"""The site in use: what nginx and Apache answer for an IRI, and what a browser makes of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from servers import find_port, run_program

from kg.site.address import Addresses
from kg.site.index import Index
from kg.site.term import place_terms, read_modules
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.store import Opened


class Answer(NamedTuple):
    """What a server answered: its code, where it sends the client, and its headers."""

    code: int
    location: str
    headers: dict[str, str]


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow no redirect."""

    def redirect_request(self, *_: object) -> None:
        """Return nothing, so that the answer is the redirect."""


def ask(server: str, path: str, accept: str) -> Answer:
    """Return the answer to one request."""
    request = urllib.request.Request(server + path, headers={"Accept": accept})  # noqa: S310 - on loopback
    try:
        found = urllib.request.build_opener(_Stay).open(request, timeout=5)
    except urllib.error.HTTPError as error:
        found = error
    with found:
        headers = {k.lower(): v for k, v in found.headers.items()}
        return Answer(found.status, headers.get("location", ""), headers)


NGINX = """daemon off; pid {home}/pid; error_log stderr; worker_processes 1;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {home}/a; proxy_temp_path {home}/b; fastcgi_temp_path {home}/c;
  uwsgi_temp_path {home}/d; scgi_temp_path {home}/e;
  include {folder}/nginx-map.conf;
  server {{ listen 127.0.0.1:{port}; root {folder}; include {folder}/nginx-server.conf; }}
}}
"""
APACHE = """ServerRoot {home}
PidFile {home}/pid
ErrorLog /dev/stderr
Listen 127.0.0.1:{port}
ServerName localhost
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
TypesConfig /dev/null
DocumentRoot {folder}
<Directory {folder}>
  AllowOverride All
  Require all granted
</Directory>
"""


@pytest.fixture(scope="module", params=["nginx", "apache2"])
def server(
    request: pytest.FixtureRequest,
    guide_site: Path,
    tmp_path_factory: pytest.TempPathFactory,
    require_program: Callable[[str], str],
) -> Iterator[str]:
    """Return the address of a real server that has the rules of the site as they are written."""
    program = require_program(request.param)
    home, port = tmp_path_factory.mktemp(request.param), find_port()
    if os.geteuid() == 0:  # a worker of root runs as another user, who must reach the files
        for path in (guide_site, *guide_site.parents):
            if path.stat().st_uid == 0 and path != Path("/") and path != Path("/tmp"):  # noqa: S108 - not ours to change
                path.chmod(0o755)
    config = home / "server.conf"
    if request.param == "nginx":
        config.write_text(NGINX.format(home=home, folder=guide_site, port=port), "utf-8")
        command = [program, "-p", str(home), "-c", str(config), "-e", "stderr"]
    else:
        modules = "/usr/lib/apache2/modules"
        text = APACHE.format(home=home, folder=guide_site, port=port, modules=modules)
        config.write_text(text, "utf-8")
        command = [program, "-f", str(config), "-DFOREGROUND"]
    address = f"http://127.0.0.1:{port}"
    with run_program(command, home, f"{address}/style.css"):
        yield address


CHANCELLOR = "/id/xr/office/chancellor"


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("*/*", ".html"),
        ("", ".html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("text/turtle;q=0.9, application/ld+json", ".jsonld"),
        ("text/turtle;q=0.3,text/html;q=0.9", ".html"),
        ("application/rdf+xml;q=0.9,text/turtle;q=0.8,*/*;q=0.1", ".ttl"),
        ('application/ld+json;profile="x";q=0.5,text/html;q=0.4', ".jsonld"),
        ("text/turtle;q=0,text/html;q=0.1", ".html"),
        ("TEXT/TURTLE", ".ttl"),
    ],
)
def test_a_client_gets_the_format_that_it_likes_best(server: str, accept: str, ending: str) -> None:
    """The IRI of an office answers 303 with the page or the data, by the header Accept."""
    found = ask(server, CHANCELLOR, accept)
    assert (found.code, found.location.removeprefix(server)) == (303, CHANCELLOR + ending)
    assert "accept" in found.headers["vary"].lower()


def test_every_iri_answers(server: str, guide_store: Opened, guide_site: Path) -> None:
    """Each node and each of our terms leads to its page, with its anchor, and to Turtle."""
    index = Index(guide_store.store)
    terms = place_terms(read_modules())
    addresses = Addresses(index.nodes, index.records, terms)
    ours = [t for t in terms if t.startswith(BASE) and not t.startswith(BASE + "ontology#")]
    nodes = [n for n in index.nodes if n in index.records or n.count("/") > 6][::5]
    wrong = []
    for iri in (*nodes, *ours[::3], BASE + "ontology", BASE + "graph/xr/asserted"):
        page, anchor = addresses.find(iri)
        path = "/" + iri.removeprefix(BASE)
        for accept, target in (
            ("text/html", f"/{page}.html" + (f"#{anchor}" if anchor else "")),
            ("text/turtle", f"/{page}.ttl"),
        ):
            found = ask(server, path, accept)
            if (found.code, found.location.removeprefix(server)) != (303, target):
                wrong.append((path, found.code, found.location, target))
    assert wrong == []
    assert len(nodes) + len(ours) > 50
    assert (guide_site / "id/xr.html").is_file()


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("/", "text/html"),
        ("/id/xr/office/chancellor.html", "text/html"),
        ("/id/xr/office/chancellor.ttl", "text/turtle"),
        ("/id/xr/office/chancellor.jsonld", "application/ld+json"),
        ("/style.css", "text/css"),
    ],
)
def test_a_file_comes_with_its_media_type(server: str, path: str, media: str) -> None:
    """A page and the data beside it say what they are, in UTF-8, and scripts of others may read."""
    found = ask(server, path, "*/*")
    assert found.code == 200
    assert found.headers["content-type"].lower() == f"{media}; charset=utf-8"
    assert found.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/id/xr/office/nobody", "/id/xq", "/nothing", "/.htaccess",
                                  "/nginx-map.conf"])  # fmt: skip
def test_what_is_not_there_is_not_found(server: str, path: str) -> None:
    """An IRI that was never minted answers 404, and the rules themselves are not shown."""
    assert ask(server, path, "*/*").code in {403, 404}


HARNESS = """<!DOCTYPE html><title>checking</title><pre id="report"></pre><script>
const names = @NAMES@, wrong = [];
async function check(name) {
  const frame = document.createElement("iframe");
  frame.width = 390; frame.height = 800;
  const loaded = new Promise(done => { frame.onload = done; });
  frame.src = "/" + name;
  document.body.append(frame);
  await loaded;
  const page = frame.contentDocument, root = page.documentElement;
  if (!page.querySelector("main h1")) wrong.push(name + ": no heading");
  if (root.scrollWidth > 390) wrong.push(name + ": wider than a phone: " + root.scrollWidth);
  if (!page.styleSheets.length) wrong.push(name + ": no style");
  for (const script of page.scripts) JSON.parse(script.textContent);
  for (const svg of page.querySelectorAll("svg")) {
    const box = svg.getBBox(), view = svg.viewBox.baseVal;
    const right = box.x + box.width, below = box.y + box.height;
    if (box.x < 0 || box.y < 0 || right > view.width || below > view.height)
      wrong.push(name + ": a picture is cut off");
    for (const rect of svg.querySelectorAll("rect")) {
      const inner = rect.getBBox();
      for (const text of rect.parentNode.querySelectorAll("text"))
        if (text.getBBox().width > inner.width) wrong.push(name + ": " + text.textContent);
    }
  }
  frame.remove();
}
(async () => {
  for (const name of names) await check(name).catch(error => wrong.push(name + ": " + error));
  document.getElementById("report").textContent =
    JSON.stringify({checked: names.length, wrong: wrong});
})();
</script>"""


def test_every_page_loads_in_a_browser(
    guide_site: Path, require_program: Callable[[str], str], tmp_path: Path
) -> None:
    """Chromium shows each page, no wider than a phone, with pictures uncut and without an error."""
    program = require_program("chromium")
    shutil.copytree(guide_site, tmp_path / "site")
    pages = sorted(p.relative_to(guide_site).as_posix() for p in guide_site.rglob("*.html"))
    harness = HARNESS.replace("@NAMES@", json.dumps(pages))
    (tmp_path / "site/harness.html").write_text(harness, "utf-8")
    port = find_port()
    serve = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    address = f"http://127.0.0.1:{port}"
    with run_program(serve, tmp_path / "site", f"{address}/style.css"):
        done = subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={tmp_path}/profile", "--enable-logging=stderr",
             "--virtual-time-budget=600000", "--dump-dom", address + "/harness.html"],
            capture_output=True, text=True, encoding="utf-8", timeout=60, check=True,
        )  # fmt: skip
    (report,) = re.findall(r'<pre id="report">(.*?)</pre>', done.stdout)
    assert json.loads(report) == {"checked": len(pages), "wrong": []}
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
