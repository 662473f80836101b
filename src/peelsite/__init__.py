"""peelsite: from YAML files of inspection findings to a site that people can read.

The rooms, in the order in which they may use each other (a room imports only from rooms above it):

``characters``     which characters nobody sees, and which letters pass for others
``problems``       what is wrong in a file, where, and what to do; how a list of problems is printed
``yaml_source``    YAML text to plain values that remember their line and column
``schema``         the shape of each file as people write it
``load``           ``content/`` on disk to records, named by their place
``checks``         the rules that need more than one field or file
``drafts``         new files and findings for a person to finish, written over nothing
``catalogue``      everything joined and finished, and what follows from it
``pages``          which pages exist, and what each is given
``render``         pages and templates to HTML
``exports``        the same facts for machines: files beside the pages
``search``         hands the pages and findings to Pagefind
``kept``           what a build need not make again
``build``          the whole build on one screen
``cli``            the ``peelsite`` command
``mkdocs_plugin``  the adapter to MkDocs, and the only room that imports it
"""

__version__ = "0.1.0"
