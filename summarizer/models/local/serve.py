"""The child process that runs llama.cpp: `python -P serve.py`.

It is run as a file, with `-P`: it imports nothing of this package and nothing that lies in the working directory.
It reads one line of JSON from standard input (the model's path, its adapter's path, the window, the key), answers
with one line that names its port, and leaves when standard input closes: a parent that is killed leaves nothing
behind. A crash of the native code takes this process down, not the caller's.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    """Serve one model on loopback until standard input closes."""
    status = 1
    try:
        wanted = json.loads(sys.stdin.readline())
        # Standard output is kept for our one line: native code writes its log wherever it likes.
        reply = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        server = _start(wanted)
        reply.write(json.dumps({"address": server.listening_address}) + "\n")
        reply.flush()
        sys.stdin.read()
        del server
        status = 0
    finally:
        # Native threads may hold locks that an orderly exit would wait for, for ever: leave at once, whatever happened.
        os._exit(status)


def _start(wanted: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = wanted["path"]
    params.model_alias = {wanted["alias"]}
    if wanted["adapter"]:
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(wanted["adapter"], 1.0)]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [wanted["key"]]
    params.n_ctx = wanted["window"]
    params.n_parallel = 1
    # Spinning threads on busy cores are slower than fewer threads.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 1) - 1)
    # Small batches round alike whether the prefix came from the cache or not: recordings stay reproducible.
    params.n_batch = params.n_ubatch = 32
    params.cache_ram_mib = 0
    params.warmup = False
    params.verbosity = 0
    params.ui = False
    params.endpoint_slots = False
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
