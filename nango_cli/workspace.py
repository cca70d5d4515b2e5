"""The project folder: where it is, what stands in it, and the only place that writes to it."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.errors import FileError
from nango_cli.generators.generator import KEPT_MARK, MARK, OTHER_MARKS, GeneratedFile
from nango_cli.language.compiler import Compilation, Rule, compile_source
from nango_cli.language.syntax import MAX_CHARACTERS

if TYPE_CHECKING:
    from nango_cli.generators.difference import Difference

CONFIGURATION = "nango.yaml"
CUSTOMARY_FOLDER = "nango-integrations"
OUR_FOLDER = ".nango/"  # holds nothing that was written by hand

_NO_SCRIPTS = ("models.ts", "index.ts")
_PERMISSIONS = "check its permissions"
_HELP: dict[int | None, str] = {
    errno.ENOSPC: "make room on the disk",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOENT: "it is gone: put it back, or start a project with `nango init`",
    errno.ELOOP: "the link leads in a circle: replace it",
}
_BINARY = getattr(os, "O_BINARY", 0)  # on Windows, where text would get other line breaks
_MARK_WITHIN = 500  # characters: a generated file says so at its start


class Workspace(NamedTuple):
    """A folder that holds a nango.yaml; `cwd` is where the user stands, so that paths can be shown from there."""

    root: Path
    cwd: Path

    def shown(self, path: Path) -> str:
        """A path as the user would type it from where they stand."""
        return shown(path, self.cwd)

    def shown_file(self, path: str) -> str:
        """A path from the root, as the user would type it from where they stand."""
        return self.shown(self.root / path)

    def read(self, name: str, found: Diagnostics) -> Source:
        """A text file of the project; a byte that is not UTF-8 is a diagnostic and shows as a question mark."""
        return read_source(self.root / name, found, self.cwd)

    def holds(self, path: str) -> bool:
        """Whether there is a file at a path from the root."""
        return os.path.isfile(self.root / path)  # noqa: PTH113 - Path.is_file raises for a name that is too long

    def files_in(self, folders: Iterable[str], suffixes: Iterable[str]) -> list[str]:
        """The files with these suffixes in folders of these names, one level below the root, by path from the root."""
        wanted, endings = tuple(folders), tuple(suffixes)
        return sorted(
            f"{above.name}/{folder}/{file.name}"
            for above in _entries(self.root, self.cwd)
            if not above.name.startswith(".") and above.is_dir()
            for folder in wanted
            for file in _entries(self.root / above.name / folder, self.cwd)
            if file.name.endswith(endings) and file.is_file()
        )

    def stands(self, name: str) -> bool:
        """Whether anything stands at a path from the root, be it a folder or a link that leads nowhere."""
        return _stands(self.root / name)

    def compile(self, rules: Iterable[Rule] | None = None) -> Compilation:
        """Compile nango.yaml and, with `rules`, report what they say of it too."""
        found = Diagnostics()
        source = self.read(CONFIGURATION, found)
        if found:
            return Compilation.failed(source, found)
        return compile_source(source, rules)

    def targets(self, names: Iterable[str] | None = None) -> list[str]:
        """The targets of these names, or those that the project needs: its scripts decide about TypeScript."""
        from nango_cli.generators import registry  # `check` generates nothing
        from nango_cli.scripts.place import FOLDERS

        return registry.chosen(names, typescript=bool(self.files_in(FOLDERS, (".ts",)) or self._loose_scripts()))

    def stale(self, files: Iterable[GeneratedFile]) -> list[GeneratedFile]:
        """The files that writing would change.

        Nothing outside the root is touched, and a file that lacks the mark of a generated file is somebody's work: both
        stop the whole (NG010, NG501).
        """
        changed = []
        for file in files:
            current = self._current(self._place(file))
            if current == file.text.encode():
                continue
            start = (current or b"")[:_MARK_WITHIN]
            if KEPT_MARK.encode() in start and not file.path.startswith(OUR_FOLDER):
                continue
            generated = any(mark.encode() in start for mark in (MARK, *OTHER_MARKS))
            if current and not (generated or file.path.startswith(OUR_FOLDER)):
                raise FileError(
                    f"{self.shown(self.root / file.path)} was not generated, so it is not overwritten",
                    code="NG501",
                    help="move it out of the way, or delete it, and generate again",
                )
            changed.append(file)
        return changed

    def differences(self, files: Iterable[GeneratedFile]) -> list[Difference]:
        """What writing would change, and how."""
        from nango_cli.generators.difference import Difference

        found = []
        for file in self.stale(files):
            current = self._current(self._place(file))
            text = None if current is None else current.decode(errors="replace")
            found.append(Difference(file, self.shown(self.root / file.path), text))
        return found

    def write(self, files: Iterable[GeneratedFile]) -> list[str]:
        """Write what has changed, all of it or nothing, and return the paths written, from the root.

        Every file is looked at before the first is written.
        """
        changed = self.stale(files)
        self.together((file.path, partial(_replace, self._place(file), file.text.encode())) for file in changed)
        return [file.path for file in changed]

    def together(self, writes: Iterable[tuple[str, Callable[[], object]]]) -> None:
        """Write several files, each by its path from the root, or none: a failure puts all back as it was.

        An interruption counts as a failure too.
        """
        undo: list[Callable[[], None]] = []
        try:
            for name, write in writes:
                path = self._place(GeneratedFile(name, "")).resolve()
                undo += [folder.rmdir for folder in reversed(path.parents) if not os.path.lexists(folder)]
                before = self._current(path) if os.path.lexists(path) else None
                undo.append(partial(_restore, path, before))
                write()
        except BaseException:
            for step in reversed(undo):
                with contextlib.suppress(OSError, FileError):
                    step()
            raise

    def leftover(self, files: Iterable[GeneratedFile]) -> list[Difference]:
        """What sweeping would remove: files that an earlier sweep was given and that nobody has edited since."""
        from nango_cli.generators import manifest  # only who generates needs it
        from nango_cli.generators.difference import Difference

        before = manifest.read(self._current(self._place(GeneratedFile(manifest.PATH, ""))))
        found = []
        for path in sorted(before.keys() - {file.path for file in files}):
            if self._holds_exactly(path, before[path]):
                text = (self._current(self.root / path) or b"").decode(errors="replace")
                found.append(Difference(GeneratedFile(path, ""), self.shown_file(path), text, gone=True))
        return found

    def sweep(self, files: Sequence[GeneratedFile]) -> list[Difference]:
        """Remove what an earlier call was given and this one is not, unless it was edited; what went.

        `files` are all that the project needs, and have been written: what is missing among them is not needed.
        """
        from nango_cli.generators import manifest  # only who generates needs it

        removed = self.leftover(files)
        for each in removed:
            _delete(self.root / each.file.path)
        place = self._place(GeneratedFile(manifest.PATH, ""))
        after = manifest.digests(files)
        if after != manifest.read(self._current(place)):
            _replace(place, manifest.text(after).encode())
        return removed

    def _holds_exactly(self, path: str, digest: str) -> bool:
        """Whether a file of the project has this digest; a manifest may hold any path, and links are not followed."""
        from nango_cli.generators import manifest

        file = self.root / path
        inside = file.resolve().is_relative_to(self.root.resolve())
        if not inside or file.is_symlink() or not self.holds(path):
            return False
        return manifest.digest(self._current(file) or b"") == digest

    def save(self, name: str, before: str, after: str) -> None:
        """Put an edited text in the place of the one that was read; a byte order mark and the file's mode stay.

        Raises FileError if the file leads out of the project or is no longer what was read (NG010).
        """
        path = self._place(GeneratedFile(name, after)).resolve()
        current = self._current(path) or b""
        mark = codecs.BOM_UTF8 if current.startswith(codecs.BOM_UTF8) else b""
        if current != mark + before.encode():
            shown = self.shown(self.root / name)
            raise FileError(f"{shown} has changed in the meantime", code="NG010", help="run the command again")
        _replace(path, mark + after.encode())

    def check_free(self, name: str) -> None:
        """Raises FileError NG010 unless a new file can be put at a path from the root, in the place of none."""
        path = self._place(GeneratedFile(name, ""))
        if os.path.lexists(path):
            help = "move it out of the way, or choose another name"
            raise FileError(
                f"{self.shown_file(name)} exists already, so it is not overwritten", code="NG010", help=help
            )
        folder = next(folder for folder in path.parents if os.path.lexists(folder))
        if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises where a link leads to an unreadable folder
            help = "move it out of the way, or choose another place"
            raise FileError(f"{self.shown(folder)} is not a folder", code="NG010", help=help)

    def create(self, name: str, text: str) -> None:
        """Write a new file, whole or not at all. Raises FileError NG010 if there is one already."""
        self.check_free(name)
        _replace(self._place(GeneratedFile(name, text)), text.encode())

    def _loose_scripts(self) -> list[str]:
        """Scripts beside nango.yaml, as old projects have them."""
        names = (entry.name for entry in _entries(self.root, self.cwd) if entry.is_file())
        return [name for name in names if name.endswith(".ts") and name.count(".") == 1 and name not in _NO_SCRIPTS]

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
    try:
        if not start.is_dir():
            what = "is not a folder" if start.exists() else "does not exist"
            raise FileError(f"{shown(start, cwd)} {what}", code="NG001", help="pass the folder that holds nango.yaml")
        for folder in _candidates(start.resolve()):
            if _stands(folder / CONFIGURATION):
                return Workspace(folder, cwd)
    except OSError as error:
        raise _unreadable(start, error, cwd) from error
    raise FileError(
        f"no nango.yaml in {shown(start, cwd)} or any folder above it",
        code="NG001",
        help="go to your project, or name its folder with `-C`; `nango init` starts one",
    )


def read_source(path: Path, found: Diagnostics, cwd: Path) -> Source:
    """The text of a file; a place that is not UTF-8 becomes a diagnostic, a file that cannot be read is raised."""
    name = shown(path, cwd)
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe, which might never end
            raise FileError(f"{name} is not a file", help="a file belongs there")
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


def _entries(folder: Path, cwd: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder; nothing when there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _unreadable(folder, error, cwd) from error


def _unreadable(path: Path, error: OSError, cwd: Path) -> FileError:
    reason = (error.strerror or str(error)).lower()
    help = "a file belongs there" if error.errno == errno.EISDIR else _HELP.get(error.errno, _PERMISSIONS)
    return FileError(f"cannot read {shown(path, cwd)}: {reason}", code="NG002", help=help)


def _stands(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _replace(path: Path, data: bytes) -> None:
    """Put a file in its place in one step, so that nobody ever sees half of it; a link stays one."""
    temporary = None
    try:
        path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException as error:  # an interruption leaves nothing behind either
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        reason = (error.strerror or str(error)).lower()
        raise FileError(
            f"cannot write {path.name}: {reason}",
            code="NG010",
            help=_HELP.get(error.errno, f"check the permissions of {path.parent}"),
        ) from error


def _restore(path: Path, data: bytes | None) -> None:
    """Give a file the content that it had before, or remove it if there was none."""
    if data is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != data:
        _replace(path, data)


def _delete(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        help = f"check the permissions of {path.parent}"
        raise FileError(f"cannot remove {path.name}: {reason}", code="NG010", help=help) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
