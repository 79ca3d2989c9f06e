"""PDF: text with page numbers, and a clear word where there is none."""

import io
import sys
from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.reading import read

pytest.importorskip("pdfminer")

FILES = Path(__file__).parent / "files"


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


def test_password() -> None:
    """What cannot be opened is told as that."""
    with pytest.raises(InputError, match="protected by a password; save a copy without one"):
        read(FILES / "locked.pdf")


@pytest.mark.parametrize("cut", [12, 200, 700])
def test_a_damaged_file(tmp_path: Path, cut: int) -> None:
    """Half a file gives one line, whatever the library makes of it."""
    path = tmp_path / "half.pdf"
    path.write_bytes(TWO_PAGES[:cut])
    with pytest.raises(InputError, match=r"half\.pdf: a (damaged PDF|PDF without text)") as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    path = tmp_path / "a.pdf"
    path.write_bytes(TWO_PAGES)
    monkeypatch.setitem(sys.modules, "pdfminer.pdfdocument", None)
    with pytest.raises(InputError, match=r"pip install 'grounded-summarizer\[pdf\]'"):
        read(path)


def test_columns_are_read_one_after_the_other() -> None:
    """Though the file has their lines in turn; what stands on every page is left out, and told."""
    article = read(FILES / "30-two-columns-interleaved.pdf")
    sentences = [" ".join(sentence.text.split()) for sentence in article.sentences]
    assert [
        "The office of the harbour reported on Monday that traffic had grown by 4.2 per cent in 2024.",
        "The conflict over the pier was settled.",
        "A well-known engineer, Lena Ruud-Holm, led the talks, which took international experts nine months.",
        "The second study looked at fish.",
        "It counted 1,204 herring near the old mill.",
        "The biologist Tom Brandt said the stock was stable.",
        "He will return in June 2026 to count again and to publish the figures, which cover ten years.",
        "The mayor, Otto Kern, praised both studies on Tuesday.",
        "Money for a third study is missing.",
        "It ends here, said the editor.",
    ] == sentences
    assert ("left out 3 running head(s) or foot(s), such as “Harbour Review, Vol. 12, No. 3, May 2025”",) == (
        article.notices
    )
    assert "page 2" == article.place_of(article.text.index("praised"))


def test_the_marks_of_notes_are_no_figures() -> None:
    """A mark that a note at the foot of the page has ends its sentence; the lines of a table stay apart."""
    article = read(FILES / "32-footnotes-table.pdf")
    sentences = [sentence.text for sentence in article.sentences]
    assert "The port earned 84 million euros in 2024." == sentences[0]
    assert "It spent 61 million euros on the new quay, 9 million more than planned." == sentences[1]
    assert {"2023 40.1 30.2", "2024 50.3 33.7", "2 See page 14 of the plan."} < set(sentences)


def test_words_with_a_place_each_are_lines() -> None:
    """A line end is where the next word would not have had room."""
    article = read(FILES / "33-positioned-words.pdf")
    assert [
        "The current flows in the opposite direction to the wind, said Ida Sand on 3 March 2024.",
        "It moves at 2 per cent of the wind speed.",
    ] == [sentence.text for sentence in article.sentences]


def test_a_raised_figure_is_set_as_such() -> None:
    """By LibreOffice: the mark of a note, a list, a table."""
    article = read(FILES / "libreoffice.pdf")
    assert "on 30 June 2025.¹ Captain Lena Ruud" in article.text
    assert "\n\n• Cars are taken until 10 p.m.\n\n" in article.text
    assert ("page 1: a table, its cells read one after the other",) == article.notices


def test_columns_that_cannot_be_told_apart_are_told(tmp_path: Path) -> None:
    """Lines that share a strip of white may be two columns or a table; nobody is led to trust them."""
    left, right = "The council met in the old", "Ferries will sail until ten"
    lines = [f"{left}   {right}"] * 8
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([line.replace("   ", "          ") for line in lines]))
    assert "page 1: a table or columns that could not be told apart; lines may be mixed there" in read(path).notices
