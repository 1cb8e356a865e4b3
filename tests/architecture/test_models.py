"""What every model keeps to."""

import re

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.architecture.tree import APPS

OURS = [
    model
    for model in apps.get_models()
    # History tables are made by simple-history from the model they mirror.
    if model._meta.app_label in APPS and not hasattr(model, "history_object")
]


# The kernel knows no word of the domain, therefore no term to begin with.
NAMED = [model for model in OURS if model._meta.app_label != "core"]


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model._meta.label)
def test_model_says_what_it_is_in_chinese(model):
    written = model.__doc__ or ""

    assert re.match(r"\s*[\u4e00-\u9fff]", written), "the docstring begins with the Chinese term"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_model_has_no_hidden_ordering(model):
    assert list(model._meta.ordering) == []


def test_there_are_models():
    assert len(OURS) > 5


def test_money_is_never_a_float():
    floats = [
        str(field)
        for model in OURS
        for field in model._meta.local_fields
        if isinstance(field, models.FloatField)
    ]

    assert floats == []


@pytest.mark.django_db
@pytest.mark.parametrize("app", APPS)
def test_migrations_are_linear_and_named(app):
    loader = MigrationLoader(connection)
    names = [name for label, name in loader.disk_migrations if label == app]

    assert len(loader.graph.leaf_nodes(app)) <= 1
    assert [name for name in names if re.search(r"_auto_\d", name)] == []


def test_functions_given_to_run_python_can_be_undone():
    one_way = [
        f"{app}.{name}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in APPS
        for operation in migration.operations
        if isinstance(operation, migrations.RunPython) and operation.reverse_code is None
    ]

    assert one_way == []
