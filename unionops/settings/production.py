"""The profile of `script/server` and of `docker compose`: nothing is relaxed."""

from unionops.settings.base import *
