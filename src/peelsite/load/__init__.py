"""``content/`` on disk to records, named by their place.

``reading``  every file of the folder, read or told
``naming``   what is wrong with the name or the place of a file
``prose``    what is wrong in a hand-written page
"""

from peelsite.load.collecting import nothing_collected
from peelsite.load.reading import Content, ReadFile, load

__all__ = ["Content", "ReadFile", "load", "nothing_collected"]
