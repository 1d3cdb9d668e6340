#!/usr/bin/python3
"""Makes what the recorded programs work on: data, documents and sources, the same on every machine.

    make_inputs.py FOLDER

Nothing is downloaded and nothing is copied: all of it is drawn from a fixed seed. What the programs do with it is
written down by hand in inputs/.
"""
import json
import random
import struct
import sys
import zlib
from pathlib import Path

CONSONANTS, VOWELS = "bcdfghjklmnprstvwz", "aeiou"


def draw(seed):
    """Random numbers of its own for each file, so that a change to one changes no other."""
    return random.Random(seed)


def vocabulary(rng, count):
    words = set()
    while len(words) < count:
        syllables = 1 + min(int(rng.expovariate(0.8)), 4)
        words.add("".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(syllables)))
    return sorted(words)


def sentence(rng, words):
    chosen = [words[min(int(rng.paretovariate(0.7)) - 1, len(words) - 1)] for _ in range(rng.randint(5, 18))]
    return " ".join(chosen).capitalize() + "."


def prose(rng, words, paragraphs):
    return "\n\n".join(" ".join(sentence(rng, words) for _ in range(rng.randint(3, 9))) for _ in range(paragraphs))


def text():
    rng = draw("text")
    return prose(rng, vocabulary(rng, 4000), 400) + "\n"


def orders():
    rng = draw("orders")
    names = vocabulary(rng, 300)
    return [{"id": i, "customer": {"name": rng.choice(names).title(), "city": rng.choice(names)},
             "lines": [{"article": rng.choice(names), "count": rng.randint(1, 20),
                        "price": round(rng.lognormvariate(3, 1), 2)} for _ in range(rng.randint(1, 6))],
             "tags": rng.sample(names, rng.randint(0, 4)), "paid": rng.random() < 0.8} for i in range(600)]


def sql():
    rng = draw("sql")
    names = vocabulary(rng, 200)
    lines = ["create table person(id integer primary key, name text, city text, born int);",
             "create table visit(person int, place text, day int, cost real);",
             "create index visit_of on visit(person, day);", "begin;"]
    for i in range(800):
        lines.append(f"insert into person values({i}, '{rng.choice(names)}', '{rng.choice(names)}', "
                     f"{rng.randint(1930, 2010)});")
    for _ in range(2500):
        lines.append(f"insert into visit values({rng.randrange(800)}, '{rng.choice(names)}', "
                     f"{rng.randint(1, 5000)}, {rng.lognormvariate(3, 1):.2f});")
    lines.append("commit;")
    for _ in range(40):
        lines += [f"select name, count(*), sum(cost) from person join visit on person = id where city > "
                  f"'{rng.choice(names)}' group by name order by 3 desc limit 5;",
                  f"update visit set cost = cost * 1.01 where place = '{rng.choice(names)}';",
                  f"delete from visit where day = {rng.randint(1, 5000)};",
                  f"select group_concat(place, ', ') from visit where person = {rng.randrange(800)};"]
    return "\n".join(lines) + "\n"


def c_function(rng, number):
    lines = [f"int f{number}(struct node *n, int x) {{", "  int sum = x;"]
    for _ in range(rng.randint(3, 9)):
        callee = rng.randrange(max(number, 1))
        lines.append(rng.choice([
            f"  for (int i = 0; i < {rng.randint(2, 99)}; ++i) sum += table{rng.randrange(8)}[i & 63] * (i ^ x);",
            f"  if (n && n->value > {rng.randint(0, 999)}) sum -= f{callee}(n->next, sum >> {rng.randint(1, 5)});"
            if number else "  sum ^= 5;",
            f"  switch (x & 7) {{ case 0: sum += {rng.randint(1, 99)}; break; case 1: return sum * "
            f"{rng.randint(2, 9)}; case 3: x ^= sum; /* and on */ default: sum--; }}",
            f"  while (sum > {rng.randint(1000, 99999)}) {{ sum /= {rng.randint(2, 7)}; x += sum & 3; }}",
            f"  n = n ? n->next : 0; sum += snprintf(buffer, sizeof buffer, \"{number} %d\", x);"]))
    return "\n".join(lines + ["  return sum;", "}", ""])


def c_source(seed, functions):
    rng = draw(seed)
    head = ["#include <stddef.h>", "int snprintf(char *, size_t, const char *, ...);",
            "struct node { struct node *next; int value; double weight[4]; };", "static char buffer[64];"]
    for i in range(8):
        values = ", ".join(str(rng.randint(0, 9999)) for _ in range(64))
        head.append(f"static const int table{i}[64] = {{{values}}};")
    return "\n".join(head) + "\n" + "".join(c_function(rng, i) for i in range(functions))


