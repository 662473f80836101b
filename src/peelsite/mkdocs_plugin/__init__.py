"""The adapter to MkDocs, and the only room that imports it.

``entry``        the plugin as MkDocs finds it, which ends a build where nothing has changed
``building``     what MkDocs calls where there is something to build
``record_page``  a page that is made already, so that MkDocs skips its Markdown
``frame``        what the shell says of a page
``shell``        MkDocs's Jinja, which renders the shell
``policy``       what a browser may load into a page
``small``        stylesheets and scripts without what only their writers need
``writing``      the pages and files that are written, in two processes
``second``       the second process
``placing``      where a site is built, and how it takes the place of the one before
``yard``         the folder in which that is done
``keeping``      names for what a site is made of
``reloading``    live reload
"""

from peelsite.mkdocs_plugin.entry import PeelsitePlugin

__all__ = ["PeelsitePlugin"]
