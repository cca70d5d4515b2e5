"""Files made to exhaust a reader load or are refused with a place, in about a second."""

from __future__ import annotations

import gc
import time

import pytest

from nango_cli.diagnostics.source import Source
from nango_cli.language.compiler import compile_source
from nango_cli.language.syntax import MAX_CHARACTERS

HEAD = "integrations: {}\nmodels:\n"

ATTACKS = {
    "flow-nesting": ("[" * 200_000, "NG006"),
    "mapping-nesting": ("{a: " * 200_000, "NG006"),
    "block-nesting": ("\n".join(" " * depth + "a:" for depth in range(3000)), "NG006"),
    "alias-bomb": (
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [{','.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(12)),
        "NG006",
    ),
    "merge-bomb": (
        "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 26)),
        "NG006",
    ),
    "recursive-alias": ("a: &a [*a]\n", "NG007"),
    "too-long": ("#" * (MAX_CHARACTERS + 1), "NG006"),
    "long-comment": ("# x\n" * (MAX_CHARACTERS // 4), "NG005"),
    "long-scalar": ("a: " + "x" * (MAX_CHARACTERS - 10), "NG101"),
    "many-values": ("\n".join(f"k{n}: v" for n in range(300_000)), "NG006"),
    "wide-union": (HEAD + "  A: {id: " + "|".join(["a"] * 1_000_000) + "}\n", "NG006"),
    "parentheses": (HEAD + '  A: {x: "' + "(" * 100_000 + "a" + ")" * 100_000 + '"}', "NG206"),
    "dimensions": (HEAD + '  A: {x: "string' + "[]" * 100_000 + '"}', "NG206"),
    "long-number": (HEAD + "  A: {x: " + "9" * 100_000 + "}", None),
    "extends-chain": (
        HEAD + "".join(f"  M{n}: {{__extends: M{n + 1}, f{n}: string}}\n" for n in range(12_000)) + "  M12000: {}\n",
        "NG006",
    ),
    "reference-chain": (HEAD + "".join(f"  M{n}: {{f: M{(n + 1) % 25_000}}}\n" for n in range(25_000)), "NG211"),
    "unknown-keys": ("integrations: {x: {syncs: {}}}\n" + "\n".join(f"k{n}: v" for n in range(40_000)), "NG101"),
    "duplicate-keys": ("\n".join(["integrations: {}"] * 40_000), "NG103"),
    "unknown-words": (HEAD + "  A:\n" + "\n".join(f"    f{n}: Abcdefgh{n}" for n in range(40_000)), "NG202"),
    "comments": (HEAD + "  A:\n" + "    f: string # nango: ignore[NG202]\n" * 40_000, "NG009"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name):
    text, code = ATTACKS[name]
    source = Source("nango.yaml", text)
    gc.disable()  # as the command does
    try:
        start = time.process_time()
        compilation = compile_source(source, rules=())
        seconds = time.process_time() - start
    finally:
        gc.enable()
    assert seconds < 2, "a second, with room for a busy machine; without its guard each of these takes minutes"
    codes = {found.code for found in compilation.diagnostics}
    assert code in codes if code else compilation.ok
    assert all(found.span for found in compilation.diagnostics)
