# One word per task; `just` alone runs what CI runs first.
python := "python"

default: test lint

# The suite: no network, no key, no weights.
test *arguments:
    {{python}} -m pytest {{arguments}}

# The same road against the real embedded model.
live:
    {{python}} -m summarizer models pull smollm2-135m
    {{python}} -m pytest -m live

# The report in a real browser: needs Chromium, node and npm.
browser:
    SUMMARIZER_REQUIRE_BROWSER=1 {{python}} -m pytest -m browser tests/browser

lint:
    {{python}} -m ruff check .
    {{python}} -m ruff format --check .
    {{python}} -m mypy
    lint-imports

fix:
    {{python}} -m ruff check --fix .
    {{python}} -m ruff format .

# Ask the real model again and write its answers down: the embedded one, or a hosted one where a key is set.
record:
    {{python}} -m summarizer models pull smollm2-135m
    {{python}} -m pytest -m "vcr and not live" --record-mode=rewrite

# Record the full form from a strong model: any OpenAI-compatible server at STRONG_SERVER.
record-strong:
    {{python}} -m pytest tests/strong --record-mode=rewrite

# The exact versions that the README's commands and CI use.
constraints:
    uv pip compile --universal --all-extras --group dev --no-annotate --no-header --no-emit-index-url --strip-extras -o constraints.txt pyproject.toml

# Pages of docs/ that the program writes about itself.
docs:
    {{python}} docs/generate.py