def small_source(number, count):
    """One of many that are linked into a program: each calls two others."""
    calls = [(number * 7 + 3) % count, (number * 11 + 5) % count]
    lines = [f"int part{c}(int);" for c in sorted({1, *calls})]
    lines += [f"static int local{number}_{i}(int x) {{ return x * {i + 2} + {number}; }}" for i in range(12)]
    lines += [f"int (*const ways{number}[])(int) = {{{', '.join(f'local{number}_{i}' for i in range(12))}}};"]
    lines += [f"const char *name{number} = \"part number {number} of the program\";",
              f"int part{number}(int x) {{ return x < 2 ? ways{number}[x & 3](x) : part{calls[0]}(x / 2) + "
              f"part{calls[1]}(x / 3); }}"]
    if number == 0:
        lines.append("int main(int argc, char **argv) { return argv && part1(argc); }")
    return "\n".join(lines) + "\n"


def xml():
    rng = draw("xml")
    names = vocabulary(rng, 80)
    lines = ["<?xml version='1.0'?>", "<library xmlns:s='urn:shelf'>"]
    for i in range(900):
        lines.append(f"  <book s:shelf='{rng.choice(names)}' number='{i}'><title>{sentence(rng, names)}</title>")
        lines += [f"    <author born='{rng.randint(1800, 1990)}'>{rng.choice(names).title()}</author>"
                  for _ in range(rng.randint(1, 3))]
        lines.append(f"    <note><![CDATA[{rng.choice(names)} < {rng.choice(names)}]]></note></book>")
    return "\n".join(lines + ["</library>", ""])


def html():
    rng = draw("html")
    names = vocabulary(rng, 300)
    lines = ["<html><head><title>A page</title><style>td { color: red }</style></head><body>"]
    for i in range(60):
        lines.append(f"<h2 id=h{i}>{rng.choice(names)}</h2><p class='{rng.choice(names)}'>{prose(rng, names, 1)}"
                     f" <a href='#h{rng.randrange(60)}'>{rng.choice(names)}</a><br><b>bold <i>both</b> slanted</i>")
        lines.append("<ul>" + "".join(f"<li>{sentence(rng, names)}" for _ in range(rng.randint(1, 6))) + "</ul>")
        rows = "".join("<tr>" + "".join(f"<td>{rng.choice(names)}" for _ in range(4)) for _ in range(5))
        lines.append(f"<table border=1>{rows}</table>")
    return "\n".join(lines + ["</body></html>", ""])


def graph():
    rng = draw("graph")
    edges = [f"  n{rng.randrange(i)} -> n{i} [label=\"{rng.randint(1, 99)}\"];" for i in range(1, 120)]
    edges += [f"  n{rng.randrange(60)} -> n{60 + rng.randrange(60)};" for _ in range(40)]
    return "digraph g {\n  node [shape=box];\n" + "\n".join(edges) + "\n}\n"


def formula(seed, variables, clauses):
    rng = draw(seed)
    lines = [f"p cnf {variables} {clauses}"]
    for _ in range(clauses):
        chosen = rng.sample(range(1, variables + 1), 3)
        lines.append(" ".join(str(v * rng.choice((-1, 1))) for v in chosen) + " 0")
    return "\n".join(lines) + "\n"


def smt():
    rng = draw("smt")
    lines = ["(set-logic QF_LIA)"] + [f"(declare-fun x{i} () Int)" for i in range(30)]
    for _ in range(70):
        a, b, c = rng.sample(range(30), 3)
        lines.append(f"(assert (or (< (+ x{a} (* {rng.randint(2, 9)} x{b})) {rng.randint(0, 90)}) "
                     f"(> (- x{c} x{a}) {rng.randint(-9, 60)})))")
    lines += [f"(assert (and (> x{i} {-5 * i}) (< x{i} {100 + i})))" for i in range(30)]
    return "\n".join(lines + ["(check-sat)", "(get-model)", ""])


def picture(width, height):
    """A PNG of soft shapes, written by hand: each row has filter 0."""
    rng = draw("picture")
    spots = [(rng.randrange(width), rng.randrange(height), rng.randint(8, 50), rng.randrange(3)) for _ in range(30)]
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            pixel = [x * 255 // width, y * 255 // height, (x ^ y) & 255]
            for sx, sy, radius, channel in spots:
                if (x - sx) ** 2 + (y - sy) ** 2 < radius ** 2:
                    pixel[channel] = (pixel[channel] + 90) & 255
            rows += bytes(pixel)

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b"")


