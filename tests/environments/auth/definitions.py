"""One provider for each auth mode, and credentials of all kinds. `URL` is where the loopback's server is."""

from __future__ import annotations

from typing import Any

from joserfc.jwk import ECKey, RSAKey
from oauth_server import API_KEY, CLIENT_ID, CLIENT_SECRET, PASSWORD, USER

RSA = RSAKey.generate_key(2048)
EC = ECKey.generate_key("P-256")
SECRET = "planted-shared-secret-2c1d9f"

DEFINITIONS = """
none: {auth_mode: NONE, proxy: {base_url: "URL"}}
key-header:
    auth_mode: API_KEY
    proxy: {base_url: "URL", headers: {x-key: "${apiKey}"}, verification: {endpoints: [/api/header]}}
key-query: {auth_mode: API_KEY, proxy: {base_url: "URL", query: {key: "${apiKey}"}}}
key-body: {auth_mode: API_KEY, proxy: {base_url: "URL"}}
basic: {auth_mode: BASIC, proxy: {base_url: "URL", verification: {endpoints: [/api/nowhere, /api/basic]}}}
oauth: &oauth
    auth_mode: OAUTH2
    authorization_url: URL/authorize
    token_url: URL/token
    default_scopes: [offline]
    proxy: {base_url: "URL"}
oauth-basic:
    <<: *oauth
    token_url: URL/token-basic
    token_request_auth_method: basic
    scope_separator: ","
    authorization_params: {prompt: consent, account: "${connectionConfig.account}"}
    token_response_metadata: [team.id, bot]
    redirect_uri_metadata: [realm]
oauth-form: {<<: *oauth, token_url: URL/token-form, disable_pkce: true}
oauth-json:
    <<: *oauth
    token_url: URL/token-json
    refresh_url: URL/token-json
    body_format: json
    token_params: {expiring: 1}
oauth-down: {<<: *oauth, token_url: URL/token-down}
client:
    auth_mode: OAUTH2_CC
    token_url: URL/token
    token_params: {audience: "${connectionConfig.audience}"}
    proxy: {base_url: "URL"}
client-key:
    auth_mode: OAUTH2_CC
    token_url: URL/token
    token_request_auth_method: private_key_jwt
    proxy: {base_url: "URL"}
jwt:
    auth_mode: JWT
    token_params: {aud: "the-api", sub: "${connectionConfig.subject} || nobody", expires_in: 60}
    proxy: {base_url: "URL"}
jwt-grant: {auth_mode: JWT, token_url: URL/token, proxy: {base_url: "URL"}}
wsse: {auth_mode: SIGNATURE, proxy: {base_url: "URL", headers: {x-wsse: "${accessToken}"}}}
oauth1: {auth_mode: OAUTH1, proxy: {base_url: "URL"}}
"""
APPLICATION = {"type": "OAUTH2", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "scopes": "read,write"}
CREDENTIALS: dict[str, dict[str, Any]] = {
    "none": {"type": "NONE"},
    "key-header": {"type": "API_KEY", "apiKey": API_KEY},
    "key-query": {"type": "API_KEY", "apiKey": API_KEY},
    "key-body": {"type": "API_KEY", "apiKey": API_KEY},
    "basic": {"type": "BASIC", "username": USER, "password": PASSWORD},
    "client": {"type": "OAUTH2_CC", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "scopes": "a,b"},
    "client-key": {
        "type": "OAUTH2_CC",
        "client_id": CLIENT_ID,
        "client_private_key": RSA.as_pem(private=True).decode(),
    },
    "jwt": {"type": "JWT", "privateKey": RSA.as_pem(private=True).decode(), "privateKeyId": "k1", "issuerId": "me"},
    "jwt-grant": {"type": "JWT", "privateKey": RSA.as_pem(private=True).decode(), "issuerId": "me"},
    "wsse": {"type": "SIGNATURE", "username": USER, "password": PASSWORD},
    "oauth1": {"type": "OAUTH1", "oauth_token": "planted-one", "oauth_token_secret": "planted-two"},
}
