"""The content security policies: what a browser may load into a page, and from where."""

from __future__ import annotations

from typing import Final

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The content security policy of every page: nothing from elsewhere, no script in the page.

The form leads to the page of search. Pagefind needs nothing here: it works in a worker, which has
the policy of its own file and not that of the page (https://www.w3.org/TR/CSP3/). No script of ours
fetches anything either; that it may, from the site itself, is for programs that look at a page from
within, as Lighthouse does for robots.txt.
"""

POLICY_IN_SERVE: Final = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
"""The same with MkDocs's live reload, which is a script inside the page."""

POLICY_OFFLINE: Final = POLICY.replace("'self'", "'self' file:")
"""The same for a copy that is opened from a folder, where no file counts as the site itself."""

POLICY_OF_EMBEDS: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The policy of small pages that other sites show in a frame: nothing runs in them."""
