"""The adapter to MkDocs, and the only room that imports it.

``entry``        the plugin as MkDocs finds it, which ends a build where nothing has changed
``building``     what MkDocs calls where there is something to build
``record_page``  a page that is made already, so that MkDocs skips its Markdown
``frame``        what the shell says of a page
``policy``       what a browser may load into it
``small``        stylesheets and scripts without what only their writers need
``placing``      where a site is built, and how it takes the place of the one before
"""

from peelsite.mkdocs_plugin.entry import PeelsitePlugin

__all__ = ["PeelsitePlugin"]