def ninja(targets):
    rng = draw("ninja")
    lines = ["rule copy", "  command = cp $in $out", "  description = copy $out", ""]
    for i in range(targets):
        inputs = [f"out/{rng.randrange(i)}.o" for _ in range(rng.randint(1, 4))] if i else ["text.txt"]
        lines.append(f"build out/{i}.o: copy {' '.join(inputs[:1])} | {' '.join(inputs[1:])}")
        lines.append(f"  flags = -O{i % 3} -Dpart={i}")
    return "\n".join(lines) + "\n"


def makefile(targets):
    rng = draw("make")
    lines = ["names := " + " ".join(f"part{i}" for i in range(targets)), "all: $(names:%=%.o) $(sort $(names:%=%.d))",
             "define rule", "$(1).o: $(1).c $(wildcard $(1).h) $(addprefix inc/,$(subst part,head,$(1)))",
             "\t@: compile $(1) $$@ $$^", "$(1).d: ; @: depend $$*", "endef",
             "$(foreach name,$(names),$(eval $(call rule,$(name))))", "inc/head%: ; @:", "%.c: ; @:"]
    for i in range(targets):
        lines.append(f"part{i}.o: " + " ".join(f"part{rng.randrange(targets)}.c" for _ in range(3)))
    return "\n".join(lines) + "\n"


def cmake(targets):
    lines = ["cmake_minimum_required(VERSION 3.20)", "project(many NONE)", "set(all \"\")"]
    for i in range(targets):
        lines += [f"set(name_{i} part{i})", f"string(REGEX REPLACE \"[0-9]+\" \"_\\\\0\" changed_{i} ${{name_{i}}})",
                  f"add_custom_target(t{i} COMMAND true ${{changed_{i}}})", f"list(APPEND all t{i})"]
        if i:
            lines.append(f"add_dependencies(t{i} t{i // 2})")
    return "\n".join(lines + ["list(SORT all)", "message(STATUS \"${all}\")", ""])


def history(commits):
    """A repository for git fast-import: files that grow and change line by line."""
    rng = draw("history")
    words = vocabulary(rng, 500)
    files, stream = {}, []
    for number in range(1, commits + 1):
        name = f"dir{rng.randrange(6)}/file{rng.randrange(12)}.txt"
        lines = files.setdefault(name, [sentence(rng, words) for _ in range(40)])
        for _ in range(rng.randint(1, 6)):
            lines[rng.randrange(len(lines))] = sentence(rng, words)
        lines.insert(rng.randrange(len(lines)), sentence(rng, words))
        body, message = "\n".join(lines) + "\n", sentence(rng, words)
        stream.append(f"commit refs/heads/main\ncommitter A Person <a@person.example> {1700000000 + number * 3600} "
                      f"+0000\ndata {len(message)}\n{message}\nM 644 inline {name}\ndata {len(body)}\n{body}\n")
    return "".join(stream)


def manual():
    rng = draw("manual")
    words = vocabulary(rng, 600)
    lines = [".TH PARTS 1 2020-01-01 ours", ".SH NAME", "parts \\- a page about nothing"]
    for _ in range(40):
        lines += [".SH " + rng.choice(words).upper(), prose(rng, words, 1), ".TP", ".B " + rng.choice(words),
                  sentence(rng, words), ".IP \\(bu 2", sentence(rng, words), ".RS", ".PP",
                  f"A \\fIword\\fP and \\fB{rng.choice(words)}\\fP.", ".RE"]
    return "\n".join(lines) + "\n"


def write_all(folder):
    def write(name, contents):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())

    write("text.txt", text())
    write("orders.json", json.dumps(orders(), indent=1))
    write("tables.sql", sql())
    write("program.c", c_source("program", 60))
    write("debugged.c", c_source("debugged", 150) + "int main(void) { return f9(0, 3); }\n")
    for number in range(60):
        write(f"parts/part{number}.c", small_source(number, 60))
    write("library.xml", xml())
    write("page.html", html())
    write("graph.dot", graph())
    write("hard.cnf", formula("hard", 200, 860))
    write("harder.cnf", formula("harder", 250, 1065))
    write("puzzle.smt2", smt())
    write("picture.png", picture(200, 150))
    write("build.ninja", ninja(1500))
    write("Makefile", makefile(300))
    write("CMakeLists.txt", cmake(120))
    write("history.txt", history(150))
    write("manual.1", manual())
    rng = draw("files")
    words = vocabulary(rng, 400)
    for number in range(120):
        write(f"files/{number}.txt", prose(rng, words, rng.randint(1, 12)))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_inputs.py FOLDER")
    write_all(Path(sys.argv[1]))
