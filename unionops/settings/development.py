"""The profile of `manage.py` at a developer's desk: readable errors, plain HTTP."""

import os

os.environ.setdefault("UNIONOPS_SECRET_KEY", "development-only-not-a-secret")
os.environ.setdefault("UNIONOPS_HTTPS", "0")

from unionops.settings.base import *

DEBUG = True
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
