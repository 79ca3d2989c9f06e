"""Runs inside another Python that has the peers: JSON lines of {claim, text} in, one JSON line of verdicts out each.

python peers_runner.py PEER SECONDS_PER_CASE < cases.jsonl. A verdict is true, false, "error" or "timeout".
It imports nothing of this project, so that a peer's pins never meet ours.
"""

import json
import multiprocessing
import sys


def langextract_default(claim, text):
    """LangExtract's aligner with its defaults: accepted when the extraction gets a place in the source."""
    return _aligned(claim, text) is not None


def langextract_exact(claim, text):
    """LangExtract's aligner, counting only MATCH_EXACT."""
    return getattr(_aligned(claim, text), "name", None) == "MATCH_EXACT"


def _aligned(claim, text):
    from langextract import resolver
    from langextract.core import data

    extraction = data.Extraction(extraction_class="claim", extraction_text=claim)
    groups = resolver.WordAligner().align_extractions([[extraction]], text)
    found = groups[0][0]
    return found.alignment_status if found.char_interval is not None else None


def instructor_citation(claim, text):
    """instructor's CitationMixin: accepted when a quote is left after validation."""
    from instructor import CitationMixin

    class Fact(CitationMixin):
        fact: str

    fact = Fact.model_validate({"fact": claim, "substring_quotes": [claim]}, context={"context": text})
    return bool(fact.substring_quotes)


def anchorcite(claim, text):
    """anchorcite: accepted when the quote is anchored in the source."""
    import anchorcite as package

    return bool(package.anchor_claim(claim, text))


PEERS = {f.__name__: f for f in (langextract_default, langextract_exact, instructor_citation, anchorcite)}


def _serve(name, connection):
    while True:
        claim, text = connection.recv()
        try:
            connection.send(PEERS[name](claim, text))
        except Exception as error:  # noqa: BLE001 - a crash of a peer is a result
            connection.send("error: " + type(error).__name__)


def _start(name):
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(name, theirs), daemon=True)
    process.start()
    return process, ours


def main(name, seconds):
    """Answers each case in order; a case that takes too long costs its process."""
    process, connection = _start(name)
    connection.send(("Warm up.", "Warm up."))
    connection.poll(120)
    connection.recv()
    for line in sys.stdin:
        case = json.loads(line)
        connection.send((case["claim"], case["text"]))
        if connection.poll(seconds):
            print(json.dumps(connection.recv()), flush=True)
            continue
        process.kill()
        print(json.dumps("timeout"), flush=True)
        process, connection = _start(name)
        connection.send(("Warm up.", "Warm up."))
        connection.poll(120)
        connection.recv()
    process.kill()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
