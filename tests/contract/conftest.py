"""One world for each environment that has the roles that a test names: `@pytest.mark.role("actions")`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract.worlds import ROLES, WORLDS, World
from provider_server import ProviderServer

from nango_cli.environments.environment import Environment


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "role(name, ...): run for the environments that have these roles")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames:
        needed = {name for mark in metafunc.definition.iter_markers("role") for name in mark.args}
        metafunc.parametrize("world", [name for name in WORLDS if needed <= ROLES[name]], indirect=True)


@pytest.fixture(scope="session")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


@pytest.fixture
def world(request: pytest.FixtureRequest, provider: ProviderServer) -> Iterator[World]:
    with WORLDS[request.param](provider) as world:
        yield world


@pytest.fixture
def environment(world: World) -> Environment:
    return world.environment
