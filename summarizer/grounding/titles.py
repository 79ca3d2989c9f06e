"""Whether a headline is the article's own title: words of the article, though no sentence of it."""

from __future__ import annotations

import re

from summarizer.article import Article

_HEAD = 2000


def is_own_title(text: str, article: Article) -> bool:
    """Whether `text` is the title, and stands in the text on a line of its own but for marks such as "#".

    A title that comes from metadata alone may be of another page: that one has to be borne out by sentences.
    """
    if not article.title or text != " ".join(article.title.split()):
        return False
    head = article.text[:_HEAD]
    return any(_is_line(head, found) for found in re.finditer(re.escape(article.title), head))


def _is_line(head: str, found: re.Match[str]) -> bool:
    before, behind = head[: found.start()].rpartition("\n")[2], head[found.end() :].partition("\n")[0]
    return not any(map(str.isalnum, before + behind))
