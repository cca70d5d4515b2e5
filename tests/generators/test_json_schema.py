"""`.nango/schema.json`: the rules, one by one, and the real files that Nango's own CLI 0.60.5 wrote."""

from __future__ import annotations

import json

import corpus
import pytest
from jsonschema import Draft7Validator

from nango_cli.diagnostics.source import Source
from nango_cli.generators import json_schema
from nango_cli.language.compiler import compile_source

STRING, NUMBER, BOOLEAN, NULL = ({"type": name} for name in ("string", "number", "boolean", "null"))
DATE = {"type": "string", "format": "date-time"}
OBJECT, ARRAY, NOTHING = {"type": "object"}, {"type": "array", "items": {}}, {"not": {}}
A, B = {"type": "string", "const": "a"}, {"type": "string", "const": "b"}
SEVEN, TRUE = {"type": "number", "const": 7}, {"type": "boolean", "const": True}
M, N = {"$ref": "#/definitions/M"}, {"$ref": "#/definitions/N"}


def types(*names):
    return {"type": list(names)}


def items(schema):
    return {"type": "array", "items": schema}


def any_of(*schemas):
    return {"anyOf": list(schemas)}


# What stands as a required field's type, and its schema: every expectation was compared with the CLI's own output.
TYPES = [
    ("string", STRING),
    ("char", STRING),
    ("number", NUMBER),
    ("integer", NUMBER),
    ("bigint", NUMBER),
    ("boolean", BOOLEAN),
    ("date", DATE),
    ("object", OBJECT),
    ("array", ARRAY),
    ("any", {}),
    ("void", NULL),
    ("'null'", NULL),
    ("M", M),
    ("a", A),
    ("7", SEVEN),
    ("1.5", {"type": "number", "const": 1.5}),
    ("true", TRUE),
    ("string[]", items(STRING)),
    ("date[]", items(DATE)),
    ("any[]", ARRAY),
    ("array[]", items(ARRAY)),
    ("never[]", items(NOTHING)),
    ("undefined[]", items(NOTHING)),
    ("void[]", items(NULL)),
    ("7[]", items(SEVEN)),
    ("M[]", items(M)),
    ("[string]", items(STRING)),
    ("[[[string]]]", items(items(items(STRING)))),
    ("[string, number]", items(types("string", "number"))),
    ("[a, b]", items({"type": "string", "enum": ["a", "b"]})),
    ("['a | null', number]", items(any_of(A, NULL, NUMBER))),
    ("['string | undefined', number]", items(any_of(STRING, NOTHING, NUMBER))),
    # Primitives share a list of types.
    ("string | number", types("string", "number")),
    ("number | string | null", types("number", "string", "null")),
    ("number | integer | bigint", types("number")),
    ("string | string", types("string")),
    ("boolean | bigint", types("boolean", "number")),
    # Literals share an enum.
    ("a | b", {"type": "string", "enum": ["a", "b"]}),
    ("a | a", {"type": "string", "enum": ["a"]}),
    ("7 | 8", {"type": "number", "enum": [7, 8]}),
    ("true | false", {"type": "boolean", "enum": [True, False]}),
    ("1 | true", {"type": ["number", "boolean"], "enum": [1, True]}),
    ("a | 7 | null", {"type": ["string", "number", "null"], "enum": ["a", 7, None]}),
    ("a | true", {"type": ["string", "boolean"], "enum": ["a", True]}),
    ("null | true", {"type": ["null", "boolean"], "enum": [None, True]}),
    # `string` swallows text.
    ("string | a", STRING),
    ("a | string | b", STRING),
    ("a | string | null", types("string", "null")),
    # Everything else is `anyOf`.
    ("date | null", any_of(DATE, NULL)),
    ("date | date", DATE),
    ("date | a | b", any_of(DATE, A, B)),
    ("string | date", any_of(STRING, DATE)),
    ("object | null", any_of(OBJECT, NULL)),
    ("any | null", any_of({}, NULL)),
    ("any | any", {}),
    ("array | any[] | null", any_of(ARRAY, NULL)),
    ("void | null", any_of(NULL, NULL)),
    ("string | void", any_of(STRING, NULL)),
    ("number | a", any_of(NUMBER, A)),
    ("7 | number", any_of(SEVEN, NUMBER)),
    ("string | number | a", any_of(STRING, NUMBER, A)),
    ("boolean | true | null", any_of(BOOLEAN, TRUE, NULL)),
    ("M | null", any_of(M, NULL)),
    ("M | N", any_of(M, N)),
    ("M | M", M),
    ("M | M[]", any_of(M, items(M))),
    ("M | a | a", any_of(M, A)),
    ("M | string | number | null", any_of(M, STRING, NUMBER, NULL)),
    ("M | number | bigint", any_of(M, NUMBER)),
    ("string[] | string[] | null", any_of(items(STRING), NULL)),
    # `never` is no member.
    ("never | string", STRING),
    ("never | string | number", types("string", "number")),
    ("never | null | a", {"type": ["null", "string"], "enum": [None, "a"]}),
    # Nested objects.
    ("{}", {"type": "object", "additionalProperties": False}),
    ("{__string: any}", OBJECT),
    ("{__string: 'M | null'}", {"type": "object", "additionalProperties": any_of(M, NULL)}),
    ("{__string: 'any | undefined'}", {"type": "object", "additionalProperties": any_of({}, NOTHING)}),
    ("{__string: undefined}", {"type": "object", "additionalProperties": NOTHING}),
    ("{__string: never}", {"type": "object", "additionalProperties": NOTHING}),
]

