"""Names that `nango create` takes, and what it says about the others."""

from __future__ import annotations

import pytest

from nango_cli.errors import UsageError
from nango_cli.scaffold.request import Request


def refusal(integration, name):
    with pytest.raises(UsageError) as raised:
        Request("sync", integration, name).check()
    assert raised.value.code == "NG801"
    return str(raised.value), raised.value.help


def test_names_are_as_long_as_servers_accept():
    Request("sync", "a" * 255, "b" * 255).check()
    shown = repr("a" * 40 + "...")
    help = "use 1 to 255 letters from A to Z, digits, `_` and `-`"
    assert refusal("a" * 256, "b") == (f"an integration cannot be named {shown}", help)
    assert refusal("b", "a" * 256) == (f"a sync cannot be named {shown}", help)


@pytest.mark.parametrize("name", ["a.b", "a b", "a:b", "~a", "a@b"])
def test_what_servers_accept_and_this_does_not_is_explained(name):
    message, help = refusal(name, "issues")
    assert message == f"an integration cannot be named {name!r}"
    assert help.startswith("`nango create` names a folder and types of Python after it")
    assert "add a script of such an integration by hand" in help
    assert refusal("github", name)[1].startswith("use 1 to 255 letters")


@pytest.mark.parametrize("name", ["", ".", "..", "-", "_", "~", "a/b", "é", "a\n"])
def test_what_nobody_accepts(name):
    assert (
        refusal(name, "issues")[1]
        == refusal("github", name)[1]
        == ("use 1 to 255 letters from A to Z, digits, `_` and `-`")
    )
