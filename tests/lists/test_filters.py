"""What one request does to a list's conditions never reaches another's."""

from datetime import date

import pytest
from django.http import QueryDict

from venues.filters import VenueFilter
from venues.models import Venue

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def narrowed(world):
    def build(username: str) -> VenueFilter:
        user = world[username]
        rows = Venue.objects.visible_to(user)
        return VenueFilter(QueryDict(), rows, user=user, today=TODAY)

    return build


def unions_of(found: VenueFilter) -> set[str]:
    return {words.strip("　") for _key, words in found.form.fields["union"].choices if _key}


def test_each_person_is_offered_their_own_unions(narrowed):
    xian, baoji = narrowed("asset.officer"), narrowed("baoji.officer")

    assert unions_of(baoji) == {"宝鸡市总工会"}
    assert unions_of(xian) == {"西安市总工会", "碑林区总工会"}


def test_a_field_made_for_the_class_is_nobodys(narrowed):
    """The description of the API asks the class for its fields."""
    declared = VenueFilter.base_filters["union"]
    try:
        assert list(declared.field.choices) == [("", "---------")]
        assert unions_of(narrowed("baoji.officer")) == {"宝鸡市总工会"}
    finally:
        vars(declared).pop("_field", None)
