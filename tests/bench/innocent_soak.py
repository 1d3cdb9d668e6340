#!/usr/bin/env python3
"""Fuzzes allocators that are known to be correct, for very long: innocent_soak.py HEAPJUDGE [options]

Every round gives each of them some seconds from an empty corpus with a seed of its own, until they have answered so
many requests together. A fault of Heapjudge is any finding, any proposal of the fuzzing process that the judge acquits,
and any fuzzing process that did not survive: it is printed, the trace of a finding is kept in --keep, and the exit
status is 1. With --state what was reached is written down after each round, and a later start goes on from there.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

SOAKED = ["segregated", "explicit", "implicit", "buddy"]
ALSO_TRIED = ["tlsf", "bins"]  # once, to see that they build and run behind the guard


def search(program, allocator, seed, budget, keep):
    with tempfile.TemporaryDirectory() as folder:
        words = [program, "fuzz", allocator, "--seed", str(seed), *budget, "--corpus", "corpus", "--format", "json"]
        run = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            sys.exit(f"{' '.join(words)}: status {run.returncode}\n{run.stderr}")
        sheet = json.loads(run.stdout)
        for finding in sheet["findings"]:
            print(f"{allocator}, seed {seed}: [{finding['code']}] in {finding['function']}: {finding['message']}")
            saved = pathlib.Path(folder) / finding["saved"]
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{allocator}-{seed}-{saved.name}").write_bytes(saved.read_bytes())
        counts = sheet["counts"]
        if counts["acquitted"] or counts["restarts"]:
            print(f"{allocator}, seed {seed}: {counts['acquitted']} acquitted, {counts['restarts']} restarts", flush=True)
        return sheet


def faults_of(sheet):
    return len(sheet["findings"]) + sheet["counts"]["acquitted"] + sheet["counts"]["restarts"]


def soak(options):
    state = {"next_seed": options.seed, "requests": 0, "executions": 0, "faults": 0}
    if options.state and options.state.exists():
        state = json.loads(options.state.read_text())
    if state["requests"] == 0:
        for allocator in ALSO_TRIED:
            sheet = search(options.program, allocator, options.seed, ["--runs", "2000"], options.keep)
            state["faults"] += faults_of(sheet)
            print(f"{allocator}: {sheet['counts']['requests']:,} requests behind the guard, {faults_of(sheet)} faults",
                  flush=True)
    while state["requests"] < options.requests:
        for allocator in SOAKED:
            budget = ["--time", f"{options.seconds}s"]
            sheet = search(options.program, allocator, state["next_seed"], budget, options.keep)
            state["requests"] += sheet["counts"]["requests"]
            state["executions"] += sheet["counts"]["executions"]
            state["faults"] += faults_of(sheet)
        state["next_seed"] += 1
        if options.state:
            options.state.write_text(json.dumps(state))
        print(f"{state['requests']:,} requests in {state['executions']:,} executions, {state['faults']} faults",
              flush=True)
    return state["faults"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda word: str(pathlib.Path(word).absolute()), metavar="HEAPJUDGE")
    parser.add_argument("--requests", type=lambda word: int(float(word)), default=10**9)
    parser.add_argument("--seconds", type=int, default=30, help="of each search")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path("soak-findings"))
    sys.exit(1 if soak(parser.parse_args()) else 0)


if __name__ == "__main__":
    main()
