"""What our builds promise, and whether they keep it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench.report import Column, table
from bench.rounds import Measured


@dataclass(frozen=True)
class Bar:
    """A figure at a size that must not be above ``most``. ``of`` gives None if it is not known."""

    what: str
    size: str
    of: Callable[[Measured], float | None]
    most: float
    unit: str

    def told(self, sizes: Mapping[str, Measured]) -> tuple[str, str]:
        """Return what was measured, and whether that will do."""
        figure = self.of(sizes[self.size]) if self.size in sizes else None
        if figure is None:
            return "–", "not measured"
        return f"{figure:.2f} {self.unit}", "met" if figure <= self.most else "**not met**"


def bars(sizes: Mapping[str, Measured]) -> str:
    """Return as a table what is promised, what was measured, and whether that will do."""
    held = [*BARS]
    if "M" in sizes and (at_m := sizes["M"].page) is not None:
        held.append(Bar("whole build, for each page, as at M", "L", _page, at_m, "ms"))
    told = [bar.told(sizes) for bar in held]
    return table(
        [
            Column("bar", [f"{bar.what}, {bar.size}" for bar in held]),
            Column("at most", [f"{bar.most:.2f} {bar.unit}" for bar in held]),
            Column("measured", [figure for figure, _ in told]),
            Column("", [verdict for _, verdict in told]),
        ]
    )


def _page(measured: Measured) -> float | None:
    return measured.page


def _memory(measured: Measured) -> float | None:
    return measured.ours.memory.all / 1e6 if measured.ours.memory else None


BARS: Final = (
    Bar("whole build", "M", lambda each: each.ratio(each.ours, "Hugo"), 1.0, "× Hugo"),
    Bar("whole build", "M", lambda each: each.ratio(each.ours, "Material"), 0.15, "× Material"),
    Bar("whole build", "L", lambda each: each.ratio(each.ours, "Hugo"), 0.8, "× Hugo"),
    Bar("again, nothing changed", "M", lambda each: each.ratio(each.again, "Hugo"), 0.5, "× Hugo"),
    Bar(
        "again, one inspection changed",
        "M",
        lambda each: each.ratio(each.changed, "Hugo"),
        0.6,
        "× Hugo",
    ),
    Bar("`peelsite check`", "M", lambda each: each.ratio(each.check, "Hugo"), 0.6, "× Hugo"),
    Bar(
        "live preview, to the new page",
        "M",
        lambda each: median(each.preview) if each.preview else None,
        1.0,
        "s",
    ),
    Bar("peak memory, all processes", "M", _memory, 150, "MB"),
    Bar("peak memory, all processes", "L", _memory, 600, "MB"),
)
"""The ratios are to the whole build of another generator on the same content."""
