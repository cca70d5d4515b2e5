"""A provider on the loopback that gives out tokens, and an API behind it that wants them.

| path | answers |
| --- | --- |
| `/authorize` | redirects at once, with a code or an error; keeps the PKCE challenge |
| `/token` | tokens: `authorization_code`, `refresh_token` with rotation, `client_credentials`, JWT bearer |
| `/token-form` | the same as a form; `/token-basic` wants the client in a header, `/token-json` a JSON body |
| `/token-down` | 503 |
| `/api/bearer`, `/api/basic` | 200 for a token or a user that is known, else 401 |
| `/api/header`, `/api/query`, `/api/body` | 200 for the API key in the header `X-Key`, as `?key=`, in the JSON body |
| `/api/wsse` | 200 for a right `X-WSSE` that has not been used |
| `/api/jwt` | 200 for a token that the client's key has signed |

Its secrets begin with `planted-`, so that tests find them wherever they leak.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from provider_server import Answer, Asked, Loopback

__all__ = ["API_KEY", "CLIENT_ID", "CLIENT_SECRET", "PASSWORD", "USER", "OAuthServer"]

CLIENT_ID = "client-7"
CLIENT_SECRET = "planted-client-secret-4e91"
API_KEY = "planted-api-key-b3d0"
USER = "octocat"
PASSWORD = "planted-password-c77a"

_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_WSSE = re.compile(r'(\w+)="([^"]*)"')


@dataclass
class Code:
    redirect_uri: str
    challenge: str | None
    scope: str


class Refusal(Exception):
    def __init__(self, reason: str, status: int = 400, description: str | None = None) -> None:
        super().__init__(reason)
        self.body = {"error": reason, **({"error_description": description} if description else {})}
        self.status = status


@dataclass
class Behaviour:
    """What tests change. `deny` has the user refuse, `state` replaces that of the redirect, `more` joins the tokens.

    `lifetime` is in seconds, None for tokens that say nothing of it. `redirects` are those registered, None for all.
    `delay` is in seconds, before each token. `spill` repeats the client's secrets in errors.
    """

    deny: bool = False
    state: str | None = None
    silent: bool = False
    lifetime: int | None = 3600
    rotates: bool = True
    redirects: list[str] | None = None
    more: dict[str, Any] = field(default_factory=dict)
    redirect_more: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    spill: bool = False


class OAuthServer(Loopback):
    """`tokens` are the access tokens that are good, with the time at which they end; `refresh` the refresh tokens."""

    def __init__(self, key: Any = None) -> None:
        """`key` is the public key (joserfc's) that assertions are checked with."""
        super().__init__()
        self.behaviour = Behaviour()
        self.tokens: dict[str, float] = {}
        self.refresh: set[str] = set()
        self.codes: dict[str, Code] = {}
        self.nonces: set[str] = set()
        self.granted: list[dict[str, str]] = []
        self.key = key

    def reset(self) -> None:
        self.behaviour = Behaviour()
        self.granted.clear()
        self.requests.clear()

    def grants(self, kind: str) -> list[dict[str, str]]:
        return [each for each in self.granted if each["grant_type"] == kind]

    def issue(self, lifetime: float | None = None) -> tuple[str, str]:
        """An access token and a refresh token that are good."""
        with self.lock:
            access, refresh = (f"planted-{kind}-{secrets.token_hex(8)}" for kind in ("access", "refresh"))
            life = self.behaviour.lifetime if lifetime is None else lifetime
            self.tokens[access] = time.time() + (3600 if life is None else life)
            self.refresh.add(refresh)
            return access, refresh

    def revoke(self) -> None:
        """Nothing that was given out is good any more."""
        self.tokens.clear()
        self.refresh.clear()

    def answer(self, asked: Asked) -> Answer:
        first, _, rest = asked.path.strip("/").partition("/")
        if first == "authorize":
            return self._authorize(asked)
        if first == "token-down":
            return Answer(503, b"<html>busy</html>", {"Content-Type": "text/html"})
        if first.startswith("token"):
            try:
                return self._token(asked, first)
            except Refusal as error:
                return Answer(error.status, error.body)
        allowed = first == "api" and getattr(self, f"_api_{rest.partition('/')[0]}")(asked)
        return Answer(200, {"ok": True}) if allowed else Answer(401, {"message": "Bad credentials"})

    def _authorize(self, asked: Asked) -> Answer:
        given, behaviour = dict(asked.query), self.behaviour
        redirect_uri = given.get("redirect_uri", "")
        if behaviour.redirects is not None and redirect_uri not in behaviour.redirects:
            return Answer(400, b"<title>wrong redirect</title>", {"Content-Type": "text/html"})
        if behaviour.silent or given.get("client_id") != CLIENT_ID:
            return Answer(200, b"<title>Sign in</title>", {"Content-Type": "text/html"})
        answer = {"state": given.get("state", "") if behaviour.state is None else behaviour.state}
        if behaviour.deny:
            answer |= {"error": "access_denied", "error_description": "the user said no"}
        else:
            code = f"planted-code-{secrets.token_hex(8)}"
            self.codes[code] = Code(redirect_uri, given.get("code_challenge"), given.get("scope", ""))
            answer |= {"code": code, **behaviour.redirect_more}
        return Answer(302, None, {"Location": f"{redirect_uri}?{urlencode(answer)}"})

    def _token(self, asked: Asked, path: str) -> Answer:
        body = asked.body.decode()
        as_json = "json" in (asked.header("content-type") or "")
        if as_json != (path == "token-json"):
            raise Refusal("invalid_request", description="wrong format")
        given: dict[str, str] = json.loads(body) if as_json else dict(parse_qsl(body))
        if self.behaviour.delay:
            time.sleep(self.behaviour.delay)
        with self.lock:
            self.granted.append(given)
            grant = given.get("grant_type", "")
            if grant != _BEARER:
                self._client(asked, given, path)
            getattr(self, "_grant_" + ("jwt" if grant == _BEARER else grant))(given)
            access, refresh = self.issue()
            token: dict[str, Any] = {"access_token": access, "token_type": "bearer", **self.behaviour.more}
            if grant in ("authorization_code", "refresh_token"):
                if grant == "refresh_token" and not self.behaviour.rotates:
                    self.refresh.discard(refresh)
                    self.refresh.add(given["refresh_token"])
                else:
                    token["refresh_token"] = refresh
            if self.behaviour.lifetime is not None:
                token["expires_in"] = self.behaviour.lifetime
        if path == "token-form":
            return Answer(200, urlencode(token).encode(), {"Content-Type": "application/x-www-form-urlencoded"})
        return Answer(200, token)

    def _client(self, asked: Asked, given: dict[str, str], path: str) -> None:
        if "client_assertion" in given:
            return self._verified(given["client_assertion"], CLIENT_ID)
        header = asked.header("authorization")
        wanted = f"Basic {base64.b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}"
        good = header == wanted if path == "token-basic" else header is None and given.get("client_id") == CLIENT_ID
        if path != "token-basic":
            good = good and given.get("client_secret") == CLIENT_SECRET
        if not good:
            spilled = f"{given.get('client_secret')} is wrong" if self.behaviour.spill else None
            raise Refusal("invalid_client", 401, spilled)
        return None

    def _grant_authorization_code(self, given: dict[str, str]) -> None:
        code = self.codes.pop(given.get("code", ""), None)
        if code is None or given.get("redirect_uri") != code.redirect_uri:
            raise Refusal("invalid_grant", description="unknown code, or another redirect")
        if code.challenge is not None:
            digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != code.challenge:
                raise Refusal("invalid_grant", description="PKCE")

    def _grant_refresh_token(self, given: dict[str, str]) -> None:
        token = given.get("refresh_token", "")
        if token not in self.refresh:
            self.revoke()  # somebody used it twice
            raise Refusal("invalid_grant", description=f"{token if self.behaviour.spill else 'the token'} was revoked")
        self.refresh.discard(token)

    def _grant_client_credentials(self, given: dict[str, str]) -> None:
        """The client has shown who it is."""

    def _grant_jwt(self, given: dict[str, str]) -> None:
        self._verified(given.get("assertion", ""), None)

    def _verified(self, assertion: str, issuer: str | None) -> None:
        from joserfc import jwt
        from joserfc.errors import JoseError

        try:
            claims = jwt.decode(assertion, self.key, algorithms=["RS256", "ES256", "HS256"]).claims
        except (JoseError, ValueError) as error:
            raise Refusal("invalid_grant", description=type(error).__name__) from error
        if claims["exp"] < time.time() or (issuer and claims["iss"] != issuer):
            raise Refusal("invalid_grant")
        self.granted[-1:] = [{**self.granted[-1], "claims": json.dumps(claims)}] if self.granted else []

    def _api_bearer(self, asked: Asked) -> bool:
        scheme, _, token = (asked.header("authorization") or "").partition(" ")
        return scheme == "Bearer" and self.tokens.get(token, 0.0) > time.time()

    def _api_basic(self, asked: Asked) -> bool:
        wanted = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        return asked.header("authorization") == f"Basic {wanted}"

    def _api_header(self, asked: Asked) -> bool:
        return asked.header("x-key") == API_KEY

    def _api_query(self, asked: Asked) -> bool:
        return asked.parameter("key") == API_KEY

    def _api_body(self, asked: Asked) -> bool:
        return (asked.json() or {}).get("key") == API_KEY

    def _api_jwt(self, asked: Asked) -> bool:
        try:
            self._verified((asked.header("authorization") or "").removeprefix("Bearer "), None)
        except Refusal:
            return False
        return True

    def _api_wsse(self, asked: Asked) -> bool:
        parts = dict(_WSSE.findall(asked.header("x-wsse") or ""))
        nonce = base64.b64decode(parts.get("Nonce", ""))
        digest = hashlib.sha1(nonce + parts.get("Created", "").encode() + PASSWORD.encode()).digest()
        fresh = parts.get("Nonce") not in self.nonces
        self.nonces.add(parts.get("Nonce", ""))
        return (
            fresh and parts.get("Username") == USER and parts.get("PasswordDigest") == base64.b64encode(digest).decode()
        )
