"""Models become what their own `model_dump` says, on the fast way too."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, RootModel

from nango_cli.sdk.plain import plain, rows
from nango_cli.sdk.pydantic_model import Date, Model, SparseModel, optional


class Issue(Model):
    id: int | float
    from_: str | None = optional("from")
    at: Date | None = optional()


class Sparse(SparseModel):
    id: int
    body: str | None = None


class Own(BaseModel):
    id: int

    def model_dump(self, **options: Any) -> dict[str, Any]:
        return {"own": self.id}


class Numbers(RootModel[list[int]]):
    pass


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Issue(id=1), {"id": 1}),
        (Issue(id=1, from_="x", at="2026-01-02T03:04:05Z"), {"id": 1, "from": "x", "at": "2026-01-02T03:04:05Z"}),
        (Sparse(id=1), {"id": 1}),
        (Sparse(id=1, body=None), {"id": 1, "body": None}),
        (Own(id=1), {"own": 1}),
        (Numbers([1]), [1]),
        (Issue.model_construct(id=1), {"id": 1}),
    ],
)
def test_models(value: Any, expected: Any) -> None:
    assert plain(value, "value") == expected
    assert rows([value, value], 0) == [expected, expected]
    assert rows([value, {"a": value}], 0) == [expected, {"a": expected}]
