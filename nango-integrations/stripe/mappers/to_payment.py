from datetime import UTC, datetime

from models import Payment

from ..types import StripeChargeResponse


def to_payment(response: StripeChargeResponse) -> Payment:
    return Payment(
        id=response["id"],
        # In the currency's smallest unit, as it comes: a yen has no cents
        amount=response["amount"],
        amount_refunded=response["amount_refunded"],
        currency=response["currency"],
        status=response["status"],
        created_at=datetime.fromtimestamp(response["created"], UTC).isoformat(),
        customer_id=response["customer"],
        description=response["description"] or None,
        failure_message=response["failure_message"],
    )
