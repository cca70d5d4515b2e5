"""Generated TypeScript, by the compiler and the zod of npm; `make test-npm` installs both and runs this."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from random import Random

import corpus
import pytest
import values
from jsonschema import Draft7Validator, FormatChecker

from nango_cli.diagnostics.source import Source
from nango_cli.generators import json_schema, typescript, zod
from nango_cli.generators.typescript_naming import schema_names, type_names
from nango_cli.ir.graph import refs
from nango_cli.ir.project import Project
from nango_cli.ir.types import Array, Object, Primitive, Type, Union
from nango_cli.language.compiler import compile_source

pytestmark = pytest.mark.skipif(os.environ.get("NANGO_TEST_NPM") != "1", reason="needs npm: run `make test-npm`")

CACHE = Path(__file__).parents[2] / ".npm-test"
ODD = Path(__file__).parents[1] / "generators" / "odd.yaml"
OPTIONS = {
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "target": "es2022",
    "types": [],
    "outDir": "out",
    "rootDir": ".",
}
CHECK = """
import { readFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = [];
for (const [module, schemas] of Object.entries(cases)) {
  const loaded = await import(module);
  for (const [name, values] of Object.entries(schemas)) {
    for (const value of values) answers.push([module, name, value, loaded[name].safeParse(value).success]);
  }
}
process.stdout.write(JSON.stringify(answers));
"""
FORMATS = FormatChecker(())
FORMATS.checks("date-time")(lambda value: not isinstance(value, str) or value in [*values.DATES, values.TEXTS[-1]])
DIFFERENT = {"date", "bigint", "void", "undefined"}
"""What TypeScript has other types for than JSON, so that a zod schema infers another type than the interface."""


@pytest.fixture(scope="module")
def projects() -> dict[str, Project]:
    texts = {"odd": ODD.read_text(encoding="utf-8"), **{name: corpus.text(name) for name in corpus.PROJECTS}}
    return {name: compile_source(Source("nango.yaml", text)).project for name, text in texts.items()}


@pytest.fixture(scope="module")
def compiled(projects: dict[str, Project], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every project's files in a folder of its own, and what the compiler made of them below `out`."""
    folder = tmp_path_factory.mktemp("typescript")
    (folder / "node_modules").symlink_to(CACHE / "node_modules")
    (folder / "package.json").write_text('{"type": "module"}')
    paths = []
    for name, project in projects.items():
        files = [*typescript.generate(project), *zod.generate(project)]
        for path, text in [*files, ("same.ts", same(project))]:
            place = folder / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            paths.append(str(place))
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "files": paths}))
    done = subprocess.run([CACHE / "node_modules" / ".bin" / "tsc", "-p", folder], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]
    return folder


def same(project: Project) -> str:
    """Assignments that compile only if what a zod schema infers is what the interface says, where both know JSON."""
    types, schemas = type_names(project), schema_names(project)
    models = {model.name.value: model for model in project.models}
    foreign = {name for name, model in models.items() if DIFFERENT & set(primitives(model.type))}
    circular = {name for name in models if name in reachable(name, project)}
    fit = [name for name in models if not ({name, *reachable(name, project)} & (foreign | circular))]
    lines = [
        'import type { z } from "zod";',
        'import * as types from "./models.js";',
        'import * as schemas from "./schema.zod.js";',
    ]
    for index, name in enumerate(fit):
        inferred = f"z.infer<typeof schemas.{schemas[name]}>"
        lines.append(f"export const same{index} = (value: {inferred}): types.{types[name]} => value;")
    return "\n".join(lines) + "\n"


def primitives(type_: Type) -> list[str]:
    match type_:
        case Primitive(name):
            return [name]
        case Array(item):
            return primitives(item)
        case Union(members):
            return [name for member in members for name in primitives(member)]
        case Object(fields, extra):
            return [name for field in fields for name in primitives(field.type)] + (primitives(extra) if extra else [])
        case _:
            return []


def reachable(name: str, project: Project) -> set[str]:
    models = {model.name.value: model for model in project.models}
    found: set[str] = set()
    todo = [name]
    while todo:
        for ref in refs(models[todo.pop()].type):
            if ref.model not in found:
                found.add(ref.model)
                todo.append(ref.model)
    return found


def test_the_compiler_has_nothing_to_say(compiled: Path) -> None:
    assert (compiled / "out" / "odd" / "schema.zod.js").exists()


def test_the_compiler_would_say_something(compiled: Path) -> None:
    """Reaches the generated types, so that the test above means something."""
    (compiled / "wrong.ts").write_text(
        'import type { Task } from "./odd/models.js";\nexport const id: Task["id"] = 1;\n'
        'export const title: Task["title"] = 2;\n'
    )
    configuration = {"compilerOptions": {**OPTIONS, "noEmit": True}, "files": ["wrong.ts"]}
    (compiled / "wrong.json").write_text(json.dumps(configuration))
    done = subprocess.run(
        [CACHE / "node_modules" / ".bin" / "tsc", "-p", compiled / "wrong.json"], capture_output=True, text=True
    )
    assert done.stdout.count("error TS2322") == 2


def test_zod_agrees_with_the_schema(projects: dict[str, Project], compiled: Path) -> None:
    random = Random(4)
    cases: dict[str, dict[str, list[object]]] = {}
    expected = []
    for project_name, project in projects.items():
        definitions = json_schema.definitions(project)
        names = schema_names(project)
        module = f"./out/{project_name}/schema.zod.js"
        cases[module] = {}
        for name, schema in definitions.items():
            whole = {"definitions": definitions, "$ref": f"#/definitions/{name}"}
            judge = Draft7Validator(whole, format_checker=FORMATS)  # zod checks the format of dates too
            tried = cases[module][names[name]] = []
            for _ in range(12):
                try:
                    value = values.sample(random, schema, definitions)
                except ValueError:
                    break
                tried += [value, values.spoil(random, value)]
            tried.append(None)
            expected += [[module, names[name], value, judge.is_valid(value)] for value in tried]
    (compiled / "check.mjs").write_text(CHECK)
    (compiled / "cases.json").write_text(json.dumps(cases))
    done = subprocess.run(["node", "check.mjs", "cases.json"], cwd=compiled, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    wrong = [(theirs, ours) for theirs, ours in zip(answers, expected, strict=True) if theirs[3] != ours[3]]
    assert not wrong, (len(wrong), wrong[:5])
    assert sum(answer[3] for answer in answers) > 1000
    assert sum(not answer[3] for answer in answers) > 1000
