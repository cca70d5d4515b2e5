"""What is said of a definition's mistakes, and what is left of it."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.providers.catalog import alone, overlaid
from nango_cli.providers.provider import ConfigField, InBody, Provider, RetryRule, Verification


def problems(text: str) -> list[str]:
    found = Diagnostics()
    overlaid([Source("providers.yaml", text)]).check(found)
    assert {each.code for each in found} <= {"NG710"}
    return [f"{each.span.line}:{each.span.column} {each.severity}: {each.message}" for each in found if each.span]


def of_proxy(text: str) -> str:
    return "acme:\n  auth_mode: NONE\n  proxy:\n" + indent(dedent(text).strip("\n"), "    ") + "\n"


def test_everything_it_can_say() -> None:
    text = r"""
    acme:
      display_name: Acme
      docs: https://acme.example/docs
      auth_mode: OAUTH2
      authorization_url: https://acme.example/authorize
      authorization_params: {prompt: consent, session: false, level: 1}
      authorization_method: header
      token_url: {OAUTH2: https://acme.example/token, APP: https://acme.example/app}
      token_params: {grant_type: authorization_code}
      token_request_auth_method: basic
      body_format: json
      token_response_metadata: [team.id]
      redirect_uri_metadata: realm
      refresh_url: https://acme.example/refresh
      refresh_params: {grant_type: refresh_token}
      default_scopes: [read]
      scope_separator: ','
      disable_pkce: true
      categories: [dev]
      connection_config:
        team: {type: string, pattern: '^\w+$', example: blue, automated: true, title: Team}
      credentials:
        apiKey: {type: string}
      proxy:
        base_url: https://acme.example || https://${connectionConfig.team}.acme.example
        headers: {X-Version: 2, X-Team: "${connectionConfig.team}"}
        query: {key: "${apiKey}"}
        decompress: true
        retry:
          error_code: ['429', 5xx, 500-502, 418]
          remaining: X-Left
          at: [X-Reset]
          after: Retry-After
          in_body: {path: error.message, value: '/after (\d+)/', strategy: after}
        paginate: {type: offset, offset_name_in_request: page, offset_start_value: 1, in_body: false}
        verification: {method: POST, endpoints: ["/me/${credentials.username}"], headers: {accept: a}}
    """
    found = Diagnostics()
    catalog = alone(Source("providers.yaml", dedent(text)))
    catalog.check(found)
    assert list(found) == []
    acme = catalog.get("acme")
    assert acme.retry.in_body is not None
    assert acme.connection_config["team"].pattern is not None
    assert acme == Provider(
        name="acme",
        auth_mode="OAUTH2",
        display_name="Acme",
        docs="https://acme.example/docs",
        base_url="https://acme.example || https://${connectionConfig.team}.acme.example",
        headers={"X-Version": "2", "X-Team": "${connectionConfig.team}"},
        query={"key": "${apiKey}"},
        decompress=True,
        retry=RetryRule(
            (range(429, 430), range(500, 600), range(500, 503), range(418, 419)),
            "x-left",
            ("x-reset",),
            ("retry-after",),
            InBody("error.message", acme.retry.in_body.value, "after"),
        ),
        paginate={"type": "offset", "offset_name_in_request": "page", "offset_start_value": 1, "in_body": False},
        verification=Verification(("/me/${credentials.username}",), "POST", {"accept": "a"}),
        authorization_url="https://acme.example/authorize",
        authorization_params={"prompt": "consent", "session": "false", "level": "1"},
        authorization_method="header",
        token_url="https://acme.example/token",
        token_params={"grant_type": "authorization_code"},
        token_request_auth_method="basic",
        body_format="json",
        token_response_metadata=("team.id",),
        redirect_uri_metadata=("realm",),
        refresh_url="https://acme.example/refresh",
        refresh_params={"grant_type": "refresh_token"},
        default_scopes=("read",),
        scope_separator=",",
        disable_pkce=True,
        connection_config={"team": ConfigField("string", acme.connection_config["team"].pattern, "blue", True)},
        credentials={"apiKey": ConfigField()},
    )
    assert acme.retry.in_body.value.pattern == r"after (\d+)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("[a]", ["1:1 error: the file must be a mapping, not a list"]),
        ("acme:", ["1:1 error: the provider `acme` has no `auth_mode`"]),
        ("acme: x", [
            "1:1 error: the provider `acme` has no `auth_mode`",
            "1:7 error: the provider `acme` must be a mapping, not text",
        ]),
        ("acme: {auth_mode: OAUTH3}", ["1:19 error: `auth_mode` cannot be `OAUTH3`"]),
        ("acme: {auth_mode: [NONE]}", ["1:19 error: `auth_mode` must be text, not a list"]),
        ("acme: {auth_mode: NONE, docks: x}", ["1:25 warning: unknown key `docks` in the provider `acme`"]),
        ("acme: {auth_mode: NONE, disable_pkce: 'yes'}", [
            "1:39 error: `disable_pkce` must be `true` or `false`, not text"
        ]),
        ("acme: {auth_mode: NONE, token_url: acme.example}", [
            "1:36 error: `token_url` is not an address: `acme.example`"
        ]),
        ("acme: {auth_mode: NONE, default_scopes: [a, {}]}", [
            "1:45 error: `default_scopes` must be a list of text; this is a mapping"
        ]),
        ("acme: {auth_mode: NONE, connection_config: {a: {pattern: '('}}}", [
            "1:58 warning: `pattern` is not a regular expression: missing ), unterminated subpattern at position 0"
        ]),
        ("acme: {alias: [x]}", ["1:15 error: `alias` must be the name of a provider"]),
        ("acme: {alias: gihub}", ["1:15 error: there is no provider `gihub`"]),
        ("acme: {alias: acme}", ["1:15 error: there is no provider `acme`"]),
        ("acme: {alias: github}", []),
        ("github: {alias: github, docs: x}", []),
        ("a: {alias: b}\nb: {alias: a}", [
            "1:12 error: `a` is an alias of itself, by way of `b`",
            "2:12 error: `b` is an alias of itself, by way of `a`",
        ]),
    ],
)  # fmt: skip
def test_mistakes(text: str, expected: list[str]) -> None:
    assert sorted(problems(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("base_url: example.com", ["4:15 error: `base_url` is not an address: `example.com`"]),
        ("base_url: https://${connectionConfig.}.x", [
            "4:23 error: unknown placeholder `connectionConfig.` in `base_url`"
        ]),
        ("base_url: https://${apikey}.x", ["4:23 error: unknown placeholder `apikey` in `base_url`"]),
        ("base_url: https://${apiKey.x", ["4:15 error: a placeholder in `base_url` does not end"]),
        ("headers: {a: {}}", ["4:18 error: `a` in `headers` must be text, not a mapping"]),
        ("headers: [a]", ["4:14 error: `headers` must be a mapping, not a list"]),
        ("query: {a: '${x}'}", ["4:17 error: unknown placeholder `x` in `a` in `query`"]),
        ("retry: {error_code: ['600', 4x]}", ["4:26 error: `600` is no status", "4:33 error: `4x` is no status"]),
        ("retry: {att: [x]}", ["4:13 warning: unknown key `att` in `retry`"]),
        ("retry: {in_body: {path: a}}", [
            "4:22 error: `in_body` has no `value`",
            "4:22 error: `in_body` has no `strategy`",
        ]),
        ("retry: {in_body: {path: a, value: '(', strategy: at}}", [
            "4:39 error: `value` is not a regular expression: missing ), unterminated subpattern at position 0"
        ]),
        ("retry: {in_body: {path: a, value: 'b', strategy: at}}", ["4:39 error: `value` has no group"]),
        ("retry: {in_body: {path: a, value: '(b)', strategy: then}}", ["4:56 error: `strategy` cannot be `then`"]),
        ("paginate: {type: links}", ["4:22 error: `type` cannot be `links`"]),
        ("paginate: {limit: many}", ["4:23 error: `limit` must be a number"]),
        ("paginate: {limt: 1}", ["4:16 warning: unknown key `limt` in `paginate`"]),
        ("verification: {method: GETT, endpoints: [/a]}", ["4:28 error: `method` cannot be `GETT`"]),
        ("verification: {endpoint: /a}", []),
        ("verification: {}", ["4:19 error: `verification` has no `endpoints`"]),
    ],
)  # fmt: skip
def test_mistakes_in_the_proxy(text: str, expected: list[str]) -> None:
    assert sorted(problems(of_proxy(text))) == sorted(expected)


def test_help() -> None:
    found = Diagnostics()
    text = "acme: {auth_mode: basic, docks: x, proxy: {base_url: 'https://${credentals.a}', query: {a: '${zzzzz}'}}}"
    overlaid([Source("providers.yaml", text)]).check(found)
    assert [each.help for each in found] == [
        "did you mean `BASIC`?",
        "did you mean `docs`?",
        "did you mean `credentials.a`?",
        "placeholders: `apiKey`, `accessToken`, `username`, `password`, `connectionConfig.<name>`, "
        "`credentials.<name>`",
    ]
