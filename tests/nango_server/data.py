"""What the server's tables hold to begin with, in the shapes of its API."""

from __future__ import annotations

from typing import Any

KEY = "5a3f9c1e-7b42-4d0e-9f68-2c1d0b9a8e77"
CREATED = "2026-01-05T10:00:00.000Z"
TOKEN = "planted-token-of-the-connection"


def integration(unique_key: str, provider: str, base_url: str, **more: Any) -> dict[str, Any]:
    """`base_url` is where its proxy requests go; the API does not show it."""
    return {
        "unique_key": unique_key,
        "provider": provider,
        "display_name": provider.capitalize(),
        "logo": f"https://app.nango.dev/images/template-logos/{provider}.svg",
        "forward_webhooks": True,
        "created_at": CREATED,
        "updated_at": CREATED,
        "credentials": {"type": "OAUTH2", "client_id": "id", "client_secret": "planted-client-secret"},
        "base_url": base_url,
        **more,
    }


def connection(connection_id: str, integration: str, provider: str, **more: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "connection_id": connection_id,
        "provider_config_key": integration,
        "provider": provider,
        "errors": [],
        "end_user": None,
        "tags": {},
        "metadata": {},
        "connection_config": {},
        "webhook_url_override": None,
        "created_at": CREATED,
        "updated_at": CREATED,
        "last_fetched_at": CREATED,
        "credentials": {"type": "OAUTH2", "access_token": TOKEN, "raw": {}},
        **more,
    }


def provider(name: str, auth_mode: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "display_name": name.capitalize(),
        "auth_mode": auth_mode,
        "docs": f"https://docs.nango.dev/integrations/all/{name}",
        **more,
    }


def record(data: dict[str, Any], number: int) -> dict[str, Any]:
    metadata = {
        "first_seen_at": CREATED,
        "last_modified_at": CREATED,
        "last_action": "ADDED",
        "deleted_at": None,
        "pruned_at": None,
        "cursor": f"cursor-{number}",
    }
    return {**data, "_nango_metadata": metadata}
