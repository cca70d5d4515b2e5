"""Which definition a name stands for, and how little of a file is read for it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.catalog import alone, bundled, overlaid
from nango_cli.providers.file import ProvidersFile

OWN = Source(
    "providers.yaml",
    dedent(
        """
        # our own
        github:
            alias: github
            docs: https://ghe.example/docs
            proxy:
                base_url: https://ghe.example/api/v3
        "acme":
            auth_mode: NONE

        broken:
            auth_mode: NON
        """
    ),
)


def test_a_project_s_own_on_top_of_ours() -> None:
    catalog = overlaid([OWN])
    github = catalog.get("github")
    assert (github.base_url, github.docs) == ("https://ghe.example/api/v3", "https://ghe.example/docs")
    assert github.token_url == bundled().get("github").token_url
    assert github.paginate == {}  # the whole of `proxy` was replaced
    assert catalog.get("acme").auth_mode == "NONE"
    assert catalog.get("slack") == bundled().get("slack")
    assert set(catalog.names()) == {*bundled().names(), "acme", "broken"}


def test_one_alone() -> None:
    catalog = alone(OWN)
    assert catalog.names() == ["acme", "broken", "github"]
    with pytest.raises(EnvironmentFailure, match="there is no provider `github`"):
        catalog.get("github")  # it is an alias of what is not there


@pytest.mark.parametrize(
    ("name", "code", "message", "help"),
    [
        ("gihub", "NG709", "there is no provider `gihub`", "did you mean `github`?"),
        ("zz", "NG709", "there is no provider `zz`", "define it in a providers.yaml beside nango.yaml"),
        ("broken", "NG710", "providers.yaml:12:16: `auth_mode` cannot be `NON`", "did you mean `NONE`?"),
    ],
)
def test_failures(name: str, code: str, message: str, help: str) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        overlaid([OWN]).get(name)
    assert (caught.value.code, caught.value.message, caught.value.help) == (code, message, help)


def test_a_file_that_is_no_yaml_is_an_error_when_it_is_asked() -> None:
    with pytest.raises(EnvironmentFailure, match=r"p.yaml:1:"):
        overlaid([Source("p.yaml", "acme: {auth_mode: NONE\nslack: x")]).get("acme")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a:\n  auth_mode: NONE\nb:\n  x: [\n", True),  # what stands in `b` does not matter
        ("---\na: {auth_mode: NONE}\n", False),
        ("{a: {auth_mode: NONE}}", False),
        ("a: &a {auth_mode: NONE}\nb: *a\n", True),
        ("b: &b {auth_mode: NONE}\na:\n    <<: *b\n", True),
        ("'a': {auth_mode: NONE}\n", True),
        ("? a\n: {auth_mode: NONE}\n", False),
        ("x: |\n a:\n   auth_mode: API_KEY\na:\n auth_mode: NONE\n", True),
        ("a:\r\n  auth_mode: NONE\r\nb:\r\n  auth_mode: BASIC\r\n", True),
        ("a:\n  auth_mode: BASIC\na:\n  auth_mode: NONE\n", False),
    ],
)
def test_layouts(text: str, parts: bool) -> None:
    file = ProvidersFile(Source("p.yaml", text))
    assert (file._starts is not None) == parts
    found = Diagnostics()
    entry = file.entry("a", found)
    assert entry is not None
    key = entry[0]
    assert key.text == "a"
    source = Source("p.yaml", text)
    span = key.span
    assert source.line(span.line)[span.column - 1 : span.end_column - 1].strip("'") == "a"
    assert not file.entry("nowhere", found)
