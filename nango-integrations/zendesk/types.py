"""What Zendesk's API answers, as far as the scripts read it."""

from typing import Literal, TypedDict


class ZendeskTicketResponse(TypedDict):
    id: int
    subject: str
    status: str
    priority: Literal["low", "normal", "high", "urgent"] | None
    requester_id: int
    assignee_id: int | None
    tags: list[str]
    created_at: str
    updated_at: str


class ZendeskTicketsResponse(TypedDict):
    tickets: list[ZendeskTicketResponse]
    after_cursor: str | None
    end_of_stream: bool
