"""What is wrong with the name or the place of a file, told from its name and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from peelsite.problems import nearest, one_of, quoted
from peelsite.schema import LONGEST, RESERVED, VOCABULARIES, Body, Inspection, id_form
from peelsite.schema.faults import fields_of
from peelsite.yaml_source import Mapping

FOLDERS: Final[dict[str, type[Any]]] = {"bodies": Body, "inspections": Inspection}
"""The folders of YAML files, with the shape of a file; a file's name is the id of its record."""

PAGES: Final = "pages"
"""The folder of hand-written pages, of which MkDocs makes HTML."""

PICTURES: Final = (".png", ".jpg", ".webp")
"""What may stand beside the pages: pictures that hold nothing but a picture."""

SCHEMA: Final = "schema"
"""The folder of JSON Schemas, which belongs to editors and is not read here."""


@dataclass(frozen=True)
class Misnamed:
    """What is wrong with a name or place, and what to do.

    ``place`` is what the file may have been meant for, "bodies" or "themes", if it is elsewhere.
    """

    rule: str
    message: str
    remedy: str
    place: str = ""
    is_warning: bool = False


def leftover_of(name: str) -> str:
    """Return the name of the file of which ``name`` is what an editor left behind, or ""."""
    found = _LEFTOVER.fullmatch(name)
    is_one = found and (found["end"] or found["begin"] in ("#", ".#"))
    return found["of"] if found and is_one else ""


_LEFTOVER: Final = re.compile(
    r"(?P<begin>\.?#?)(?P<of>[^.#].*\.ya?ml)(?P<end>~|#|\.sw[a-p]|\.(orig|bak|rej|tmp))?",
    re.IGNORECASE,
)
"""What Vim, Emacs, Git and others name the files that they leave beside one."""

_COPY: Final = re.compile(
    r"copy of (?P<first>.+)|(?P<of>.+?)([ _-]+copy([ _-]*\(?\d+\)?)?|[ _]*\([^)]*\))",
    re.IGNORECASE,
)
"""What file managers and browsers name a copy: "x copy 2", "x - Copy", "Copy of x", "x (1)"."""


def is_yaml(path: Path) -> bool:
    """Whether a file is named as YAML files are."""
    return path.suffix.lower() in (".yml", ".yaml")


def misnamed(path: Path, inside: PurePath, beside: Collection[str]) -> Misnamed | None:
    """Return what is wrong with the name of the file or folder ``path``, if anything is.

    ``inside`` is its path within the content folder, ``beside`` the names of its neighbours.
    """
    if original := leftover_of(path.name):
        message = f"An editor or the like has left this beside {quoted(original)}; it is not read."
        remedy = "Delete it when nobody has it open."
        return Misnamed("leftover", message, remedy, is_warning=True)
    if path.is_symlink():
        message = "This is a link to a file or folder elsewhere, and is not followed."
        return Misnamed("link", message, "Put what it leads to in its place.")
    if inside.parts[0] in (PAGES, SCHEMA) and is_yaml(path):
        message = f"A YAML file does not belong in {inside.parts[0]}/, and nobody reads it there."
        return Misnamed("stray-file", message, "Move it to inspections/ or bodies/, or delete it.")
    if path.is_dir():
        return _strange_folder(inside)
    if inside.parts[0] == PAGES:
        return _no_page(inside, beside)
    if len(inside.parts) == 1:
        known = path.suffix == ".yml" and path.stem in VOCABULARIES
        return None if known else _strange_file(path.name, beside)
    if path.suffix != ".yml":
        return _other_ending(path.name, inside.parts[0], beside)
    return None if is_id(path.stem) else _no_id(path.stem, beside)


def is_id(stem: str) -> bool:
    """Whether the name of a file may be the id of what is in it."""
    return stem == id_form(stem) and len(stem) <= LONGEST["id"] and stem not in RESERVED


def _no_page(inside: PurePath, beside: Collection[str]) -> Misnamed | None:
    """Say what is wrong with a file among the hand-written pages."""
    if inside.suffix != ".md" and inside.suffix not in PICTURES:
        message = f"{quoted(inside.name)} is neither a page nor a picture."
        remedy = f"Pages end in .md, pictures in {', '.join(PICTURES)}; delete anything else."
        return Misnamed("stray-file", message, remedy)
    for folder in inside.parts[1:-1]:
        if not is_id(folder):
            message = f"The folder {quoted(folder)} is not named in the form of an id."
            remedy = "Use small letters, digits and single hyphens only: it is part of addresses."
            return Misnamed("file-name", message, remedy)
    return None if is_id(inside.stem) else _no_id(inside.stem, beside, inside.suffix)


def _strange_folder(inside: PurePath) -> Misnamed:
    message = f"{quoted(inside.name)} is not a folder that is known here."
    if len(inside.parts) > 1:
        return Misnamed("stray-file", message, f"Put its files into {inside.parts[0]}/ itself.")
    remedy = one_of((*FOLDERS, PAGES), inside.name)
    return Misnamed("stray-file", message, remedy, nearest(inside.name, FOLDERS) or "")


