"""Salesforce's objects: described, and queried in pages by the part of SOQL that picks fields of one object."""

from __future__ import annotations

import re
from typing import Any

from nango_cli.sample_api import salesforce_objects
from nango_cli.sample_api.api import Answer, Request

_DATA = "/services/data/v59.0"
_PAGE = 5
_QUERY = re.compile(r"\s*SELECT\s+(?P<fields>.+?)\s+FROM\s+(?P<name>\w+)\s*", re.IGNORECASE | re.DOTALL)


class Api:
    def __init__(self) -> None:
        self._objects = salesforce_objects.seed()
        self._cursors: dict[str, Answer] = {}

    def answer(self, request: Request) -> Answer:
        if request.method != "GET":
            message = f"HTTP Method '{request.method}' not allowed. Allowed are HEAD,GET"
            return _refusal(405, "METHOD_NOT_ALLOWED", message)
        if request.path == f"{_DATA}/query":
            return self._query(request.query.get("q", ""))
        match request.path.removeprefix(f"{_DATA}/").split("/"):
            case ["query", cursor]:
                missing = _refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
                return self._cursors.get(cursor, missing)
            case ["sobjects", name, "describe"] if found := self._objects.get(name.lower()):
                return Answer(200, _description(found))
        return _refusal(404, "NOT_FOUND", "The requested resource does not exist")

    def _query(self, text: str) -> Answer:
        found = _QUERY.fullmatch(text)
        if found is None:
            return _refusal(400, "MALFORMED_QUERY", f"unexpected token: '{text.split()[0] if text.split() else ''}'")
        object_ = self._objects.get(found["name"].lower())
        if object_ is None:
            return _refusal(400, "INVALID_TYPE", f"sObject type '{found['name']}' is not supported.")
        known = {field["name"].lower(): field["name"] for field in object_.fields}
        names = [each.strip() for each in found["fields"].split(",")]
        for name in names:
            if name.lower() not in known:
                message = f"No such column '{name}' on entity '{object_.name}'."
                return _refusal(400, "INVALID_FIELD", message)
        columns = [known[name.lower()] for name in names]
        if len(set(columns)) < len(columns):
            return _refusal(400, "MALFORMED_QUERY", f"duplicate field selected: {columns[-1]}")
        return self._pages(object_, columns)

    def _pages(self, object_: salesforce_objects.Object, columns: list[str]) -> Answer:
        """The first page of a query; those after it wait behind their cursors."""
        query = f"01gxx{len(self._cursors):010}"
        rows = [_row(object_.name, record, columns) for record in object_.records]
        first = Answer(200, {"totalSize": len(rows), "done": len(rows) <= _PAGE, "records": rows[:_PAGE]})
        page = first
        for start in range(_PAGE, len(rows), _PAGE):
            cursor = f"{query}-{start}"
            page.data["nextRecordsUrl"] = f"{_DATA}/query/{cursor}"
            done = start + _PAGE >= len(rows)
            page = Answer(200, {"totalSize": len(rows), "done": done, "records": rows[start : start + _PAGE]})
            self._cursors[cursor] = page
        return first


def _row(name: str, record: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    attributes = {"type": name, "url": f"{_DATA}/sobjects/{name}/{record['Id']}"}
    return {"attributes": attributes, **{column: record[column] for column in columns}}


def _description(object_: salesforce_objects.Object) -> dict[str, Any]:
    return {"name": object_.name, "label": object_.name, "queryable": True, "fields": object_.fields}


def _refusal(status: int, code: str, message: str) -> Answer:
    return Answer(status, [{"message": message, "errorCode": code}])
