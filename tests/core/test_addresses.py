"""The short way to a row's address says what Django's own says."""

import uuid

import pytest
from django.urls import reverse

from core.addresses import address_of


@pytest.mark.parametrize(
    "view",
    [
        "approvals:proposal_review",
        "approvals:proposal_edit",
        "accounts:post_end",
        "meetings:body_detail",
    ],
)
def test_it_is_the_address_of_this_key_and_then_of_another(view):
    for key in (uuid.uuid4(), uuid.uuid4()):
        assert address_of(view, key) == reverse(view, args=[key])
