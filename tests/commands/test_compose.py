"""The server profile's description: valid, checked for health, and equal to the settings."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.architecture.tree import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
# The names below are read by compose itself, not by the settings.
OF_COMPOSE = {"POSTGRES_PASSWORD", "TLS_DIR", "HTTP_PORT", "HTTPS_PORT"}


def test_compose_file_follows_the_specification():
    done = subprocess.run(
        [
            Path(sys.executable).with_name("check-jsonschema"),
            *("--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_compose_has_the_parts_of_the_server_profile():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis", "nginx"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_service_has_a_health_check(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_volumes_used_are_declared():
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith((".", "$"))
    }

    assert used == set(COMPOSE["volumes"])


def test_every_setting_of_the_example_is_read():
    settings = (ROOT / "unionops" / "settings" / "base.py").read_text()
    named = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert named
    assert [name for name in named if name not in OF_COMPOSE and f'"{name}"' not in settings] == []


def test_example_holds_no_secret():
    text = (ROOT / ".env.example").read_text()

    assert re.findall(r"^(?:UNIONOPS_SECRET_KEY|POSTGRES_PASSWORD)=(.*)$", text, re.MULTILINE) == [
        "",
        "",
    ]


def test_image_and_bootstrap_install_the_same_packages():
    packages = re.findall(
        r"\b(?:lib[a-z]+[\w.]*-|fonts-)[\w.-]+", (ROOT / "script/bootstrap").read_text()
    )
    image = (ROOT / "Dockerfile").read_text()

    assert packages
    assert [package for package in packages if package not in image] == []
