"""`python -m tests.intake.printed`: print the pages of the PDF tests again with Chromium, into `data/`.

The pages are our own writing. Chromium sets Arabic as shaped forms in the order of the eye and subsets its fonts, as most PDF in the wild
has it; the fonts are Noto and DejaVu, which their licences let a document carry. What is printed is kept there, so that tests need no Chromium.
`encrypted.pdf` is `english.pdf` under the password “secret”, put on by pypdf (`PdfWriter.encrypt`, RC4-128).
"""

from __future__ import annotations

import subprocess
import tempfile
from html import escape
from pathlib import Path

from tests.intake import made

DATA = Path(__file__).with_name("data")

BULLETIN = f"""<h1>النشرة اليومية لمرصد العيّنة – 3 كانون الأول 2018</h1>
<h2>{made.TITLE}</h2><p>{made.SHELLING} وقال شاهد: «سمعنا 4 انفجارات عند الساعة 10:30»، فيما ذكرت وكالة AFP News (باريس) أن 15% من المنازل تضررت.</p>
<h2>{made.OTHER}</h2><p>{made.KILLING} ونُشر الخبر لاحقاً في 2018/12/02 على موقع example.org.</p>
<h2>دخول قافلة مساعدات إلى دوما</h2><p>{made.AID}</p>"""

PARAGRAPHS = [made.SHELLING, made.KILLING, made.AID]


def page(body: str, font: str, more: str = "") -> str:
    """A page in one font."""
    style = f'body{{font-family:"{font}";font-size:14px}} {more}'
    return f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>نشرة</title><style>{style}</style></head><body>{body}</body></html>'


PAGES = {
    "bulletin": page(BULLETIN, "Noto Naskh Arabic"),
    "kufi": page("".join(f"<p>{p}</p>" for p in PARAGRAPHS), "Noto Kufi Arabic"),
    "dejavu": page("".join(f"<p>{p}</p>" for p in PARAGRAPHS), "DejaVu Sans"),
    "columns": page("".join(f"<p>{p}</p>" for p in PARAGRAPHS * 2), "Noto Naskh Arabic", "body{columns:2;text-align:justify}"),
    "running": page(
        "".join(f'<div style="break-after:page"><p>نشرة العيّنة – العدد 7</p><p>{p} {q}</p><p>صفحة {n}</p></div>' for n, (p, q) in enumerate(zip(PARAGRAPHS * 2, PARAGRAPHS[1:] * 3, strict=False), 1)),
        "Noto Naskh Arabic",
    ),
    "english": page(f'<div dir="ltr"><p>Clashes were reported near {escape("كفرزيتا")} on 3 December 2018, the agency said (Hama).</p></div>', "DejaVu Sans"),
    "scan": page('<img width="600" height="800" src="data:image/svg+xml;utf8,<svg/>"><canvas id="c" width="600" height="800"></canvas>'
                 '<script>c.getContext("2d").fillText("scan",50,50)</script>', "DejaVu Sans"),
}  # fmt: skip


def main() -> None:
    DATA.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in PAGES.items():
            (Path(folder) / f"{name}.html").write_text(content, "utf-8")
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={DATA / name}.pdf"]
            subprocess.run(["chromium", *options, f"{folder}/{name}.html"], check=True, capture_output=True, timeout=100)


if __name__ == "__main__":
    main()
