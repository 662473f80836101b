"""New files, and new parts of files, for a person to finish.

A draft holds what is known, a comment for each field and, where somebody has yet to write, the
word FILL-IN, which ``checks`` will not let pass. Nothing that exists is ever written over.

``scalars``  a text as YAML that is read as that text
``entries``  fields with what they mean, in the words of the schema
``files``    the text of a new inspection and of a new body
``blank``    the text of an inspection of which nothing is known yet
``finding``  a new finding in the text of an inspection that exists
``trying``   what the checks would say of a draft once it is finished
``writing``  drafts to disk
"""

from peelsite.drafts.blank import blank
from peelsite.drafts.files import NewBody, NewInspection, NewSource, body, inspection
from peelsite.drafts.finding import CannotInsertError, Inserted, NewFinding, ids_taken, insert
from peelsite.drafts.trying import Trial, try_file, wrong_with_value
from peelsite.drafts.writing import ChangedError, create, put_in_place

__all__ = [
    "CannotInsertError",
    "ChangedError",
    "Inserted",
    "NewBody",
    "NewFinding",
    "NewInspection",
    "NewSource",
    "Trial",
    "blank",
    "body",
    "create",
    "ids_taken",
    "insert",
    "inspection",
    "put_in_place",
    "try_file",
    "wrong_with_value",
]
