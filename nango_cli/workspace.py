"""The project folder: where it is, what stands in it, and the only place that writes to it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.errors import FileError
from nango_cli.generators.generator import MARK, GeneratedFile
from nango_cli.language.compiler import Compilation, Rule, compile_source
from nango_cli.language.syntax import MAX_CHARACTERS

CONFIGURATION = "nango.yaml"
CUSTOMARY_FOLDER = "nango-integrations"

_MARK_WITHIN = 500  # characters: a generated file says so at its start


class Workspace(NamedTuple):
    """A folder that holds a nango.yaml; `cwd` is where the user stands, so that paths can be shown from there."""

    root: Path
    cwd: Path

    def shown(self, path: Path) -> str:
        """A path as the user would type it from where they stand."""
        return shown(path, self.cwd)

    def read(self, name: str, found: Diagnostics) -> Source:
        """A text file of the project; a byte that is not UTF-8 is a diagnostic and shows as a question mark."""
        return read_source(self.root / name, found, self.cwd)

    def compile(self, rules: Iterable[Rule] | None = None) -> Compilation:
        """Compile nango.yaml and, with `rules`, report what they say of it too."""
        found = Diagnostics()
        source = self.read(CONFIGURATION, found)
        if found:
            return Compilation.failed(source, found)
        return compile_source(source, rules)

    def stale(self, files: Iterable[GeneratedFile]) -> list[GeneratedFile]:
        """The files that writing would change."""
        return [file for file in files if self._current(self._place(file)) != file.text.encode()]

    def write(self, files: Iterable[GeneratedFile]) -> list[str]:
        """Write what has changed, each file whole or not at all, and return the paths written, from the root.

        Every file is looked at before the first is written: nothing outside the root is touched, and a file that lacks
        the mark of a generated file is somebody's work and stops the whole (NG501).
        """
        changed = self.stale(files)
        for file in changed:
            current = self._current(self._place(file))
            if current and MARK.encode() not in current[:_MARK_WITHIN]:
                raise FileError(
                    f"{self.shown(self.root / file.path)} was not generated, so it is not overwritten",
                    code="NG501",
                    help="move it out of the way, or delete it, and generate again",
                )
        for file in changed:
            _replace(self._place(file), file.text.encode())
        return [file.path for file in changed]

    def _place(self, file: GeneratedFile) -> Path:
        path = self.root / file.path
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise FileError(
                f"{file.path} leads out of the project", code="NG010", help="replace the link by a file or folder"
            )
        return path

    def _current(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(path, error, self.cwd) from error


def find(start: Path, cwd: Path) -> Workspace:
    """The project around a folder: in it, in its `nango-integrations`, or in the nearest folder above."""
    if not start.is_dir():
        what = "is not a folder" if start.exists() else "does not exist"
        raise FileError(f"{shown(start, cwd)} {what}", code="NG001", help="pass the folder that holds nango.yaml")
    for folder in _candidates(start.resolve()):
        if (folder / CONFIGURATION).exists():
            return Workspace(folder, cwd)
    raise FileError(
        f"no nango.yaml in {shown(start, cwd)} or any folder above it",
        code="NG001",
        help="go to your project, or name its folder with `-C`",
    )


def read_source(path: Path, found: Diagnostics, cwd: Path) -> Source:
    """The text of a file; a place that is not UTF-8 becomes a diagnostic, a file that cannot be read is raised."""
    name = shown(path, cwd)
    try:
        with path.open("rb") as file:
            # A longer file is refused by its length alone, so no more of it is held.
            data = file.read(4 * MAX_CHARACTERS + 4)
    except OSError as error:
        raise _unreadable(path, error, cwd) from error
    try:
        return Source(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        source = Source(name, data.decode("utf-8-sig", errors="replace"))
        if len(data) <= 4 * MAX_CHARACTERS:  # else the text was cut, and is refused for its length
            place = source.span_at(len(data[: error.start].decode("utf-8-sig")))
            help = "save the file as UTF-8"
            if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                help = "the file looks like UTF-16: save it as UTF-8"
            found.add("NG003", f"the byte 0x{data[error.start]:02x} is not UTF-8", place, help=help)
        return source


def shown(path: Path, cwd: Path) -> str:
    """A path relative to where the user stands, unless the two have nothing in common."""
    absolute = os.path.abspath(cwd / path)  # noqa: PTH100 - a link keeps the name that the user knows
    common = Path(os.path.commonpath([absolute, cwd]))
    return Path(absolute if common == common.parent else os.path.relpath(absolute, cwd)).as_posix()


def _candidates(start: Path) -> Iterator[Path]:
    yield start
    yield start / CUSTOMARY_FOLDER
    yield from start.parents


def _unreadable(path: Path, error: OSError, cwd: Path) -> FileError:
    reason = (error.strerror or str(error)).lower()
    help = "a file belongs there" if path.is_dir() else "check the file's permissions"
    return FileError(f"cannot read {shown(path, cwd)}: {reason}", code="NG002", help=help)


def _replace(path: Path, data: bytes) -> None:
    """Put a file in its place in one step, so that nobody ever sees half of it."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        raise FileError(
            f"cannot write {path.name}: {reason}", code="NG010", help=f"check the permissions of {path.parent}"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
