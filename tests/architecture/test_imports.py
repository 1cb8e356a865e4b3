"""Imports and foreign keys go down only."""

import ast
import configparser
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.tree import APPS, LAYERS, ROOT, name_of, python_files

# The linter bans imports inside functions; who silences it must stand here with the reason.
LATE_IMPORTS = {
    # A program of its own: limits and fonts are set before the renderer's C libraries load.
    "documents/printing/worker.py",
    "documents/previewing/worker.py",
}
RANK = {app: len(LAYERS) - depth for depth, layer in enumerate(LAYERS) for app in layer}


def test_import_orders_are_kept():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_import_contract_names_the_layers_of_this_file():
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    lines = contract["importlinter:contract:apps"]["layers"].split("\n")

    layers = [tuple(part.strip() for part in line.split("|")) for line in lines if line.strip()]

    assert layers == [("unionops",), *LAYERS]


def foreign_keys():
    """Yield (owner app, target app, field) of every relation between two of our models."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                yield model._meta.app_label, field.related_model._meta.app_label, str(field)


def test_foreign_keys_point_downwards():
    upward = [
        field
        for owner, target, field in foreign_keys()
        if owner in RANK and target in RANK and owner != target and RANK[owner] <= RANK[target]
    ]

    assert upward == []


def test_foreign_keys_of_ours_are_seen():
    pairs = {(owner, target) for owner, target, _ in foreign_keys()}

    assert ("accounts", "organizations") in pairs


@pytest.mark.parametrize("app", APPS)
def test_app_is_installed(app):
    assert apps.is_installed(app)


def late_imports(source: str) -> list[int]:
    return [
        node.lineno
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def test_no_cycle_is_patched_by_an_import_inside_a_function():
    patched = [
        f"{name_of(path)}:{line}"
        for path in python_files()
        if name_of(path) not in LATE_IMPORTS
        for line in late_imports(path.read_text())
    ]

    assert patched == []


def test_an_import_inside_a_function_is_found():
    assert late_imports("def f():\n    import os\n") == [2]
