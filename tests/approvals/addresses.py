"""Where the pages of a plan stand."""

from django.urls import reverse


def page(name, proposal, *args):
    return reverse(f"approvals:{name}", args=[proposal.pk, *args])
