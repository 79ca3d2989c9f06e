"""PDF: text with page numbers, and a clear word where there is none."""

import io
import sys
from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.reading import read

pypdf = pytest.importorskip("pypdf")


def pdf_of(*pages: list[str]) -> bytes:
    """A PDF with a line of text for each string, in the standard font."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = b" ".join(b"(%s) Tj T*" % line.encode("cp1252") for line in lines)
        stream = b"BT /F1 12 Tf 14 TL 72 720 Td %s ET" % shown
        bodies += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number),
            b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream),
        ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj %s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))
    return out.getvalue()


TWO_PAGES = pdf_of(
    [
        "The leader of the north arrived in the harbour on Mon-",
        "day afternoon, the agency said. He was met by the min-",
    ],
    ["ister of the east. They will meet again on Wednesday.", "He travelled by a green train."],
)


def test_text_and_pages(tmp_path: Path) -> None:
    """Words divided at a line end are whole again; a sentence may run over a page; places name the page."""
    path = tmp_path / "a.pdf"
    path.write_bytes(TWO_PAGES)
    article = read(path)
    assert [
        "The leader of the north arrived in the harbour on Monday afternoon, the agency said.",
        "They will meet again on Wednesday.",
        "He travelled by a green train.",
    ] == [article.sentences[number].text for number in (0, 2, 3)]
    assert ["page 1", "page 1", "page 2", "page 2"] == [article.place_of(s.start) for s in article.sentences]


def test_pictures_only(tmp_path: Path) -> None:
    """A scan needs OCR."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([], []))
    with pytest.raises(InputError, match="a PDF without text, of pictures or empty pages; run OCR over it first"):
        read(path)


def test_password(tmp_path: Path) -> None:
    """What cannot be opened is told as that."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(TWO_PAGES))
    writer.encrypt("secret", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    with pytest.raises(InputError, match="protected by a password; save a copy without one"):
        read(path)


@pytest.mark.parametrize("cut", [12, 200, 700])
def test_a_damaged_file(tmp_path: Path, cut: int) -> None:
    """Half a file gives one line, whatever pypdf makes of it."""
    path = tmp_path / "half.pdf"
    path.write_bytes(TWO_PAGES[:cut])
    with pytest.raises(InputError, match=r"half\.pdf: a (damaged PDF|PDF without text)") as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    path = tmp_path / "a.pdf"
    path.write_bytes(TWO_PAGES)
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(InputError, match=r"pip install 'grounded-summarizer\[pdf\]'"):
        read(path)
