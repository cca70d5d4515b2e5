"""local.yaml: what it can say, and what is said about its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.environments.local import LocalConnection, LocalIntegration
from nango_cli.environments.local_file import read
from nango_cli.sample_api.registry import NAMES

EXAMPLE = Path(__file__).parents[2] / "nango-integrations" / "local.yaml"


def problems(text: str) -> list[str]:
    found = Diagnostics()
    read(Source("local.yaml", text), found)
    return [f"{each.span}: {each.code} {each.message}" for each in found]


def test_the_worked_example() -> None:
    found = Diagnostics()
    integrations = read(Source("local.yaml", EXAMPLE.read_text()), found)
    assert list(found) == []
    connections = {"demo": LocalConnection({"owner": "octo-org", "repo": "hello-world"})}
    assert integrations["github"] == LocalIntegration("github", "sample:github", {}, {}, connections)
    assert {each.base_url for each in integrations.values()} == {f"sample:{name}" for name in NAMES}
    assert {name for each in integrations.values() for name in each.connections} == {"demo"}


def test_everything_it_can_say() -> None:
    text = """
integrations:
    jira:
        base_url: https://api.example.com/v1
        headers: {Accept: application/json, X-Version: 2, Authorization: "Bearer ${apiKey}"}
        params: {site: "${connectionConfig.site}"}
        connections:
            a: {metadata: {n: 1, f: 1.5, list: [true, null, "2"]}, config: {site: x}, api_key: JIRA_KEY}
            b:
            c: {}
"""
    found = Diagnostics()
    [jira] = read(Source("local.yaml", text), found).values()
    assert list(found) == []
    assert (jira.provider, jira.params) == ("jira", {"site": "${connectionConfig.site}"})
    assert jira.headers == {"Accept": "application/json", "X-Version": "2", "Authorization": "Bearer ${apiKey}"}
    assert jira.connections == {
        "a": LocalConnection({"n": 1, "f": 1.5, "list": [True, None, "2"]}, {"site": "x"}, "JIRA_KEY"),
        "b": LocalConnection(),
        "c": LocalConnection(),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", ["1:1: NG703 the file must be a mapping, not a list"]),
        ("integration: {}", ["1:1: NG703 unknown key `integration` in the file"]),
        ("integrations: text", ["1:15: NG703 `integrations` must be a mapping, not text"]),
        ("integrations: {a: 1}", [
            "1:16: NG709 the integration `a` has no `base_url`, and there is no provider `a`",
            "1:19: NG703 the integration `a` must be a mapping, not the number `1`",
        ]),
        ("integrations: {a: {base_url: example.com}}", ["1:30: NG703 `example.com` is not an address"]),
        ("integrations: {a: {base_url: sample:gitlab}}", ["1:30: NG703 `sample:gitlab` is not an address"]),
        ("integrations: {a: {base_url: [x], provider: 3}}", [
            "1:30: NG703 `base_url` must be text, not a list",
            "1:45: NG703 `provider` must be text, not the number `3`",
        ]),
        ("integrations: {a: {base_url: 'https://x.y', headers: {Authorization: Bearer x, B: {}}}}", [
            "1:55: NG703 `Authorization` carries credentials",
            "1:83: NG703 `B` in `headers` must be text, not a mapping",
        ]),
        ("integrations: {a: {base_url: 'https://x.y', connections: {d: {meta: {}}, e: {metadata: [1]}}}}", [
            "1:63: NG703 unknown key `meta` in the connection `d`",
            "1:88: NG703 `metadata` must be a mapping, not a list",
        ]),
        ("integrations: {a: {base_url: 'https://x.y', connections: {d: {api_key: sk-123}}}}", [
            "1:72: NG703 `api_key` is not the name of an environment variable",
        ]),
    ],
)  # fmt: skip
def test_mistakes(text: str, expected: list[str]) -> None:
    assert problems(text) == [f"local.yaml:{each}" for each in expected]


def test_what_is_right_survives_what_is_wrong() -> None:
    text = "integrations:\n  a: {base_url: nope}\n  b: {base_url: 'https://b.example'}\n"
    found = Diagnostics()
    assert list(read(Source("local.yaml", text), found)) == ["b"]
    assert len(found) == 1
