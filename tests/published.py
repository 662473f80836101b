"""The addresses that the site has had, which must go on being answered.

``python -m tests.published`` adds those that the site has now to the list. None is ever taken out.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urldefrag, urljoin

from tests.sites import ROOT, BuiltSite, build

LIST: Final = ROOT / "tests" / "published.txt"

OURS_ALONE: Final = re.compile(r"(assets|pagefind|cards)/|findings/.+\.js|404\.html|sitemap\.xml")
"""What only our own pages lead to, or what nobody is given the address of."""

WITH_ANCHORS: Final = re.compile(r"(inspections/.+|grades|glossary|sources|corrections)/")
"""Pages to whose parts others lead: a finding, what a grade means, a term, a source, a mistake."""


def read() -> list[str]:
    """Return every address that was published, from the root of the site on."""
    return LIST.read_text(encoding="utf-8").splitlines()


def addresses(site: BuiltSite) -> Iterator[str]:
    """Give the address of every page and file of a site, and of the parts that others lead to."""
    for path in site.files:
        if OURS_ALONE.match(path):
            continue
        address = re.sub(r"(^|/)index\.html$", r"\1", path)
        yield address
        if WITH_ANCHORS.fullmatch(address):
            yield from (f"{address}#{each}" for each in site.pages[path].ids)


def unanswered(site: BuiltSite, published: list[str]) -> list[str]:
    """Return those addresses at which ``site`` has nothing, with what is missing."""
    home = site.pages["index.html"]
    troubles = {each: site.trouble_with(home, _followed(site, each)) for each in published}
    return [f"{address}: {trouble}" for address, trouble in troubles.items() if trouble]


def _followed(site: BuiltSite, address: str) -> str:
    """Return where a part of a page is found: on the page to which that leads, if it has moved."""
    here, part = urldefrag(address)
    page = site.pages.get(f"{here}index.html") if part else None
    for link in page.elements("a") if page else ():
        if "data-moved" in link.attrib:
            return f"{urljoin(here, link.get('href'))}#{part}"
    return address


def main() -> None:
    """Add what the site has now to the list, and say how much that is."""
    with tempfile.TemporaryDirectory() as folder:
        home = "https://example.org/"
        site = BuiltSite(build(ROOT, Path(folder) / "site", SITE_URL=home), home)
        before = set(read()) if LIST.exists() else set()
        now = before | set(addresses(site))
    LIST.write_text("".join(f"{each}\n" for each in sorted(now)), encoding="utf-8")
    sys.stdout.write(f"{len(now)} addresses, of which {len(now) - len(before)} are new.\n")


if __name__ == "__main__":
    main()
