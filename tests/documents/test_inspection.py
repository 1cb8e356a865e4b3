"""Every hostile file is refused with the sentence of its own kind; every clean one is kept."""

import re

import pytest

from documents import rules
from documents.inspection.inspect import inspect
from documents.inspection.refusal import Unacceptable
from tests.documents.corpus import CLEAN, HOSTILE

INSPECTED = [(name, content, kind) for name, content, kind in HOSTILE if kind]


def test_corpus_is_large_enough():
    assert len(HOSTILE) >= 60
    assert len(CLEAN) >= 15


@pytest.mark.parametrize(("name", "content", "kind"), INSPECTED, ids=[c[0] for c in INSPECTED])
def test_hostile_file_is_refused_for_its_own_reason(name, content, kind):
    with pytest.raises(Unacceptable) as refusal:
        inspect(content, rules.extension_of(name))

    assert refusal.value.kind == kind
    assert re.fullmatch(r"[^a-z]*.*。", refusal.value.text)
    assert "请" in refusal.value.text  # says how to mend it


@pytest.mark.parametrize(("name", "content"), CLEAN, ids=[c[0] for c in CLEAN])
def test_clean_file_is_accepted(name, content):
    pages = inspect(content, rules.extension_of(name))

    assert pages == {"两页.PDF": 2}.get(name, 0 if name.endswith(("docx", "xlsx")) else 1)


def test_every_kind_has_its_own_sentence():
    sentences: dict[str, set[str]] = {}
    for name, content, _ in INSPECTED:
        with pytest.raises(Unacceptable) as refusal:
            inspect(content, rules.extension_of(name))
        sentences.setdefault(refusal.value.text, set()).add(refusal.value.kind)

    assert all(len(kinds) == 1 for kinds in sentences.values())


def test_an_inspector_survives_any_truncation():
    # A linearised PDF holds two ends: cut between them it is still read whole.
    for name, content in (case for case in CLEAN if case[0] != "线性化.pdf"):
        for cut in range(1, len(content), max(1, len(content) // 15)):
            try:
                inspect(content[:cut], rules.extension_of(name))
            except Unacceptable:
                continue
            # What is left over may still be whole: zero padding, the last line break of a PDF.
            assert len(content) - cut < 70, (name, cut)
