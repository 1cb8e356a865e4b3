"""A form's grid stays within its page, however its columns share the width."""

import pytest
from django.conf import settings
from weasyprint import HTML

CSS = (settings.BASE_DIR / "static" / "css" / "print_form.css").read_text()
PIXELS = 96 / 25.4  # of a millimetre
# A4 less the margins of the forms: 210 - 18 - 20 upright, 297 - 18 - 18 across.
WIDTHS = {"": 172 * PIXELS, "landscape": 261 * PIXELS}


def tables(box) -> list:
    """The boxes of the tables of a page, borders included."""
    own = [box] if getattr(box, "element_tag", "") == "table" else []
    return own + [one for child in getattr(box, "children", ()) for one in tables(child)]


@pytest.mark.parametrize("across", WIDTHS)
@pytest.mark.parametrize(
    "shares", [(30, 10, 40, 20), (18,), (12, 12, 12, 12, 12, 40), (35, 35, 30)]
)
def test_columns_that_share_the_whole_width_take_no_more(across, shares):
    head = "".join(f'<th class="w{share}">条件</th>' for share in shares)
    row = "<td>营业执照、承诺书和审计报告原件</td>" * len(shares)
    grid = (
        f'<table class="grid"><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>'
    )
    html = f'<style>{CSS}</style><div class="{across}">{grid}</div>'

    (page,) = HTML(string=html).render().pages

    found = [box.border_width() for box in tables(page._page_box)]
    assert found
    assert max(found) <= WIDTHS[across] + 1
