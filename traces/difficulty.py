#!/usr/bin/env python3
"""Shows how hard hidden sets are: the utilization of some allocators on the same families with many seeds.

    traces/difficulty.py build/bin/heapjudge 20 reference/implicit.cc reference/segregated.cc

prints a Markdown table of mean and standard deviation over the seeds 1 to 20, in percent, for each family of tier P0
and each allocator; the last row is of the means of whole sets, which is what a score is made of.
"""
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile


def hidden_set(program, seed, folder):
    """Makes the set; the names of its traces of tier P0."""
    lines = subprocess.run([program, "trace", "gen", "--hidden", str(seed), "-o", folder],
                           check=True, capture_output=True, text=True).stdout
    return re.findall(r"^  - {file: (\S+)\.rep, name: \S+, hidden: true}$", lines, re.MULTILINE)


def utilizations(program, allocator, folder, names):
    """In percent, by name."""
    traces = [word for name in names for word in ("-f", f"{folder}/{name}.rep")]
    run = subprocess.run([program, "grade", allocator, "--format", "json", *traces],
                         check=False, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{allocator}: status {run.returncode}: {run.stderr}")
    sheet = json.loads(run.stdout)
    return {pathlib.Path(trace["name"]).name.removesuffix(".rep"): 100 * trace["utilization"] for trace in sheet["traces"]}


def cell(values):
    return f"{statistics.mean(values):.1f} ± {statistics.stdev(values):.1f}"


def main():
    program, seeds, allocators = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    found = {allocator: [] for allocator in allocators}  # one dictionary for each seed
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            names = hidden_set(program, seed, folder)
            for allocator in allocators:
                found[allocator].append(utilizations(program, allocator, folder, names))
        print(f"seed {seed} of {seeds}", file=sys.stderr)
    print("| family | " + " | ".join(pathlib.Path(a).stem for a in allocators) + " |")
    print("|---" * (len(allocators) + 1) + "|")
    for name in names:
        print(f"| `{name}` | " + " | ".join(cell([s[name] for s in found[a]]) for a in allocators) + " |")
    means = {a: [statistics.mean(s.values()) for s in found[a]] for a in allocators}
    print("| mean of a set | " + " | ".join(cell(means[a]) for a in allocators) + " |")


if __name__ == "__main__":
    main()
