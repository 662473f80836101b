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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many pages were found to be accessible, and in how many states in all."""
    states = [
        number
        for report in terminalreporter.getreports("passed")
        for name, number in report.user_properties
        if name == "states"
    ]
    if states:
        terminalreporter.write_line(
            f"Axe found nothing on {len(states):,} pages in {sum(states):,} states."
        )
