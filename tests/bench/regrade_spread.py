#!/usr/bin/env python3
"""How far a grade moves when the same submission is graded again: regrade_spread.py HEAPJUDGE RUNS ARGUMENTS...

Grades RUNS times on the machine as it is, as often beside one busy loop, and beside two, and prints the least and the
greatest score of each and of all. ARGUMENTS go to `heapjudge grade`. A grading that is too noisy to score (exit status
6) is counted apart. Exits 1 when a grading fails otherwise.
"""
import json
import subprocess
import sys
import time

BUSY = [sys.executable, "-c", "while True: pass"]


def score_of(program, arguments):
    run = subprocess.run([program, "grade", *arguments, "--format", "json"], capture_output=True, text=True, check=False)
    if run.returncode not in (0, 6):
        sys.exit(f"the grading ended with {run.returncode}: {run.stderr}")
    return json.loads(run.stdout)["score"]


def graded_beside(loops, program, runs, arguments):
    busy = [subprocess.Popen(BUSY) for _ in range(loops)]
    try:
        begin = time.monotonic()
        scores = [score_of(program, arguments) for _ in range(runs)]
        return scores, (time.monotonic() - begin) / runs
    finally:
        for process in busy:
            process.kill()


def main(program, runs, arguments):
    everything = []
    for loops in range(3):
        scores, seconds = graded_beside(loops, program, runs, arguments)
        known = [score for score in scores if score is not None]
        everything += known
        spread = f"{min(known):.2f} to {max(known):.2f}" if known else "no score"
        print(f"{loops} busy loops: {spread}, {len(scores) - len(known)} of {runs} too noisy, {seconds:.1f} s each",
              flush=True)
    if everything:
        print(f"all {len(everything)}: {min(everything):.2f} to {max(everything):.2f}, "
              f"they differ by {max(everything) - min(everything):.2f} points")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
