#!/usr/bin/env python3
"""Shows what the default traces are worth: every reference and libc on every trace that counts.

    traces/evidence.py build/bin/heapjudge [--write] [--speed]

prints a Markdown table of utilization, and with --speed one of speed too, both from `heapjudge bench`; --write puts
them into traces/README.md instead. Exit status 1 when what README.md says below the tables no longer holds: a trace
that does not tell two allocators apart, or another order of the means.
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
# Each better than the one before, and the last the best of all references.
ORDER = ["bump", "implicit:worst", "explicit:lifo", "explicit:address", "tlsf", "bins", "segregated"]


def counted_traces():
    """{name: (file, weight, what it counts for)} of the default rubric's traces that count."""
    found = {}
    for line in (TRACES / "rubric.yaml").read_text().split("\ntraces:\n", 1)[1].splitlines():
        file = re.search(r"\bfile: ([^,}\s]+)", line)
        if file and "counts: none" not in line and "tier:" not in line:
            weight = re.search(r"\bweight: ([0-9.]+)", line)
            counts = re.search(r"\bcounts: (\w+)", line)
            name = re.sub(r"\.rep(\.\w+)?$", "", pathlib.Path(file[1]).name)
            found[name] = (file[1], float(weight[1]) if weight else 1, counts[1] if counts else "both")
    return found


def bench(program, counted, timed, folder):
    """The sheet of `heapjudge bench`."""
    rubric = pathlib.Path(folder) / "rubric.yaml"
    entries = [f"  - {{file: {TRACES / file}, counts: {counts if timed else 'utilization'}}}\n"
               for file, _, counts in counted.values()]
    rubric.write_text("heapjudge: 1\ntraces:\n" + "".join(entries))
    command = [program, "bench", "--compare", ",".join([*REFERENCES, "libc"]), "--rubric", rubric, "--format", "json"]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"heapjudge bench: exit status {done.returncode}")
    return json.loads(done.stdout)


def figures(sheet, counted, figure):
    """([figure by trace, or None], mean by the weights of the rubric) of each allocator."""
    found = {}
    for allocator in sheet["allocators"]:
        failed = [t["failure"] for t in allocator["traces"] if t["failure"]] + [allocator["failure"] or ""]
        if any(failed):
            sys.exit(f"{allocator['name']} fails: {', '.join(filter(None, failed))}")
        values = [figure(trace) for trace in allocator["traces"]]
        weighted = [(v, counted[t["trace"]][1]) for v, t in zip(values, allocator["traces"]) if v is not None]
        found[allocator["name"]] = (values, sum(v * w for v, w in weighted) / sum(w for _, w in weighted))
    return found


def table(title, sheet, found, columns, form):
    lines = [f"| {title} | requests | " + " | ".join(f"`{c}`" for c in columns) + " |",
             "|---" + "|---:" * (len(columns) + 1) + "|"]
    for i, trace in enumerate(sheet["traces"]):
        if all(found[c][0][i] is None for c in columns):
            continue
        cells = ["-" if found[c][0][i] is None else format(found[c][0][i], form) for c in columns]
        lines.append(f"| `{trace['name']}` | {trace['requests']} | " + " | ".join(cells) + " |")
    means = [format(found[c][1], form) for c in columns]
    return "\n".join([*lines, "| **mean** | | " + " | ".join(means) + " |"]) + "\n"


def complaints(sheet, memory):
    """What README.md says and the figures do not keep."""
    for i, trace in enumerate(sheet["traces"]):
        values = [memory[r][0][i] for r in REFERENCES if r not in NOT_AMONG_THE_TWO]
        if max(values) - min(values) < APART:
            yield f"{trace['name']}: no two allocators are {APART} points apart"
    for worse, better in zip(ORDER, ORDER[1:]):
        if memory[worse][1] >= memory[better][1]:
            yield f"{worse} is not behind {better}"
    if max(REFERENCES, key=lambda r: memory[r][1]) != ORDER[-1]:
        yield f"{ORDER[-1]} is not the best"


def write(tables):
    """Between the two comments that mark the place."""
    start, end = "<!-- evidence -->\n", "<!-- end of the evidence -->\n"
    before, rest = README.read_text().split(start)
    README.write_text(before + start + tables + end + rest.split(end)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--write", action="store_true", help="into traces/README.md")
    parser.add_argument("--speed", action="store_true", help="measure speed as well, which takes its time")
    options = parser.parse_args()
    counted = counted_traces()
    with tempfile.TemporaryDirectory() as folder:
        sheet = bench(options.program, counted, options.speed, folder)
    memory = figures(sheet, counted, lambda trace: 100 * trace["utilization"])
    columns = sorted(memory, key=lambda allocator: memory[allocator][1])
    tables = table("utilization in %", sheet, memory, columns, ".1f")
    if options.speed:
        speed = figures(sheet, counted, lambda trace: trace["speed"] and trace["speed"]["ratio"])
        tables += "\n" + table("speed", sheet, speed, columns, ".2f")
    if options.write:
        write(tables)
    else:
        print(tables, end="")
    failures = list(complaints(sheet, memory))
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
