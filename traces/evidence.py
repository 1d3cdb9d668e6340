#!/usr/bin/env python3
"""Shows what the default traces are worth: every reference on every trace that counts.

    traces/evidence.py build/bin/heapjudge [--write] [--speed]

makes the tables of utilization (and with --speed those of speed, with libc in both, by `heapjudge bench`), checks what
traces/README.md says of them, and prints them; --write puts them into traces/README.md instead. Exit status 1 when a
trace does not tell two allocators apart or the order of the means is not what it should be.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

TRACES = pathlib.Path(__file__).resolve().parent
README = TRACES / "README.md"
REFERENCES = ["bump", "buddy", "implicit:worst", "implicit:next", "implicit:first", "implicit:best", "explicit:lifo",
              "explicit:address", "bins", "tlsf", "bitmap", "segregated"]
NOT_AMONG_THE_TWO = {"bump"}  # whoever reuses anything is ahead of it
APART = 5.0  # points of utilization
# Each better than the one before.
ORDER = ["bump", "implicit:worst", "explicit:lifo", "explicit:address", "tlsf", "bins", "segregated"]

# Only memory is looked at: no second runs, no clock.
MEMORY_ONLY = """heapjudge: 1
repeat: {rerun: false, other_fill: false}
points: {utilization: {points: 100}, throughput: {points: 0}}
traces:
"""


def run(command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 6):  # 6: too noisy to score, and measured all the same
        sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def rubric_for_memory(folder):
    """The default traces with their weights, in a rubric that is quick to run."""
    listed = (TRACES / "rubric.yaml").read_text().split("\ntraces:\n", 1)[1]
    file = pathlib.Path(folder) / "rubric.yaml"
    file.write_text(MEMORY_ONLY + re.sub(r"\bfile: ", f"file: {TRACES}/", listed))
    return file


def of_grade(sheet):
    """([(trace, requests)], [utilization in %], their weighted mean) of the traces that count."""
    rows = [t for t in sheet["traces"] if t["counts"] != "none"]
    mean = sum(t["weight"] * t["utilization"] for t in rows) / sum(t["weight"] for t in rows)
    return [(t["name"], t["requests"]) for t in rows], [100 * t["utilization"] for t in rows], 100 * mean


def by_grading(program):
    """The traces, and ([utilization in %], mean) by allocator."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        rubric = rubric_for_memory(folder)
        for reference in REFERENCES:
            sheet = run([program, "grade", reference, "--rubric", rubric, "--format", "json"])
            traces, values, mean = of_grade(sheet)
            found[reference] = (values, mean)
    return traces, found


def by_bench(program):
    """The same, libc included, and another such dictionary of speeds."""
    sheet = run([program, "bench", "--compare", ",".join(REFERENCES + ["libc"]), "--format", "json"])
    memory, speed = {}, {}
    for entry in sheet["allocators"]:
        memory[entry["name"]] = ([100 * t["utilization"] for t in entry["traces"]], 100 * entry["utilization"])
        speed[entry["name"]] = ([t["speed"]["ratio"] for t in entry["traces"]], entry["speed"])
    return [(t["name"], t["requests"]) for t in sheet["traces"]], memory, speed


def table(title, traces, found, columns, form):
    lines = [f"| {title} | requests | " + " | ".join(f"`{c}`" for c in columns) + " |",
             "|---" + "|---:" * (len(columns) + 1) + "|"]
    for i, (name, requests) in enumerate(traces):
        cells = [format(found[c][0][i], form) for c in columns]
        lines.append(f"| `{name}` | {requests} | " + " | ".join(cells) + " |")
    means = [format(found[c][1], form) for c in columns]
    return "\n".join([*lines, "| **mean** | | " + " | ".join(means) + " |"]) + "\n"


def complaints(traces, found):
    """What the README promises and the figures do not keep."""
    for i, (name, _) in enumerate(traces):
        values = [found[r][0][i] for r in REFERENCES if r not in NOT_AMONG_THE_TWO]
        if max(values) - min(values) < APART:
            yield f"{name}: no two allocators are {APART} points apart"
    for worse, better in zip(ORDER, ORDER[1:]):
        if found[worse][1] >= found[better][1]:
            yield f"{worse} is not behind {better}"
    if max(REFERENCES, key=lambda r: found[r][1]) != ORDER[-1]:
        yield f"{ORDER[-1]} is not the best"


def write(tables):
    """Between the two comments that mark the place."""
    start, end = "<!-- evidence -->\n", "<!-- end of the evidence -->\n"
    text = README.read_text()
    before, rest = text.split(start)
    README.write_text(before + start + tables + end + rest.split(end)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--write", action="store_true", help="into traces/README.md")
    parser.add_argument("--speed", action="store_true", help="and measure speed, which takes its time")
    options = parser.parse_args()
    traces, memory, speed = by_bench(options.program) if options.speed else (*by_grading(options.program), None)
    columns = sorted(memory, key=lambda allocator: memory[allocator][1])
    tables = table("utilization in %", traces, memory, columns, ".1f")
    if speed:
        tables += "\n" + table("speed", traces, speed, columns, ".2f")
    if options.write:
        write(tables)
    else:
        print(tables, end="")
    failures = list(complaints(traces, memory))
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
