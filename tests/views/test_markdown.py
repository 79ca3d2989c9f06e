"""The Markdown document."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from summarizer.views.markdown import escape, render_markdown
from summarizer.views.wording import legible
from tests.views.samples import ATTACKS, hostile_results, seed_results

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _inline(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in token.children or []]


def test_the_document_reads_well() -> None:
    """Title, headline, points, names, a timeline and answers, each line with its footnotes; marks are explained."""
    document = render_markdown(*seed_results())
    for expected in (
        "# kim-arrives-in-russia.txt",
        "**Kim Jong-un has arrived in Russia ahead of a meeting with Vladimir Putin.**[^1] \\~",
        "- Kim spent 20 hours on a slow armoured train over 1,180km.[^2][^3] \\~",
        "- The reports did not specify when or where.[^5]\n",
        "spy satellites.[^6] (unchecked)",
        "## People",
        "- **3×** Kim Jong Un[^1] *North Korean leader; also Kim Jong-un*",
        "- **10 September 2023** Kim boarded his train.[^",
        "## Who is Kim's wife?\n\n**The article does not say.**",
        "- **dropped** “1,280km” is not in sentence 2",
        "other words, checked against its sentences",
        "[^2]: Sentence 2, characters 237–364: “Kim spent 20 hours travelling 1,180km",
    ):
        assert expected in document


def test_every_footnote_is_cited_and_defined_once() -> None:
    """A passage cited twice has one number."""
    document = render_markdown(*hostile_results())
    defined = re.findall(r"^\[\^(\d+)\]: ", document, re.MULTILINE)
    cited = re.findall(r"(?<!\\)\[\^(\d+)\](?!: )", document)
    assert sorted(set(defined)) == sorted(defined)
    assert set(defined) == set(cited)


_MARKUP = st.sampled_from(
    [*"*_`[]()<>#+-=|~!\\&^$.:@ \n1a", "www.", "http://", "](", "&lt;", "---", "```", "1. ", "# "]
)


@given(st.lists(_MARKUP | st.text(max_size=3)).map("".join))
@example(" ".join(ATTACKS[:-1]))
def test_escaped_text_is_shown_and_nothing_else(text: str) -> None:
    """Wherever it stands, a parser gives back one line of plain text: no element, no link, no HTML."""
    for opening in ("", "- ", "> ", "| |\n| --- |\n| "):
        tokens = _PARSER.parse(opening + escape(text))
        inline = _inline(tokens)
        assert {token.type for token in inline} <= {"text"}
        assert "".join(token.content for token in inline).replace("\u2060", "") == legible(text).replace("\u2060", "")


def test_nothing_that_makes_a_link_is_left_whole() -> None:
    """GitHub links addresses after it has undone backslashes, so they are taken apart invisibly."""
    escaped = escape("https://example.org _www.example.org someone@example.org @someone #12")
    for linked in ("://", "www.", "@e", "@s", "#1"):
        assert linked not in escaped


def test_hostile_content_adds_no_element() -> None:
    """The whole document has the elements we wrote, and no HTML but the small print."""
    tokens = _PARSER.parse(render_markdown(*hostile_results()))
    inline = _inline(tokens)
    assert not {"link_open", "image", "s_open", "code_inline"} & {token.type for token in inline}
    assert {"<sub>", "</sub>"} == {token.content for token in inline if token.type == "html_inline"}
    assert not {"html_block", "fence", "code_block"} & {token.type for token in tokens}
