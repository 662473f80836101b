"""The content security policies: what a browser may load into a page, and from where."""

from __future__ import annotations

from typing import Final

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The content security policy of every page: nothing from elsewhere, no script in the page.

The form leads to the page of search. Pagefind needs nothing here: it works in a worker, which has
the policy of its own file and not that of the page (https://www.w3.org/TR/CSP3/). No script of ours
fetches anything either; that it may, from the site itself, is for programs that look at a page from
within, as Lighthouse does for robots.txt.
"""

_POLICY_OF_EMBEDS: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The policy of small pages that other sites show in a frame: nothing runs in them."""


def policies(*, serving: bool, offline: bool) -> tuple[str, str]:
    """Return the policy of pages, and that of the small ones in frames.

    MkDocs's live reload, in a site that is served while it changes, is a script inside the page. In
    a copy that is opened from a folder, no file counts as the site itself.
    """
    if serving:
        return _POLICY.replace(_SCRIPTS, f"{_SCRIPTS} 'unsafe-inline'"), _POLICY_OF_EMBEDS
    own = "'self' file:" if offline else "'self'"
    return _POLICY.replace("'self'", own), _POLICY_OF_EMBEDS.replace("'self'", own)


_SCRIPTS: Final = "script-src 'self'"
