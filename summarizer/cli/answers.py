"""Answers on their way out: from one article they look like any result, from many they name the file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.cli import options

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.schemas.result import Result
    from summarizer.search.index import Index


def show_answers(
    results: Sequence[Result[Any]], about: Article | Index, form: options.Format, output: Path | None
) -> None:
    """Print or write the results. The text of answers from many articles names the file of each sentence."""
    from summarizer.article import Article
    from summarizer.cli.output import show, write_whole

    if isinstance(about, Article):
        show(results, {about.id: about}, form, output)
    elif form is not options.Format.text:
        ids = {ref.id for result in results if result.value for ref in result.value.articles}
        show(results, {one: article for one in ids if (article := about.article(one))}, form, output)
    elif output:
        from summarizer.views.answers import text_of

        write_whole(output, text_of(results))
    else:
        _print(results)


def _print(results: Sequence[Result[Any]]) -> None:
    from rich.console import Console

    from summarizer.views.answers import page_of, text_of

    console = Console()
    if console.is_terminal:
        console.print(page_of(results))
    else:
        sys.stdout.write(text_of(results).encode(console.encoding, "replace").decode(console.encoding))
        sys.stdout.flush()