# Fields that may be absent, and what they are when they are there.
ABSENT = [
    ("f?: string", STRING),
    ("f?: string | null", types("string", "null")),
    ("f: undefined", NOTHING),
    ("f?: undefined", NOTHING),
    ("f: string | undefined", STRING),
    ("f?: string | undefined", STRING),
    ("f: undefined | a | b", {"type": "string", "enum": ["a", "b"]}),
    ("f: undefined | undefined | M", M),
    ("f: void | undefined", NULL),
    ("f: never | undefined", NOTHING),
    ("f?: never | undefined", NOTHING),
    ("f: never | undefined | string", STRING),
]

# Where the CLI writes something else: docs/reference/compatibility.md says why.
DIFFERENT = [
    ("string | true", any_of(STRING, TRUE)),  # theirs: only `true`
    ("string | 7 | null", any_of(STRING, SEVEN, NULL)),  # theirs: only 7 and null
    ("Nothing", {"$ref": "#/definitions/Nothing"}),  # theirs: the field disappears
    ("a[]", items(A)),  # theirs: the text `a[]`
    ("'1.5'", {"type": "number", "const": 1.5}),  # theirs: 1
]


def definitions(models, integrations="{}"):
    common = "    M: {m: string}\n    N: {n: string}\n    Nothing: {f: never}\n"
    compilation = compile_source(Source("nango.yaml", f"integrations: {integrations}\nmodels:\n{common}{models}"))
    assert compilation.ok, compilation.diagnostics
    [file] = json_schema.generate(compilation.project)
    assert file.path == ".nango/schema.json"
    document = json.loads(file.text)
    Draft7Validator.check_schema(document)
    return document["definitions"]


@pytest.mark.parametrize(("written", "schema"), [*TYPES, *DIFFERENT])
def test_types(written, schema):
    assert dumped(definitions(f"    T: {{f: {quoted(written)}}}")["T"]) == dumped(
        {"type": "object", "properties": {"f": schema}, "required": ["f"], "additionalProperties": False}
    )


@pytest.mark.parametrize(("written", "schema"), ABSENT)
def test_fields_that_may_be_absent(written, schema):
    expected = {"type": "object", "properties": {"f": schema}, "additionalProperties": False}
    assert dumped(definitions(f"    T:\n        {written}")["T"]) == dumped(expected)


@pytest.mark.parametrize("body", ["{f: never}", "{g: string, f: never | never}", "{g: {h: {f: never}}}"])
def test_a_field_that_must_be_there_and_cannot_makes_the_model_impossible(body):
    assert definitions(f"    T: {body}")["T"] == NOTHING


@pytest.mark.parametrize("body", ["{f?: never, g: string}", "{f?: {h: never}, g: string}"])
def test_a_field_that_cannot_be_there_is_left_out(body):
    expected = {"type": "object", "properties": {"g": STRING}, "required": ["g"], "additionalProperties": False}
    assert definitions(f"    T: {body}")["T"] == expected


@pytest.mark.parametrize(("kind", "extra"), [("string", {"additionalProperties": STRING}), ("any", {})])
def test_dynamic_keys_beside_fields(kind, extra):
    expected = {"type": "object", "properties": {"g": STRING}, "required": ["g"], **extra}
    assert definitions(f"    T: {{__string: {kind}, g: string}}")["T"] == expected


def test_models_without_a_name():
    found = definitions("", "{gh: {actions: {do: {endpoint: /do, input: 'M[]', output: string | undefined}}}}")
    note = {"deprecated": "It is recommended to use a Model"}
    assert found["Anonymous_gh_action_do_input"] == {**items(M), **note}
    assert found["Anonymous_gh_action_do_output"] == {**any_of(STRING, NOTHING), **note}


def test_names_stay_as_they_are():
    found = definitions("    1num: {'a-b': string, '$ref?': 1num, 'é\"': string}")
    assert list(found["1num"]["properties"]) == ["a-b", "$ref", 'é"']


@pytest.mark.parametrize("name", corpus.PROJECTS or [pytest.param("", marks=corpus.needs_corpus)])
def test_real_projects(name):
    """There is no difference to document: all 32 are the same."""
    expected = json.loads((corpus.ROOT / name / "expected" / "schema.json").read_text(encoding="utf-8"))
    compilation = compile_source(Source("nango.yaml", corpus.text(name)))
    [file] = json_schema.generate(compilation.project)
    actual = json.loads(file.text)
    assert dumped(actual) == dumped(expected)


def dumped(schema):
    """The schema as text that depends on its meaning only; unlike `==`, it holds 1 and true apart."""
    return json.dumps(_meaning(schema), sort_keys=True)


def _meaning(schema):
    if isinstance(schema, list):
        return [_meaning(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: sorted(value) if key == "required" and isinstance(value, list) else _meaning(value)
        for key, value in schema.items()
        if key != "$comment"
    }


def quoted(written):
    """A type as it stands in a flow mapping."""
    return written if written[0] in "[{'" else f'"{written}"'
