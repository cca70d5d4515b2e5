"""The definitions that travel with the package: all of them are right, and each builds the request that it should."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.environments.exchange import ProxyRequest
from nango_cli.errors import EnvironmentFailure
from nango_cli.execution.pagination import pagination
from nango_cli.providers.catalog import Catalog, _bundled_files, bundled, overlaid
from nango_cli.providers.placeholder import names
from nango_cli.providers.provider import Provider
from nango_cli.providers.request import Overrides, build

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "reference" / "providers.md"
CONFIG = {
    "instance_url": "https://acme.my.salesforce.com",
    "hostname": "acme.example.com",
    "region": "eu",
    "api_domain": "https://acme.pipedrive.com",
    "siteParameter": "datadoghq.eu",
    "environmentUrl": "eu1.make.com",
    "storeURL": "shop.example.com",
    "domain": "smartsheet.eu",
    "extension": "nl",
}
CREDENTIALS: dict[str, dict[str, Any]] = {
    "API_KEY": {"type": "API_KEY", "apiKey": "fake-key"},
    "BASIC": {"type": "BASIC", "username": "fake-user", "password": "fake-password"},
    "OAUTH2_CC": {"type": "OAUTH2_CC", "token": "fake-token"},
    "NONE": {"type": "NONE"},
}
OAUTH2 = {"type": "OAUTH2", "access_token": "fake-token"}


def test_none_is_wrong_and_none_is_there_twice() -> None:
    files = list(_bundled_files())
    for file in files:
        found = Diagnostics()
        Catalog([file]).check(found)
        assert [str(each.span) + each.message for each in found] == []
    everything = [name for file in files for name in file.names]
    assert len(everything) == len(set(everything)) == 91


def _config(provider: Provider) -> dict[str, str]:
    declared = {name: field.example for name, field in provider.connection_config.items() if field.example}
    used = {name.removeprefix("connectionConfig.") for name in names(provider.base_url or "")}
    return {**{name: CONFIG[name] for name in used if name in CONFIG}, **CONFIG, **declared}


def _request(name: str) -> str:
    provider = bundled().get(name)
    asked = ProxyRequest("acme", "demo", "GET", "/path" if provider.base_url else "https://api.example.com/path")
    credentials = CREDENTIALS.get(provider.auth_mode, OAUTH2)
    lines = [f"{name} ({provider.auth_mode})"]
    try:
        url, headers, query = build(provider, Overrides(), _config(provider), credentials, asked)
    except EnvironmentFailure as error:
        return "\n".join([*lines, f"    {error.code}: {error.message}", ""])
    lines += [f"    GET {url}", *(f"    {each}: {value}" for each, value in headers.items())]
    return "\n".join([*lines, *(f"    ?{each}={value}" for each, value in query.items()), ""])


def test_requests(golden: Callable[[Path, str], None]) -> None:
    golden(HERE / "requests.out", "\n".join(map(_request, bundled().names())))


@pytest.mark.parametrize("name", [name for name in bundled().names() if bundled().get(name).paginate])
def test_what_they_say_of_pages_suffices(name: str) -> None:
    pagination(name, {}, bundled().get(name).paginate)


def test_the_reference_lists_them(golden: Callable[[Path, str], None]) -> None:
    rows = ["| provider | name | auth mode | documentation |", "| --- | --- | --- | --- |"]
    for name in bundled().names():
        provider = bundled().get(name)
        docs = f"<{provider.docs}>" if provider.docs else "–"
        rows.append(f"| `{name}` | {provider.display_name} | `{provider.auth_mode}` | {docs} |")
    text = PAGE.read_text(encoding="utf-8")
    start, end = "<!-- begin: bundled providers -->\n", "<!-- end: bundled providers -->"
    table = "\n".join(["", *rows, "", ""])
    golden(PAGE, re.sub(f"(?<={start}).*(?={end})", lambda _: table, text, flags=re.DOTALL))


def test_the_reference_s_example_is_right() -> None:
    found = Diagnostics()
    [example] = re.findall(r"^```yaml providers.yaml\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    overlaid([Source("providers.yaml", example)]).check(found)
    assert list(found) == []


def test_one_is_read_without_the_others() -> None:
    def once() -> float:
        start = time.perf_counter()
        Catalog(list(_bundled_files())).get("github")
        return time.perf_counter() - start

    assert min(once() for _ in range(10)) < 0.010
