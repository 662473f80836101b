"""Jinja, made strict and quick, and able to say where a template is at fault."""

from __future__ import annotations

import re
import traceback
from io import StringIO
from pathlib import Path
from typing import Any, Final, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.ext import Extension
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]


class BrokenTemplateError(Exception):
    """A template is at fault; the text says which one, at which line, and how."""


def tell_faults(
    environment: jinja2.Environment, fault: type[Exception] = BrokenTemplateError
) -> None:
    """Make ``environment`` raise ``fault``, with file and line, for faults in its templates."""
    as_jinja_tells = environment.handle_exception

    def handle_exception(source: str | None = None) -> NoReturn:
        try:
            as_jinja_tells(source)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = next(
                (f for f in reversed(frames) if f.filename.endswith((".html", ".xml"))), None
            )
            where = f"{place.filename}:{place.lineno}: " if place else ""
            raise fault(f"{where}{error}") from error

    environment.handle_exception = handle_exception  # type: ignore[method-assign]


class Unindented(Extension):
    """Leaves out the white space with which lines of a template begin, as readers never see it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return the source without it; every line stays where it is."""
        return _INDENT.sub("", source)


_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)


def environment(templates: Path) -> jinja2.Environment:
    """Return Jinja for the templates in a folder, strict and quick."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
        extensions=[Unindented],
    )
    tell_faults(made)
    make_quick(made)
    return made


def make_quick(environment: jinja2.Environment) -> None:
    """Make ``a.b`` an attribute and no item in the templates that are compiled from now on."""
    environment.code_generator_class = _Direct
    environment.Macro = _Macro  # type: ignore[attr-defined]
    environment.shown = _shown  # type: ignore[attr-defined]


class _Direct(CodeGenerator):
    """Makes of ``a.b`` and ``f(x)`` what they are in Python.

    Jinja would look for ``b`` among the items of ``a`` too, ask each function whether it wants to
    know the context, and wrap each piece of text to remember that it was escaped, though it is
    written at once. Nothing here needs that, and it took more than half of the time of a page.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call."""
        self.visit(node.node, frame)
        code, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        code.write(f"({self.stream.getvalue().removeprefix(', ')})")
        self.stream = code

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write the making of a macro that has been defined."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("environment.shown(")


class _Macro(Macro):
    """A macro that is called with its arguments in order, as nearly all are, without detours.

    One that shows a single thing alike on every page remembers what it made of each. It keeps the
    thing too, so that no other can be taken for it.
    """

    def __init__(self, environment: jinja2.Environment, *more: Any) -> None:
        super().__init__(environment, *more)
        self._made: dict[int, tuple[object, str]] | None = {} if self.name in _REMEMBERED else None

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Return what the macro makes of the arguments."""
        if kwargs or self.caller or len(args) > self._argument_count:
            return super().__call__(*args, **kwargs)
        if self._made is None or len(args) != 1:
            return self._make(*args)
        made = self._made.get(id(args[0]))
        if made is None:
            made = self._made[id(args[0])] = args[0], self._make(*args)
        return made[1]

    def _make(self, *args: Any) -> str:
        rest = (missing,) * (self._argument_count - len(args))
        return Markup(self._func(*args, *rest))  # noqa: S704 - templates escape what they show


_REMEMBERED: Final = frozenset({"grade", "link", "when"})
"""The names of macros that ask for nothing but what they are given."""


def _shown(value: Any) -> str:
    """Return a value as HTML. Markupsafe would wrap the text to remember that it was escaped."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup else escape(value)


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates for the next build; Jinja sees whether their text has changed."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template back, if it is here."""
        if kept := self._kept.get(bucket.key):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()
