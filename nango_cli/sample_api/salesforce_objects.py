"""The objects that the sample of Salesforce knows: fields of every kind, null or not, and one without records."""

from __future__ import annotations

from typing import Any, NamedTuple

_NAMES = ("Acme", "Blumen & Söhne", "Café 🌻", "O'Neill Ltd", "東京商事")


class Object(NamedTuple):
    """`records` hold every field by its name; a field has `name`, `label`, `type` and more."""

    name: str
    fields: list[dict[str, Any]]
    records: list[dict[str, Any]]


def seed() -> dict[str, Object]:
    """The objects by their names in lower case, since SOQL does not look at case."""
    accounts = [_account(number) for number in range(1, 13)]
    contacts = [_contact(number) for number in range(1, 8)]
    account_fields = [
        _field("Id", "Account ID", "id"),
        _field("Name", "Account Name", "string"),
        _field("Industry", "Industry", "picklist"),
        _field("AnnualRevenue", "Annual Revenue", "currency"),
        _field("NumberOfEmployees", "Employees", "int"),
        _field("BillingAddress", "Billing Address", "address"),
        _field("IsDeleted", "Deleted", "boolean"),
        _field("LastModifiedDate", "Last Modified Date", "datetime"),
        _field("Loyalty__c", "Loyalty 💎", "double"),
    ]
    contact_fields = [
        _field("Id", "Contact ID", "id"),
        _field("AccountId", "Account ID", "reference"),
        _field("LastName", "Last Name", "string"),
        _field("Email", "Email", "email"),
    ]
    objects = [
        Object("Account", account_fields, accounts),
        Object("Contact", contact_fields, contacts),
        Object("Lead", contact_fields, []),
    ]
    return {each.name.lower(): each for each in objects}


def _field(name: str, label: str, type_: str) -> dict[str, Any]:
    return {"name": name, "label": label, "type": type_, "custom": name.endswith("__c"), "nillable": name != "Id"}


def _account(number: int) -> dict[str, Any]:
    address = {"street": f"{number} Main Street", "city": "Springfield", "postalCode": None, "country": "US"}
    return {
        "Id": _account_id(number),
        "Name": f"{_NAMES[number % len(_NAMES)]} {number}",
        "Industry": None if number % 3 == 0 else "Retail",
        "AnnualRevenue": None if number % 4 == 0 else number * 12_500.5,
        "NumberOfEmployees": number * 7,
        "BillingAddress": address if number % 2 else None,
        "IsDeleted": False,
        "LastModifiedDate": f"2025-03-{number:02}T09:30:00.000+0000",
        "Loyalty__c": number / 4,
    }


def _contact(number: int) -> dict[str, Any]:
    return {
        "Id": f"003xx{number:010}AAA",
        "AccountId": _account_id(number) if number % 2 else None,
        "LastName": ("García", "Ng", "Müller")[number % 3],
        "Email": None if number == 4 else f"contact-{number}@example.com",
    }


def _account_id(number: int) -> str:
    return f"001xx{number:010}AAA"
