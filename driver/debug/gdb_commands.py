"""Heapjudge in gdb: mheap, mblock, mshadow, mnext, and how the program gets to the request asked for.

Reads the plan (driver/wire/debug_plan.h) for the requests, and the books in the program's memory for what is live.
"""

import bisect
import os
import struct

import gdb

PLAN = struct.Struct("<QQQQQQQ6I32s64s")
REQUEST = struct.Struct("<QIBBH")
BLOCK = struct.Struct("<QQII")
BOOKS = struct.Struct("<QQQIIII")
NO_BLOCK = 0xFFFFFFFF
LIVE = 1
MOST_LINES = 40
CELL_BYTES = 8
CELLS = 64
MOST_ROWS = 24
VERBS = ["malloc", "free", "realloc", "calloc", "memalign"]
DENSE_BYTES = 64 << 20


class Plan:
    """The trace, and where the heap is."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        head = PLAN.unpack_from(self.bytes)
        self.base, self.limit = head[1], head[2]
        self.requests, self.blocks = head[5], head[6]
        self.narrow = head[9] == 1
        self.prefix = head[13].split(b"\0")[0].decode()
        self.aligned_function = head[14].split(b"\0")[0].decode()

    def request(self, number):
        """size, block, op, log2 of the alignment, count"""
        return REQUEST.unpack_from(self.bytes, PLAN.size + (number - 1) * REQUEST.size)

    def function(self, number):
        """The submission's function that answers the request; None: there is none."""
        if number == 0:
            return self.prefix + "init"
        op = self.request(number)[2]
        if op == 4:
            return self.aligned_function
        if op > 4:
            return self.prefix + "init" if op == 5 else None
        return self.prefix + VERBS[op]

    def call(self, number):
        if number == 0:
            return self.prefix + "init()"
        size, block, op, log2, count = self.request(number)
        name = "NULL" if block == NO_BLOCK else "block %d" % block
        if op == 6:
            return "the next %d growths of the heap are refused" % size
        arguments = {0: str(size), 1: name, 2: "%s, %d" % (name, size), 3: "%d, %d" % (count, size),
                     4: "%d, %d" % (1 << log2, size), 5: ""}[op]
        return "%s(%s)" % (self.function(number), arguments)


class Block:
    def __init__(self, number, fields):
        self.number = number
        self.offset, self.size, self.born, self.state = fields

    @property
    def end(self):
        return self.offset + self.size


class Books:
    """What is live, as it stands in the stopped program."""

    def __init__(self, plan):
        self.plan = plan
        place = int(gdb.parse_and_eval("(unsigned long)&heapjudge_books"))
        self.place = place
        (self.blocks_at, self.answers_at, self.heap_bytes, self.request, self.run, self.stop_at,
         self.last_run) = BOOKS.unpack(memory(place, BOOKS.size))

    def block(self, number):
        return Block(number, BLOCK.unpack(memory(self.blocks_at + number * BLOCK.size, BLOCK.size)))

    def live(self):
        """By rising offset."""
        table = memory(self.blocks_at, self.plan.blocks * BLOCK.size) if self.plan.blocks else b""
        found = [Block(i, fields) for i, fields in enumerate(BLOCK.iter_unpack(table)) if fields[3] == LIVE]
        return sorted(found, key=lambda block: (block.offset, block.number))

    def answer(self, number):
        return struct.unpack("<Q", memory(self.answers_at + 8 * (number - 1), 8))[0]


def memory(address, count):
    return bytes(gdb.selected_inferior().read_memory(address, count)) if count else b""


def offset_text(offset):
    return "+0x%03x" % offset


def extent_text(block):
    return "%s..%s" % (offset_text(block.offset), offset_text(block.end))


