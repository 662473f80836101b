"""Pages and templates to HTML: escaping always on, an unknown name an error, Markdown made safe.

``dates``          dates and spans of time in English
``markdown_text``  Markdown of summaries and notes to HTML that nothing can hide in
``abbreviations``  each explained where it first stands on a page
``templates``      Jinja, made strict, quick, and able to say where a template is at fault
``renderer``       a page and its template to HTML
"""

from peelsite.render.abbreviations import Abbreviations
from peelsite.render.dates import days_in_words, in_words
from peelsite.render.markdown_text import clean_page, first_sentence, to_html, to_inline_html
from peelsite.render.renderer import Rendered, Renderer
from peelsite.render.templates import BrokenTemplateError, Unindented, make_quick, tell_faults

__all__ = [
    "Abbreviations",
    "BrokenTemplateError",
    "Rendered",
    "Renderer",
    "Unindented",
    "clean_page",
    "days_in_words",
    "first_sentence",
    "in_words",
    "make_quick",
    "tell_faults",
    "to_html",
    "to_inline_html",
]
