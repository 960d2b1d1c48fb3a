"""Where a sentence ends at the dot behind a lone letter."""

from __future__ import annotations

import pytest

from marsad.arabic.sentences import sentences, tokenise


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("وصل د. سالم إلى المشفى", 1),
        ("التقى د. أ. سالم الوفد", 1),
        ("نشرت ذلك وكالة أ ف ب. وقتل ثلاثة", 2),
        ("نشرت ذلك (أ.ف.ب) أمس. وقتل ثلاثة", 2),
        ("كان ذلك عام 1440 هـ. وقتل ثلاثة", 2),
        ("كان ذلك عام 2018م. وقتل ثلاثة", 2),
        ("سالم و د. كريم", 1),
        ("اعتقل الجيش خالد. ح. من كناكر", 1),
        ("اعتقل الجيش ع. م. في الرقة", 1),
    ],
)
def test_a_dot_behind_a_letter(text: str, count: int) -> None:
    """د. سالم is one name, but with أ ف ب. and 1440 هـ. a sentence ends."""
    assert len(sentences(tokenise(text))) == count
