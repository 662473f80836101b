"""What Lighthouse finds wrong with some pages; how fast they are, ``make lighthouse`` tells."""

from __future__ import annotations

import pytest

from tests.sites import assert_none
from tests.tools import JUDGED, scores

JUDGING = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("address", JUDGED.values(), ids=JUDGED)
def test_nothing_is_wrong(home: str, address: str) -> None:
    found, short = scores(home + address, JUDGING)
    assert_none(short)
    assert found == dict.fromkeys(JUDGING, 100)
