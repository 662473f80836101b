"""Stylesheets and scripts lose what only their writers need, and nothing else."""

import re

from peelsite.mkdocs_plugin.small import small_css, small_js
from tests.sites import ROOT

ASSETS = ROOT / "templates" / "assets"


def test_a_stylesheet_keeps_its_selectors_and_texts() -> None:
    """A space before a colon is a descendant; one in quotation marks is shown to readers."""
    sheet = """/* Two
 lines */
@media print {
  .a :is(b, c),
  .d  > e {
    content: attr(data-label) ":  ";  /* why */
    font:
      1rem
      serif;
  }
}
"""
    assert small_css(sheet) == (
        '@media print {.a :is(b, c),.d  > e {content: attr(data-label) ":  ";font: 1rem serif;}}'
    )


def test_a_script_keeps_its_lines_and_what_stands_in_them() -> None:
    script = '// Why\nconst a = "//  b"; // here\n\n  if (a) {\n    // more\n    go();\n  }\n'

    assert small_js(script) == 'const a = "//  b"; // here\nif (a) {\ngo();\n}\n'


def test_no_text_of_ours_runs_over_lines_or_holds_a_comment() -> None:
    """Then it would lose by being made small."""
    sheets, scripts = sorted(ASSETS.glob("*.css")), sorted(ASSETS.glob("*.js"))
    assert sheets
    assert scripts
    for path in scripts:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert line.count("`") % 2 == 0 or line.lstrip().startswith("//"), (path.name, line)
    for path in sheets:
        assert not re.search(r'"[^"\n]*/\*', path.read_text(encoding="utf-8")), path.name


def test_what_is_made_small_has_every_declaration() -> None:
    for path in sorted(ASSETS.glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.sub(r"\s", "", small_css(text)) == re.sub(r"\s", "", text), path.name
