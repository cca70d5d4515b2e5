from models import Ticket

from ..types import ZendeskTicketResponse


def to_ticket(response: ZendeskTicketResponse) -> Ticket:
    return Ticket(
        id=response["id"],
        subject=response["subject"],
        status=response["status"],
        priority=response["priority"],
        requester_id=response["requester_id"],
        assignee_id=response["assignee_id"],
        tags=response["tags"],
        created_at=response["created_at"],
        updated_at=response["updated_at"],
    )
