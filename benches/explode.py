#!/usr/bin/env python3
"""Writes one file a record of a JSONL file, each named by the SHA-256 of its text.

    benches/explode.py lk-en.jsonl /tmp/exploded
"""
import hashlib
import json
import pathlib
import sys

source, target = sys.argv[1], pathlib.Path(sys.argv[2])
target.mkdir(parents=True, exist_ok=True)
with open(source, encoding="utf-8") as lines:
    for number, line in enumerate(lines):
        text = json.loads(line)["text"].encode()
        digest = hashlib.sha256(text).hexdigest()
        (target / f"{number:06}_{digest}.txt").write_bytes(text)
