"""All tests. A failing assertion of the harness tells what it found, as one in a test does."""

import pytest

pytest.register_assert_rewrite("tests.harness")