def _strange_file(name: str, beside: Collection[str]) -> Misnamed:
    """Say what is wrong with a file that stands beside the vocabularies and is none."""
    message = f"{quoted(name)} is not a file that is known here."
    meant = nearest(_stem(name), VOCABULARIES) or ""
    if meant == id_form(_stem(name)):
        return _not_named(name, f"{meant}.yml", message, beside, meant)
    remedy = one_of((f"{each}.yml" for each in VOCABULARIES), f"{_stem(name)}.yml")
    return Misnamed("stray-file", message, remedy, meant)


def _other_ending(name: str, folder: str, beside: Collection[str]) -> Misnamed:
    """Say what is wrong with a file among bodies or inspections that does not end in .yml."""
    message = f"{quoted(name)} is not a file that is known here."
    if _stem(name) != PurePath(name).stem or PurePath(name).suffix.lower() in (".yaml", ".yml"):
        return _not_named(name, f"{id_form(_stem(name))}.yml", message, beside, folder)
    remedy = "Give it a name that ends in .yml, or move it out of this folder."
    return Misnamed("stray-file", message, remedy)


def _not_named(
    name: str, wanted: str, message: str, beside: Collection[str], place: str
) -> Misnamed:
    """Say that the file ``name`` should have the name ``wanted``, unless another has it."""
    if wanted not in beside or wanted == name:
        return Misnamed("stray-file", message, f"Name it {wanted}.", place)
    message = f"There is a {quoted(wanted)} beside this file, and of the two only that one is read."
    remedy = f"Delete one of the two, and keep the name {wanted}."
    return Misnamed("two-alike", message, remedy, place)


def _no_id(stem: str, beside: Collection[str], ending: str = ".yml") -> Misnamed:
    """Say what is wrong with the name of a file that should be an id."""
    if len(stem) > LONGEST["id"]:
        message = f"The name of this file has {len(stem)} characters, and it is an address."
        return Misnamed("file-name", message, f"Keep it to {LONGEST['id']}.")
    if stem in RESERVED:
        message = f"{quoted(stem)} cannot be an id: the page of a list has that address."
        return Misnamed("file-name", message, "Give the file another name.")
    wanted = f"{id_meant(f'{stem}.yml')}{ending}"
    if _COPY.fullmatch(stem) and wanted in beside:
        message = (
            f"{quoted(f'{stem}{ending}')} looks like a copy of {quoted(wanted)}, which is here."
        )
        remedy = "Delete one of the two; if both are meant, give this one a name like the others."
        return Misnamed("copied-file", message, remedy)
    message = f"{quoted(stem)} is not in the form of an id, and the file's name is the id."
    remedy = f"Name it {wanted}."
    if wanted in beside:
        remedy = f"There is a {quoted(wanted)} too: delete one of the two, or name this otherwise."
    elif wanted == ending:
        remedy = "Use small letters, digits and single hyphens only, as in north-east.yml."
    return Misnamed("file-name", message, remedy)


def misplaced(inside: PurePath, root: Mapping) -> Misnamed | None:
    """Return what is wrong with where a file stands, if what is in it belongs elsewhere."""
    here = inside.parts[0] if len(inside.parts) > 1 else ""
    place = _place_of(inside.stem, root)
    if place in ("", here):
        return None
    stands = f"in {here}/" if here else "outside its folder"
    if place in VOCABULARIES:
        message = f"This file holds the {place}, and it stands {stands}."
        return Misnamed("wrong-folder", message, f"Move it out of {here}/, one folder up.", place)
    message = f"This file holds {_CALLED[place]}, and it stands {stands}."
    name = f"{id_form(inside.stem)}.yml"
    return Misnamed("wrong-folder", message, f"Move it to {place}/{name}.", place)


_CALLED: Final = {"bodies": "a body", "inspections": "an inspection"}

_SURE: Final = 2
"""So many names that only one kind of file has tell of which kind a file is."""


def _place_of(stem: str, root: Mapping) -> str:
    """Return where a file belongs, as its outermost names tell; "" if they do not."""
    own = {name: set(fields_of(shape)) for name, shape in FOLDERS.items()}
    everywhere = set.intersection(*own.values())
    told = {name: root.keys_at.keys() & (keys - everywhere) for name, keys in own.items()}
    likely = [name for name, keys in told.items() if keys]
    if len(likely) == 1 and len(told[likely[0]]) >= _SURE:
        return likely[0]
    is_list = bool(root) and all(isinstance(value, Mapping) for value in root.values())
    return stem if stem in VOCABULARIES and is_list and not likely else ""


def id_meant(name: str) -> str:
    """Return the id that the name of a file tells, or of the file that it is a copy of."""
    stem = _stem(name)
    copied = _COPY.fullmatch(stem) if stem != id_form(stem) else None
    return id_form(_stem(copied["first"] or copied["of"]) if copied else stem)


def _stem(name: str) -> str:
    """Return the name of a file without its endings: "x" of "x.yaml" and of "x.yml.txt"."""
    begun = re.fullmatch(r"(.+?)\.ya?ml\b.*", name, re.IGNORECASE)
    return begun[1] if begun else PurePath(name).stem
