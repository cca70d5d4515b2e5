"""Whatever happens becomes one diagnostic and an exit status that tells the truth."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from nango_cli.cli import version as version_command

NANGO = [sys.executable, "-m", "nango_cli"]


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        (["chek"], "no command is named `chek`", "did you mean `check`?"),
        (["check", "--frmat"], "no such option: --frmat", "see `nango check --help`"),
        (["check", "--format", "xml"], "invalid value for '--format'", "see `nango check --help`"),
        (["check", "extra"], "got unexpected extra argument", "see `nango check --help`"),
        (["explain", "NG101", "NG102"], "got unexpected extra argument", "see `nango explain --help`"),
        (["--nope"], "no such option: --nope", "see `nango --help`"),
        (["runs"], "missing command", "commands: `list`, `show`, `diff`; see `nango runs --help`"),
        (["explain", "NG20"], "no diagnostic has the code `NG20`", "did you mean"),
    ],
    ids=str,
)
def test_bad_usage(arguments, message, help, nango):
    result = nango(*arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"error NG801: {message}")
    assert help in result.err


@pytest.mark.parametrize("arguments", [["chek"], ["check", "--nope"], ["check"]])
def test_failures_are_json_when_json_was_asked_for(arguments, nango):
    result = nango(*arguments, "--format", "json")
    report = json.loads(result.out)
    assert report["exit_code"] == result.status > 1
    assert report["diagnostics"][0]["code"] in ("NG801", "NG001")
    assert result.err == ""


def test_a_bug_leaves_a_report_without_secrets(nango, tmp_path, monkeypatch):
    secret = "token-in-the-message"

    def explode(format: str = typer.Option(), word: str = typer.Argument()):
        raise RuntimeError(secret)

    monkeypatch.setattr(version_command, "version", explode)
    result = nango("version", "--format=s3cret", "s3cret", environ={"XDG_STATE_HOME": str(tmp_path / "state")})
    assert result.status == 70
    assert result.err.startswith("error NG901: this is a bug in nango-cli (RuntimeError)")
    [log] = (tmp_path / "state" / "nango-cli").iterdir()
    assert str(log) in result.err
    report = log.read_text()
    assert "in explode" in report
    assert "command: version --format\n" in report
    assert "s3cret" not in report
    assert secret not in report + result.err


def test_interruption(nango, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    monkeypatch.setattr(version_command, "version", interrupt)
    assert nango("version").status == 130


def test_a_reader_that_goes_away_is_no_traceback(tmp_path):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*NANGO, "explain"], cwd=tmp_path, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_output_that_the_terminal_cannot_show_is_escaped(tmp_path):
    (tmp_path / "nango.yaml").write_text("integrations: {}\nmodels: {'Größe': {}}\n", encoding="utf-8")
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*NANGO, "check"], cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert "`Gr\\xf6\\xdfe` is not a model name" in done.stdout


def test_the_module_is_the_command(tmp_path):
    done = subprocess.run([*NANGO, "version"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout[:10]) == (0, "nango-cli ")


def test_ctrl_c_in_a_dry_run_ends_everything(tmp_path):
    project = tmp_path / "project"
    script = project / "github" / "syncs" / "forever.py"
    script.parent.mkdir(parents=True)
    (project / "nango.yaml").write_text(
        "integrations: {github: {syncs: {forever: {runs: every day, endpoint: /forever, output: Thing}}}}\n"
        "models: {Thing: {id: string}}\n"
    )
    (project / "local.yaml").write_text(
        "integrations: {github: {base_url: 'sample:github', connections: {demo: {}}}}\n"
    )
    script.write_text(
        "import os, pathlib, time\n"
        "def fetch_data(nango):\n"
        "    pathlib.Path('github/pid').write_text(str(os.getpid()))\n"
        "    print('started', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [*NANGO, "dryrun", "forever", "demo"]
    with subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=10)
        assert process.returncode == 130, err
        guest = int(next(iter(project.rglob("pid"))).read_text())
    assert not Path(f"/proc/{guest}").exists() or "zombie" in Path(f"/proc/{guest}/status").read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--format", "json"], ["check", "--help"], ["--help"], ["--version"], ["explain"]]
)
def test_a_full_disk_is_no_traceback(arguments, tmp_path):
    (tmp_path / "nango.yaml").write_text("integrations: 1\n")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*NANGO, *arguments], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_gone(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"rmdir {gone} && exec {sys.executable} -m nango_cli check"
    done = subprocess.run(["sh", "-c", command], cwd=gone, capture_output=True, text=True)
    assert done.returncode == 3
    assert done.stderr.startswith("error NG00")


def test_names_that_are_too_long_or_unreadable(nango, monkeypatch):
    assert nango("check", "-C", "x" * 5000).status == 3

    def refuse(self, **_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "lstat", refuse)
    result = nango("check")
    assert (result.status, "error NG002" in result.err) == (3, True)


def test_the_exit_status_is_right_when_nobody_reads_why(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*NANGO, "check"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=writing, check=False)
        asked = subprocess.run([*NANGO, "explain", "NG0"], cwd=tmp_path, stderr=writing, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, asked.returncode) == (3, 2)
