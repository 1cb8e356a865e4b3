"""The profile of the tests: fast hashes, no HTTPS redirect, a throw-away `var` folder."""

import os
import tempfile

os.environ.setdefault("UNIONOPS_SECRET_KEY", "test-only-not-a-secret")
os.environ["UNIONOPS_HTTPS"] = "0"
os.environ.setdefault("UNIONOPS_VAR", tempfile.mkdtemp(prefix="unionops-test-"))
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from unionops.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing one
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["token"] = None  # its own tests set it
