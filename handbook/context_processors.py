"""The way from each page to the chapter that speaks of it."""

from django.http import HttpRequest

# Beginning of the address → chapter; the first that fits.
CHAPTER_OF = (
    ("/proposals/new/", "drafting"),
    ("/delegations/", "together"),
    ("/matrix/", "review"),
    ("/exceptions/", "review"),
    ("/meetings/", "meetings"),
    ("/contracts/", "contracts"),
    ("/cooperations/", "contracts"),
    ("/disclosures/", "disclosure"),
    ("/reports/", "reports"),
    ("/deadlines/", "reports"),
    ("/inbox/", "reports"),
    ("/evaluations/", "evaluation"),
    ("/rectifications/", "evaluation"),
    ("/audit/", "audit"),
    ("/verify/", "audit"),
    ("/partners/", "drafting"),
    ("/venues/", "drafting"),
    ("/me/tokens/", "api"),
    ("/api/", "api"),
    ("/me/", "accounts"),
    ("/password/", "accounts"),
    ("/accounts/", "accounts"),
    ("/posts/", "accounts"),
    ("/roles/", "accounts"),
)
# The end of the address of a plan's page → chapter.
PLAN_PAGES = (
    ("/review/", "review"),
    ("/compare/", "review"),
    ("/guidance/", "review"),
    ("/reply/", "reply"),
)


def help_link(request: HttpRequest) -> dict:
    """The address of the help for this page."""
    return {"help_url": help_of(request.path)}


def help_of(path: str) -> str:
    """The chapter of a page, or the first page of the help."""
    for beginning, slug in CHAPTER_OF:
        if path.startswith(beginning):
            return f"/help/{slug}/"
    if path.startswith("/proposals/"):
        found = next((slug for end, slug in PLAN_PAGES if path.endswith(end)), "drafting")
        return f"/help/{found}/"
    return "/help/"
