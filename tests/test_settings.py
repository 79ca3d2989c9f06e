"""Settings: what holds, where it comes from, and what a wrong one is told with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.client import Summarizer
from summarizer.errors import UsageError
from summarizer.settings import FILE, explained, get_settings

Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes summarizer.toml of the `user` or the `project`, whose folder is the working directory."""
    folders = {"user": tmp_path / "config", "project": tmp_path / "project"}
    for folder in folders.values():
        folder.mkdir()
    monkeypatch.chdir(folders["project"])
    monkeypatch.setattr("platformdirs.user_config_dir", lambda name: str(folders["user"]))

    def written(where: str, text: str) -> None:
        (folders[where] / FILE).write_text(text, "utf-8")

    return written


def test_the_nearer_place_is_the_stronger(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Default, user, project, profile, environment: each goes before the one before it."""
    write("user", 'model = "ollama/a"\ntimeout = 5\nlevel = "strict"\npolicy = "drop"\nmax_cost = 1')
    write(
        "project",
        'timeout = 6\nlevel = "lenient"\npolicy = "flag"\n[profiles.fast]\nlevel = "balanced"\npolicy = "fail"',
    )
    monkeypatch.setenv("SUMMARIZER_PROFILE", "fast")
    monkeypatch.setenv("SUMMARIZER_POLICY", "reask")

    settings, set_by = explained()
    assert (8, "ollama/a", 6, "balanced", "reask") == (
        settings.concurrency, settings.model, settings.timeout, settings.level, settings.policy,
    )  # fmt: skip
    assert "concurrency" not in set_by
    assert set_by["model"].endswith("config/summarizer.toml: model")
    assert "summarizer.toml: timeout" == set_by["timeout"]
    assert "summarizer.toml [profiles.fast]: level" == set_by["level"]
    assert "SUMMARIZER_POLICY" == set_by["policy"]


def test_a_file_may_name_its_profile(write: Write) -> None:
    """A profile of the user's file serves a project that names it."""
    write("user", "[profiles.slow]\ntimeout = 300")
    write("project", 'profile = "slow"')
    assert 300 == get_settings().timeout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("timeout = 'soon'", "summarizer.toml: timeout = 'soon' cannot be used"),
        ("timeout = 0", "summarizer.toml: timeout = 0 cannot be used"),
        ("modle = 'x'", "summarizer.toml: modle: there is no such setting; there are model"),
        ("timeout = ", "summarizer.toml: cannot be read"),
        ("profile = 'none'\n[profiles.fast]", "there is no profile 'none'; profiles are fast"),
        ("[profiles]\nfast = 3", "profiles are tables"),
        ("profile = 'fast'\n[profiles.fast]\nlevel = 'hard'", "[profiles.fast]: level = 'hard' cannot be used"),
    ],
)
def test_a_fault_says_which_file_set_what(write: Write, text: str, told: str) -> None:
    """One line that a person can mend."""
    write("project", text)
    with pytest.raises(UsageError) as raised:
        get_settings()
    assert told in str(raised.value)


def test_a_folder_is_beside_the_file_that_names_it(write: Write, tmp_path: Path) -> None:
    """Wherever the program runs."""
    write("user", 'prompts = "mine"\n[profiles.x]\nreader = "other"\n')
    assert tmp_path / "config" / "mine" == get_settings().prompts


def test_a_client_takes_what_the_settings_say(write: Write) -> None:
    """A call goes before them."""
    write("project", 'model = "extractive"\nlevel = "strict"')
    article = Article("The bridge opened on Monday. It cost 5 million pounds.")
    with Summarizer() as client:
        assert ("extractive", "strict") == (client.model, client.summarize(article).run.level)
    with Summarizer(level="lenient") as client:
        assert "lenient" == client.summarize(article).run.level


def test_a_file_that_changes_is_read_again(write: Write) -> None:
    """Settings are read afresh at each use."""
    write("project", "timeout = 5")
    assert 5 == get_settings().timeout
    write("project", "timeout = 55")
    assert 55 == get_settings().timeout


def named_in(text: str) -> str:
    """The setting of a file with one."""
    return text.partition(" = ")[0].rpartition("\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        'base_url = "http://192.0.2.1/v1"',
        'reader = "weights"',
        'prompts = "prompts"',
        'cache_dir = "cache"',
        'model = "openai/http://192.0.2.1/v1"',
        'verify = "https://192.0.2.1/"',
        '[profiles.fast]\nbase_url = "http://192.0.2.1/v1"',
    ],
    ids=named_in,
)
def test_a_foreign_folder_decides_neither_who_gets_an_article_nor_what_is_loaded(
    write: Write, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """One line that says where the setting may stand; the user's own file may have it."""
    name = named_in(text)
    write("project", text)
    with pytest.raises(UsageError) as raised:
        get_settings()
    message = str(raised.value)
    assert message.startswith("summarizer.toml")
    assert f": {name}: a file of the working directory may not set it" in message
    assert f"config/summarizer.toml, SUMMARIZER_{name.upper()} and the command line may" in message

    write("project", "")
    write("user", text)
    assert get_settings()


def test_a_project_file_may_choose_among_models(write: Write) -> None:
    """By name, which leads to the addresses of the program's table only."""
    write("project", 'model = "openai/gpt-5-mini"\nverify = "ollama/bespoke-minicheck"')
    assert "openai/gpt-5-mini" == get_settings().model


def test_the_users_own_folder_may_be_the_working_directory(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is still the user's own file, read as such."""
    write("user", 'base_url = "http://127.0.0.1:8080/v1"')
    monkeypatch.chdir(tmp_path / "config")
    assert "http://127.0.0.1:8080/v1" == get_settings().base_url
