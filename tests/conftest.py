"""What all tests share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--accept`` to pytest."""
    parser.addoption(
        "--accept",
        action="store_true",
        help="take what is made now as what is expected",
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether what is made now is to be taken as what is expected."""
    return bool(request.config.getoption("--accept"))
