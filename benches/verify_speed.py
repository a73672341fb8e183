#!/usr/bin/env python3
"""Times `wirecopy verify` against sha256sum and cat over the same files, in alternating runs.

    benches/explode.py lk-en.jsonl /tmp/exploded
    cargo build --release
    benches/verify_speed.py /tmp/exploded [runs]
    benches/verify_speed.py --large 2048 /tmp/folder [runs]

With --large a file of so many MiB is made in the folder, named by its SHA-256, and the time is
compared with hashing as many bytes that are already in memory (one core).
Prints medians of wall-clock and processor seconds, and ratios of the former.
"""
import hashlib
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

WIRECOPY = pathlib.Path(__file__).parent.parent / "target/release/wirecopy"


def timed(command, folder, names=b""):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, input=names, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, (command, done.returncode)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(commands, folder, names, runs):
    for command in commands.values():
        timed(command, folder, names)  # warms the cache
    times = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(timed(command, folder, names))
    medians = {}
    for name, pairs in times.items():
        wall, cpu = (statistics.median(column) for column in zip(*pairs))
        medians[name] = wall
        print(f"{name:12} {wall:7.3f} s wall {cpu:7.3f} s processor")
    return medians


def main():
    arguments = sys.argv[1:]
    if arguments[0] == "--large":
        size, folder = int(arguments[1]) << 20, pathlib.Path(arguments[2])
        runs = int(arguments[3]) if len(arguments) > 3 else 5
        folder.mkdir(parents=True, exist_ok=True)
        block = os.urandom(1 << 20)
        for old in folder.iterdir():
            old.unlink()
        digest = hashlib.sha256()
        with open(folder / "new", "wb") as out:
            for _ in range(size >> 20):
                digest.update(block)
                out.write(block)
        os.rename(folder / "new", folder / f"{digest.hexdigest()}.bin")
        limits = []
        for _ in range(runs):
            start = time.perf_counter()
            digest = hashlib.sha256()
            for _ in range(size >> 20):
                digest.update(block)
            limits.append(time.perf_counter() - start)
        limit = statistics.median(limits)
        print(f"{'in memory':12} {limit:7.3f} s wall: {size / limit / 1e9:.2f} GB/s, SHA-256 on one core")
        commands = {
            "verify": [WIRECOPY, "verify", "--status", "--duplicates", "none", folder],
            "sha256sum": ["sha256sum", next(folder.iterdir())],
        }
        medians = compare(commands, folder, b"", runs)
        print(f"verify / in memory = {medians['verify'] / limit:.2f}")
        return
    folder = pathlib.Path(arguments[0])
    runs = int(arguments[1]) if len(arguments) > 1 else 11
    names = "\n".join(sorted(os.listdir(folder))).encode()
    commands = {
        "verify": [WIRECOPY, "verify", "--status", folder],
        "sha256sum": ["xargs", "-n", "100000", "sha256sum"],
        "cat": ["xargs", "-n", "100000", "cat"],
    }
    medians = compare(commands, folder, names, runs)
    print(f"verify / sha256sum = {medians['verify'] / medians['sha256sum']:.2f}")
    print(f"verify / cat       = {medians['verify'] / medians['cat']:.2f}")


main()
