"""MkDocs's Jinja, which renders the shell around each page, made as strict and quick as ours."""

from __future__ import annotations

from jinja2 import Environment, StrictUndefined
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from peelsite.build import Site
from peelsite.mkdocs_plugin.policy import policies
from peelsite.render import Unindented, first_sentence, in_words, make_quick, tell_faults


def make_ready(
    environment: Environment, config: MkDocsConfig, site: Site | None, *, serving: bool
) -> None:
    """Make the shell's templates as the others are, and tell them what all pages share.

    ``site`` is None while there are problems in place of pages.
    """
    environment.autoescape = True
    environment.undefined = StrictUndefined
    tell_faults(environment, PluginError)
    make_quick(environment)
    environment.add_extension(Unindented)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["date"] = in_words
    environment.filters["first_sentence"] = first_sentence
    offline = not config.use_directory_urls
    policy, policy_of_embeds = policies(serving=serving, offline=offline)
    environment.globals["policy"] = policy
    environment.globals["policy_of_embeds"] = policy_of_embeds
    environment.globals["search_page"] = "search.html" if offline else "search/"
    environment.globals["as_of"] = site.catalogue.as_of if site else None
