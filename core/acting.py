"""Between a form and a service: refusals become messages on the form."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import DomainError
from core.forms import ActForm


def attempt(form: ActForm, service: Callable, **kwargs):
    """Call the service in a savepoint; a refusal is put on the form and answered with None.

    The form keeps what was typed, and `form.http_status` says how to answer.
    """
    try:
        with transaction.atomic():
            return service(**kwargs)
    except DomainError as refusal:
        form.refused_status = refusal.http_status
        form.reasons = refusal.reasons
        for reason in refusal.reasons:
            message = ValidationError(reason.text, code=reason.code or None)  # the page links it
            form.add_error(reason.field if reason.field in form.fields else None, message)
        return None
