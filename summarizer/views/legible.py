"""Text from outside made safe to show: nothing in it can move the cursor or turn the line around."""

from __future__ import annotations

_CONTROL_PICTURES = 0x2400
_BIDI_CONTROLS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))

# C0 controls become their pictures (␛ for Escape), C1 controls and lone surrogates the replacement character.
# Bidirectional embeddings, overrides and isolates are invisible and can reorder what stands around them: they go.
_SHOWN: dict[int, str] = {
    **{code: chr(_CONTROL_PICTURES + code) for code in range(0x20)},
    0x7F: "␡",
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), "\ufffd"),
    **dict.fromkeys(_BIDI_CONTROLS, ""),
}
_SHOWN_IN_TEXT = {code: sign for code, sign in _SHOWN.items() if chr(code) not in "\t\n\r"}


def legible(text: str) -> str:
    """`text` on one line: runs of white space become a space, and every control character something visible."""
    return " ".join(text.split()).translate(_SHOWN)


def visible(text: str) -> str:
    """The same for a text of many lines, whose white space stays."""
    return text.translate(_SHOWN_IN_TEXT)
