"""What Stripe's API answers, as far as the scripts read it."""

from typing import Literal, TypedDict


class StripeChargeResponse(TypedDict):
    id: str
    amount: int
    amount_refunded: int
    created: int
    currency: str
    customer: str | None
    description: str | None
    failure_message: str | None
    status: Literal["succeeded", "pending", "failed"]


class StripeChargesResponse(TypedDict):
    data: list[StripeChargeResponse]
    has_more: bool