def pattern(plan, stamp, count):
    """The first bytes of a payload that was filled for a request (driver/wire/payload_pattern.h)."""
    bits, prefix, step, spread, turn, code = (12, 0x5E, 4, 0x9E5, 0xC2B, "<I") if plan.narrow else (
        16, 0x5EED, 8, 0x9E35, 0xC2B3, "<Q")
    words = bytearray()
    while len(words) < count:
        segment, position = divmod(len(words), 1 << bits)
        field = (stamp + (stamp >> bits) * spread + segment * turn) & ((1 << bits) - 1)
        words += struct.pack(code, prefix << (2 * bits) | field << bits | position // step * step)
    return bytes(words[:count])


def damaged_bytes(plan, block):
    """Offsets in the heap of payload bytes that are not what the client wrote; of very large blocks none are looked at."""
    if block.size >= DENSE_BYTES or block.end > plan.limit:
        return []
    found = memory(plan.base + block.offset, block.size)
    wanted = pattern(plan, block.born, block.size)
    if found == wanted:
        return []
    return [block.offset + i for i in range(block.size) if found[i] != wanted[i]]


def state_of_payload(plan, block):
    damaged = damaged_bytes(plan, block)
    if not damaged:
        return "contents as the client wrote them"
    return "%d bytes changed, the first at %s (byte %d)" % (
        len(damaged), offset_text(damaged[0]), damaged[0] - block.offset)


class Command(gdb.Command):
    """One that needs the program to be alive."""

    def __init__(self, name, plan):
        super().__init__(name, gdb.COMMAND_DATA)
        self.plan = plan

    def invoke(self, argument, from_tty):
        if gdb.selected_inferior().pid == 0:
            raise gdb.GdbError("The program is not running: its heap is gone. `run` starts it again.")
        try:
            self.show(Books(self.plan), gdb.string_to_argv(argument))
        except ValueError:
            raise gdb.GdbError("usage: " + self.__doc__.split("\n")[0])


class Heap(Command):
    """mheap [all]: the request in hand, the heap, and its live blocks by address."""

    def show(self, books, words):
        live = books.live()
        payload = sum(block.size for block in live)
        print("request #%d of %d in run %d: %s" % (books.request, self.plan.requests, books.run,
                                                  self.plan.call(books.request)))
        print("heap at 0x%x, %d bytes before this request; %d live blocks hold %d" % (
            self.plan.base, books.heap_bytes, len(live), payload))
        shown = live if words[:1] == ["all"] else live[:MOST_LINES]
        for block in shown:
            print("  %-18s block %-6d %8d bytes   since #%d" % (extent_text(block), block.number, block.size, block.born))
        if len(shown) < len(live):
            print("  and %d more: mheap all" % (len(live) - len(shown)))


class History(Command):
    """mblock N: the life of a block so far, and its payload."""

    def show(self, books, words):
        number = int(words[0]) if len(words) == 1 else int("")
        if not 0 <= number < self.plan.blocks:
            raise gdb.GdbError("the trace has blocks 0 to %d" % (self.plan.blocks - 1))
        self.show_requests(books, number)
        block = books.block(number)
        if block.state != LIVE:
            print("  not live before request #%d" % books.request)
            return
        print("  live at %s, address 0x%x: %s" % (extent_text(block), self.plan.base + block.offset,
                                                 state_of_payload(self.plan, block)))
        if block.size:
            gdb.execute("x/%dxg 0x%x" % (min(8, (block.size + 7) // 8), self.plan.base + block.offset))

    def show_requests(self, books, number):
        for i in range(1, books.request):
            _, block, op, _, _ = self.plan.request(i)
            if block != number or op > 4:
                continue
            answer = "" if op == 1 else " -> " + self.answer_text(books.answer(i))
            print("  #%-6d %s%s" % (i, self.plan.call(i), answer))

    def answer_text(self, offset):
        return "NULL" if (offset + self.plan.base) % (1 << 64) == 0 else offset_text(offset)


class Shadow(Command):
    """mshadow [+OFF]: a map of the heap as the judge sees it, one character for 8 bytes."""

    def show(self, books, words):
        start = int(words[0].lstrip("+"), 0) if words else 0
        start -= start % (CELL_BYTES * CELLS)
        live = books.live()
        ends = [block.end for block in live]
        print("a digit: the last one of a live block's number   !: bytes of it that were changed   .: nobody's")
        for row in range(MOST_ROWS):
            first = start + row * CELL_BYTES * CELLS
            if first >= books.heap_bytes:
                break
            print("  %-9s %s" % (offset_text(first), self.cells(books, (live, ends), first)))
        if start + MOST_ROWS * CELL_BYTES * CELLS < books.heap_bytes:
            print("  more: mshadow %s" % offset_text(start + MOST_ROWS * CELL_BYTES * CELLS))

    def cells(self, books, blocks, first):
        live, ends = blocks
        last = min(first + CELL_BYTES * CELLS, books.heap_bytes)
        row = ["."] * ((last - first + CELL_BYTES - 1) // CELL_BYTES)
        for block in live[bisect.bisect_right(ends, first):]:
            if block.offset >= last:
                break
            for cell in range(max(block.offset, first) // CELL_BYTES, -(-min(block.end, last) // CELL_BYTES)):
                row[cell - first // CELL_BYTES] = str(block.number % 10)
            for byte in damaged_bytes(self.plan, block):
                if first <= byte < last:
                    row[(byte - first) // CELL_BYTES] = "!"
        return "".join(row)


class Entry(gdb.Breakpoint):
    """The first line of a function of the submission, once."""

    def __init__(self, function):
        super().__init__(function, gdb.BP_BREAKPOINT, internal=True, temporary=True)
        self.silent = True


class Next(Command):
    """mnext [COUNT]: on to the entry of the next request, or of the COUNT-th from here."""

    def show(self, books, words):
        count = int(words[0]) if words else 1
        if count < 1:
            raise ValueError
        if books.request + count > self.plan.requests:
            raise gdb.GdbError("the trace ends with request #%d" % self.plan.requests)
        stop_at(books.place, books.request + count)
        gdb.execute("continue")
        tell_where(self.plan)


def stop_at(books_place, request):
    gdb.selected_inferior().write_memory(books_place + BOOKS.size - 8, struct.pack("<I", request))


class Stop(gdb.Breakpoint):
    """heapjudge_stop_here: goes on to the entry of the submission's function."""

    def __init__(self, plan):
        super().__init__("heapjudge_stop_here", gdb.BP_BREAKPOINT, internal=True)
        self.silent = True
        self.plan = plan

    def stop(self):
        function = self.plan.function(Books(self.plan).request)
        if function is None:
            return True
        Entry(function)
        return False


def is_student_store():
    """False for the client, who fills its payloads from the debug host itself."""
    frame = gdb.newest_frame()
    while frame is not None:
        if frame.name() in ("main", None):
            return False
        symtab = frame.find_sal().symtab
        if symtab is not None and os.path.realpath(symtab.objfile.filename) == library:
            return True
        frame = frame.older()
    return False


class StoreWatch(gdb.Breakpoint):
    """A watchpoint that only the submission's stores stop at."""

    def __init__(self, place, count):
        pointer = {1: "char *", 2: "short *", 4: "int *", 8: "long long *"}.get(count, "char (*)[%d]" % count)
        super().__init__("*(%s) 0x%x" % (pointer, place), gdb.BP_WATCHPOINT, gdb.WP_WRITE)

    def stop(self):
        return is_student_store()


def tell_where(plan):
    """False when the program has ended."""
    if gdb.selected_inferior().pid == 0:
        return False
    books = Books(plan)
    entry = books.request == books.stop_at and books.run == books.last_run
    print("stopped %s request #%d: %s" % ("on entry to" if entry else "in", books.request, plan.call(books.request)))
    gdb.execute("frame")
    return True


library = ""


def start(plan_path, library_path, watch):
    """Runs to the request that the plan names, and then watches (offset, bytes), unless that is None."""
    global library
    library = os.path.realpath(library_path)
    plan = Plan(plan_path)
    for command, name in ((Heap, "mheap"), (History, "mblock"), (Shadow, "mshadow"), (Next, "mnext")):
        command(name, plan)
    gdb.execute("set breakpoint pending on")
    Stop(plan)
    gdb.execute("run")
    if not tell_where(plan):
        return
    if watch is not None:
        StoreWatch(plan.base + watch[0], watch[1])
        steps = gdb.parameter("can-use-hw-watchpoints") == 0
        slowly = ", slowly: the processor here stops at no store, so that gdb goes step by step" if steps else ""
        print("`continue` stops at the next store of your code there" + slowly)
    print("mheap, mblock N, mshadow, mnext [COUNT]: the heap as the judge sees it")
