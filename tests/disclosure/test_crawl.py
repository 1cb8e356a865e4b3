"""Every public page of the demo, as a stranger's browser walks them: nobody is named."""

import json
import re
import urllib.request

import pytest

pytestmark = pytest.mark.services

CANARY = "青鸾火凤"
PLANT = f"""
import json
from accounts.models import User
from contracts.models import Contract
from meetings.models import Vote
from partners.models import Partner
from venues.models import Venue
Partner.objects.update(legal_representative="{CANARY}", business="{CANARY}")
Vote.objects.update(opinion="{CANARY}")
Contract.objects.update(legal_opinion="{CANARY}", check_note="{CANARY}", payment_account_last4="7391")
Venue.objects.update(safety_officer="{CANARY}", ownership_certificate="{CANARY}")
print(json.dumps({{
    "names": list(User.objects.values_list("name", flat=True)),
    "usernames": list(User.objects.values_list("username", flat=True)),
    "usccs": list(Partner.objects.values_list("uscc", flat=True)),
}}))
"""
PERSONAL = re.compile(
    r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)"
    r"|[\w.+-]+@[\w-]+\.\w+|(?<!\d)\d{16,19}(?!\d)"
)


def pages(root: str) -> dict[str, str]:
    """Every page that can be reached from the public home without leaving it."""
    found: dict[str, str] = {}
    waiting = ["/public/"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        with urllib.request.urlopen(root + path) as answer:
            found[path] = answer.read().decode()
        links = re.findall(r'href="(/public/[^"#]*|\?[^"#]*)"', found[path])
        waiting += [
            (path.partition("?")[0] + link if link.startswith("?") else link).replace("&amp;", "&")
            for link in links
            if ".pdf" not in link
        ]
    return found


def test_no_public_page_of_the_demo_names_anybody(live):
    planted = json.loads(live.manage("shell", "-v", "0", "-c", PLANT).strip().splitlines()[-1])

    crawled = pages(live.url)

    kinds = {path.split("/")[2][:1] for path in crawled}
    assert {"v", "p"} <= kinds, sorted(crawled)
    secrets = [CANARY, "7391", *planted["names"], *planted["usernames"], *planted["usccs"]]
    for path, html in crawled.items():
        text = re.sub(r"<[^>]+>", " ", html)
        assert [secret for secret in secrets if secret in text] == [], path
        assert PERSONAL.findall(text) == [], path
