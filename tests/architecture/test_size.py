"""Nothing grows past what one person reads in one go (style: hard limits)."""

import ast

from tests.architecture.tree import name_of, python_files

MODULE_LINES = 500
TEST_LINES = 800
FUNCTION_LINES = 50


def test_modules_are_short():
    too_long = {
        name_of(path): count
        for path in python_files(with_tests=True)
        if (count := len(path.read_text().splitlines()))
        > (TEST_LINES if path.parts[-3:-1] and "tests" in path.parts else MODULE_LINES)
    }

    assert too_long == {}


def functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def test_functions_are_short():
    too_long = {
        f"{name_of(path)}:{name}": lines
        for path in python_files()
        for name, lines in functions(path)
        if lines > FUNCTION_LINES
    }

    assert too_long == {}


def test_functions_are_measured(tmp_path):
    path = tmp_path / "long.py"
    path.write_text("def long():\n" + "    pass\n" * 50)

    assert list(functions(path)) == [("long", 51)]
