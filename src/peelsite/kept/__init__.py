"""What a build need not make again, because an earlier one has made the same.

``digest``       a short name for bytes or texts
``fingerprint``  a name for all that a page shows; not imported here, for it knows all records
``manifest``     what the last build of a site made, and of what

A page is kept only if its fingerprint is the same and the file is, byte for byte, what was written.
All of it may be deleted at any time.
"""

from peelsite.kept.digest import digest_of, digest_of_pieces
from peelsite.kept.manifest import Entry, Kept, files_in, read, write

__all__ = ["Entry", "Kept", "digest_of", "digest_of_pieces", "files_in", "read", "write"]
