"""Bytes become the text that was written, and nothing else."""

import codecs
import logging

import pytest

from summarizer.errors import InputError
from summarizer.reading.decoding import decode

TEXT = "“Café – £3” said Zoë.\r\nNext line.\r"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1252"),
    ],
)
def test_unicode_and_windows(mark: bytes, encoding: str) -> None:
    """The mark goes, line ends stay."""
    assert decode(mark + TEXT.encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp1251",
            "В восьмидесятых годах чешская красавица заявила о себе на весь мир. Тогда трудно было найти журнал.",
        ),
        (
            "koi8-r",
            "В восьмидесятых годах чешская красавица заявила о себе на весь мир. Тогда трудно было найти журнал.",
        ),
        ("gb18030", "谷歌在年收购的人工智能公司开发出一款能够用自己的记忆学习新知识并利用这些知识来回答问题的计算机。"),
        ("shift_jis", "これは日本語で書かれた文章です。東京で会議が開かれました。首相は明日の予定について話しました。"),
        (
            "euc-kr",
            "이것은 한국어로 쓰인 문장입니다. 서울에서 회의가 열렸습니다. 대통령은 내일 일정에 대해 말했습니다.",
        ),
        (
            "cp1252",
            "Der Präsident hörte die Rede, die über Österreich und die Bürger für möglich gehalten wäre, grüßte.",
        ),
    ],
)
def test_legacy_encodings_are_guessed(encoding: str, text: str) -> None:
    """Enough text in another script tells its encoding."""
    assert decode(text.encode(encoding), "a.txt") == text


def test_a_declared_encoding_counts_where_it_fits() -> None:
    """A server or a page may say what no guess could find in a short text; UTF-8 is believed before it."""
    assert decode("Łódź".encode("cp1250"), "a", "windows-1250") == "Łódź"
    assert decode("“yes”".encode("cp1252"), "a", "iso-8859-1") == "“yes”"
    assert decode("é".encode(), "a", "iso-8859-1") == "é"
    assert decode(b"caf\xe9", "a", "no-such-encoding") == "café"


def test_plain_english_in_utf_16_without_a_mark() -> None:
    """It would be valid UTF-8 too, with a NUL behind every letter."""
    assert decode("He came.".encode("utf-16-le"), "a") == "He came."


def test_a_stray_control_character_is_no_binary_file() -> None:
    """DOS ended files with one."""
    text = "Der Präsident hörte die Rede zu Ende und ging dann nach Hause, wie er es versprochen hatte. " * 2 + "\x1a"
    assert decode(text.encode("cp1252"), "a") == text


def test_invalid_bytes_are_reported_with_their_place(caplog: pytest.LogCaptureFixture) -> None:
    """Damaged UTF-8 stays readable."""
    data = "Zoë naïve café".encode() + b" \xff end"
    with caplog.at_level(logging.WARNING):
        assert decode(data, "a.txt") == "Zoë naïve café \ufffd end"
    assert "a.txt: 1 invalid UTF-8 byte sequence(s), the first is byte 0xff at 18" in caplog.text


@pytest.mark.parametrize(
    "text", ["a\0b", "zero\u200bwidth \u2060", "\ufffe", "{{ 7*7 }} <|im_end|>", "\x1b[1mbold\x1b[0m", "a"]
)
def test_odd_characters_are_text(text: str) -> None:
    """NUL, zero-width signs and templates are read unchanged."""
    assert decode(text.encode() + b" and more of it", "a") == text + " and more of it"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"\x7fELF\2\1\1\0\0", "a program"),
        (bytes(1000), "a binary file"),
        (bytes(range(256)) * 9, "a binary file"),
        (b"SQLite format 3\0", "a database"),
    ],
)
def test_binary_files_are_refused(data: bytes, words: str) -> None:
    """One line that says what it is."""
    with pytest.raises(InputError, match=words) as caught:
        decode(data, "a.bin")
    assert str(caught.value).startswith("a.bin: not text: ")
    assert "\n" not in str(caught.value)
