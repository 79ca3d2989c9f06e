"""A conversation on a terminal: questions, a few commands, and what was typed before, kept over restarts.

prompt_toolkit edits the line: a paste of several lines arrives whole on every system, which Python's own readline does
not do where it is libedit (macOS) or missing (Windows). It is pure Python and loaded only here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from rich.console import Console
from rich.text import Text

from summarizer.article import Article
from summarizer.cli.ask import show_answers
from summarizer.cli.options import Format, Output
from summarizer.cli.reading import arriving
from summarizer.errors import SummarizerError
from summarizer.pipeline import analysis_of
from summarizer.settings import get_settings
from summarizer.views.dossier import places
from summarizer.views.text import render_result
from summarizer.views.wording import legible

if TYPE_CHECKING:
    from summarizer.client import Summarizer
    from summarizer.search.conversation import Conversation
    from summarizer.search.index import Index

PROMPT = "? "
HISTORY = "questions.history"
FORMS = {".json": Format.json, ".jsonl": Format.jsonl, ".html": Format.html, ".md": Format.markdown}
HELP = """\
Ask about the article. "He", "there" or "why?" lean on the question before.
Lines pasted together are one question; if each of them ends with a question mark, each is one, asked in turn.

/article [N]   what is read; the sentences around number N
/evidence      where the last answer stands: file, sentence, offsets
/save FILE     the conversation as .md, .html, .json, .jsonl or text
/help          this
/quit          leave, as Ctrl-D does

Tab completes names and commands, up and down find earlier questions.
Ctrl-C stops an answer; at the prompt it clears the line."""


def talk(client: Summarizer, about: Article | Index, output: Output) -> None:
    """Converse until the person leaves; with a file in `output` the conversation is written there at the end."""
    conversation = client.conversation(about)
    talking = _Talk(conversation, Console(highlight=False, soft_wrap=False))
    talking.run()
    if output.output and conversation.exchanges:
        talking.write(output.output, output.form)


def questions_in(entry: str) -> list[str]:
    """The questions in what was entered at once: each line where each is one, else all of it as one."""
    lines = [line.strip() for line in entry.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.endswith(("?", "？")) for line in lines):
        return lines
    return [" ".join(lines)] if lines else []


class _Talk:
    def __init__(self, conversation: Conversation, console: Console) -> None:
        self._conversation = conversation
        self._console = console
        self._commands: dict[str, Callable[[str], None]] = {
            "/article": self._article,
            "/evidence": lambda _: self._evidence(),
            "/save": self._save,
            "/help": lambda _: self._say(HELP),
        }

    def run(self) -> None:
        """Read and answer until /quit or Ctrl-D."""
        self._say(f"{_name(self._conversation.about)}; /help tells more, Ctrl-D leaves", "dim")
        session = _session([*self._commands, "/quit"], self._names)
        while True:
            try:
                entry = session.prompt(PROMPT).strip()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            if entry == "/quit":
                return
            command = [partial(self._command, entry)]
            steps = command if entry.startswith("/") else [partial(self._answer, one) for one in questions_in(entry)]
            for step in steps:
                try:
                    step()
                except KeyboardInterrupt:
                    self._say("stopped", "yellow")
                    break
                except SummarizerError as error:
                    self._say(" ".join(str(error).split()), "red")

    def write(self, file: Path, form: Format) -> None:
        """The whole conversation in a file."""
        results = [one.result for one in self._conversation.exchanges]
        show_answers(results, self._conversation.about, Output(form, file))

    def _answer(self, question: str) -> None:
        self._console.print(render_result(arriving(self._conversation.stream(question), self._console)))

    def _command(self, entry: str) -> None:
        name, _, rest = entry.partition(" ")
        command = self._commands.get(name)
        if command is None:
            self._say(f"no command {name}; there are {', '.join(self._commands)} and /quit", "yellow")
            return
        command(rest.strip())

    def _article(self, number: str) -> None:
        about = self._conversation.about
        article = about if isinstance(about, Article) else self._last_article()
        self._say(_name(about))
        if article is None:
            return
        if article is not about:
            self._say(f"the last answer is from {_name(article)}")
        wanted = int(number) if number.isdecimal() else 1
        last = len(article.sentences) if number == "" else wanted + 2
        for sentence in article.sentences[max(0, wanted - 3) : last]:
            self._console.print(Text.assemble((f"{sentence.number:4} ", "cyan"), legible(sentence.text)))

    def _last_article(self) -> Article | None:
        last = self._conversation.exchanges[-1:]
        return self._conversation.article(last[0].result.article.id) if last else None

    def _evidence(self) -> None:
        last = self._conversation.exchanges[-1:]
        if not last or last[0].result.value is None:
            self._say("nothing was answered yet", "yellow")
            return
        for place in places(last[0].result):
            self._say(place)

    def _save(self, name: str) -> None:
        if not name or not self._conversation.exchanges:
            self._say("write /save FILE" if not name else "nothing was answered yet", "yellow")
            return
        file = Path(name).expanduser()
        self.write(file, FORMS.get(file.suffix.lower(), Format.text))
        self._say(f"saved in {file}", "dim")

    def _names(self) -> Iterator[str]:
        about = self._conversation.about
        article = about if isinstance(about, Article) else self._last_article()
        for found in analysis_of(article).entities if article else ():
            yield from (found.entity.name, *found.entity.aliases)

    def _say(self, text: str, style: str = "") -> None:
        self._console.print(Text(legible(text) if "\n" not in text else text, style=style))


def _name(about: Article | Index) -> str:
    if not isinstance(about, Article):
        return about.name
    facts = (about.title, about.source, about.published and about.published.isoformat())
    return f"{', '.join(fact for fact in facts if fact)} ({len(about.sentences):,} sentences)"


def _session(commands: Sequence[str], names: Callable[[], Iterable[str]]) -> PromptSession[str]:
    """Where lines are edited; Tab completes a command or a name of the article."""
    completer = WordCompleter(lambda: list(dict.fromkeys((*commands, *names()))), ignore_case=True, WORD=True)
    return PromptSession(history=_history(), completer=completer, complete_while_typing=False)


def _history() -> History:
    """What was typed before, in a file of the cache folder for its owner only; in memory where that cannot be."""
    path = get_settings().cache_dir / HISTORY
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600))
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
