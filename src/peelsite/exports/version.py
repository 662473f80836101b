"""The version of the data for machines."""

from typing import Final

SCHEMA_VERSION: Final = "1.0.0"
"""The version of the shape of all data for machines: major.minor.patch.

The second number rises with a new field, table or word; the first, with the folder ``api/v1``,
when anything that was there changes or goes.
"""
