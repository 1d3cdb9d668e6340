# Counts word pairs, indexes them, and prints the most frequent ones.
import collections
import re
import sys


class Entry:
    def __init__(self, pair):
        self.pair = pair
        self.lines = []


index = {}
for number, line in enumerate(open(sys.argv[1])):
    words = re.findall(r"[a-z]+", line.lower())
    for pair in zip(words, words[1:]):
        index.setdefault(pair, Entry(pair)).lines.append(number)
    if number > 60:
        break

lengths = collections.Counter(len(entry.lines) for entry in index.values())
best = sorted(index.values(), key=lambda entry: (-len(entry.lines), entry.pair))[:20]
print("\n".join(f"{' '.join(entry.pair):20} {len(entry.lines)}" for entry in best))
print({length: f"{share:.3f}" for length, share in sorted(lengths.items())})
