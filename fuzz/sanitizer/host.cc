// The sanitizing process: maps what it shares with the judge, locks itself in, loads the submission, makes the requests of
// one trace.
//
// Usage (by the judge only): heapjudge_sanitizer_host REPORT_FD BOARD_FD LIBRARY_FD -1
//
// Compiled with AddressSanitizer and UndefinedBehaviorSanitizer for the sake of their run-time library.
#include <dlfcn.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz/sanitizer/board.h"
#include "fuzz/static_data.h"
#include "student/confine.h"
#include "student/entry_points.h"
#include "student/memlib_control.h"
#include "student/server.h"

// What is looked up by name: by the run-time library, and, in the place of memlib's, by the submission.
extern "C" {
__attribute__((visibility("default"))) const char* __asan_default_options() {
  return "symbolize=0:stack_trace_format='FRAME %p':detect_leaks=0:handle_abort=1:handle_sigfpe=1:handle_sigill=1:"
         "allocator_may_return_null=1:print_legend=0:print_full_thread_history=0:exitcode=77";
}
__attribute__((visibility("default"))) const char* __ubsan_default_options() { return "print_stacktrace=1:symbolize=0"; }
__attribute__((visibility("default"))) void* mem_sbrk(intptr_t increment);
__attribute__((visibility("default"))) void* mem_map(size_t bytes);
}

namespace heapjudge {
namespace {

[[noreturn]] void give_up(const char* why) {
  fprintf(stderr, "heapjudge sanitizer host: %s\n", why);
  _exit(1);
}

// Invariant: bytes past what mem_sbrk has granted are poisoned, unless ranges may lie among them.
struct Heap {
  char* start = nullptr;
  std::size_t bytes = 0;
  bool has_ranges = false;
  void* (*sbrk)(intptr_t) = nullptr;
  void* (*map)(std::size_t) = nullptr;

  char* end_of_granted() const { return start + *heapjudge_memlib_granted(); }
  char* end() const { return start + bytes; }

  void open_rest() const { __asan_unpoison_memory_region(end_of_granted(), static_cast<std::size_t>(end() - end_of_granted())); }
  void close_rest() const {
    if (has_ranges) return;
    char* const first = reinterpret_cast<char*>((reinterpret_cast<std::uintptr_t>(end_of_granted()) + 7) & ~std::uintptr_t{7});
    __asan_poison_memory_region(first, static_cast<std::size_t>(end() - first));
  }
};

// memlib's functions have no argument of ours.
Heap heap;

struct Block {
  char* payload = nullptr;
  std::size_t bytes = 0;
};

// What the client writes. It is no store of the submission, and must not be taken for one.
__attribute__((no_sanitize("address", "undefined"))) void fill(const Block& block) {
  for (std::size_t i = 0; i < block.bytes; ++i) {
    static_cast<volatile char*>(block.payload)[i] = static_cast<char>(i | 1);
  }
}

class Client {
 public:
  Client(const EntryPoints& entries, std::size_t blocks)
      : entries_(entries), blocks_(static_cast<Block*>(calloc(blocks + 1, sizeof(Block)))), count_(blocks) {}

  void begin(std::uint8_t fill_byte) {
    open_all();
    const MemlibRun run{.fill_byte = fill_byte, .watched = false};
    memset(heap.start, 0, *heapjudge_memlib_granted());
    heapjudge_memlib_begin(&run);
    heap.close_rest();
    call_init(entries_);
  }

  void make(const Request& request) {
    switch (request.op) {
      case Op::kMalloc: return take(request, entries_.malloc(request.size), request.size);
      case Op::kCalloc: return take(request, entries_.calloc(request.count, request.size), payload_bytes(request));
      case Op::kAligned:
        return take(request, entries_.aligned(std::size_t{1} << request.alignment_log2, request.size), request.size);
      case Op::kRealloc: return resize(request);
      case Op::kFree: return free_block(request.block);
      case Op::kRefuse: return heapjudge_memlib_refuse_next(request.size);
      case Op::kInit:
        open_all();
        heapjudge_memlib_empty();
        heap.close_rest();
        call_init(entries_);
        return;
    }
  }

 private:
  void open_all() {
    for (std::size_t i = 0; i < count_; ++i) blocks_[i] = {};
    __asan_unpoison_memory_region(heap.start, heap.bytes);
  }

  bool lies_in_heap(const Block& block) const {
    return block.payload >= heap.start && block.payload <= heap.end() &&
           block.bytes <= static_cast<std::size_t>(heap.end() - block.payload);
  }

  // What was not granted or lies elsewhere is no block.
  void take(const Request& request, void* payload, std::size_t bytes) {
    Block& block = blocks_[request.block];
    block = {static_cast<char*>(payload), bytes};
    if (!lies_in_heap(block)) block = {};
    fill(block);
    __asan_poison_memory_region(block.payload, block.bytes);
  }

  Block given_back(BlockId id) {
    const Block block = blocks_[id];
    blocks_[id] = {};
    __asan_unpoison_memory_region(block.payload, block.bytes);
    return block;
  }

  void resize(const Request& request) {
    const Block before = given_back(request.block);
    void* const payload = entries_.realloc(before.payload, request.size);
    if (payload == nullptr && request.size != 0 && before.payload != nullptr) {
      blocks_[request.block] = before;
      __asan_poison_memory_region(before.payload, before.bytes);
    } else {
      take(request, payload, request.size);
    }
  }

  void free_block(BlockId id) { entries_.free(id == kNoBlock ? nullptr : given_back(id).payload); }

  const EntryPoints& entries_;
  Block* blocks_;
  std::size_t count_;
};

SanitizerBoard& map_board(int descriptor) {
  void* const mapped = mmap(nullptr, sizeof(SanitizerBoard), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (mapped == MAP_FAILED) give_up("cannot map the board");
  close(descriptor);
  return *static_cast<SanitizerBoard*>(mapped);
}

void map_heap(const Setup& setup) {
  heap.bytes = setup.heap_limit_bytes;
  void* const mapped = mmap(reinterpret_cast<void*>(setup.heap_base), heap.bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (mapped == MAP_FAILED) give_up("cannot map the heap");
  heap.start = static_cast<char*>(mapped);
  heap.sbrk = reinterpret_cast<void* (*)(intptr_t)>(dlsym(RTLD_NEXT, "mem_sbrk"));
  heap.map = reinterpret_cast<void* (*)(std::size_t)>(dlsym(RTLD_NEXT, "mem_map"));
  if (heap.sbrk == nullptr || heap.map == nullptr) give_up("memlib is missing");
}

EntryPoints load(int descriptor, const Setup& setup) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  void* const library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) give_up(dlerror());
  EntryPoints entries;
  const EntryNames names{setup.prefix, setup.aligned_function, setup.init_returns_bool != 0};
  if (!find_entry_points(library, names, entries)) give_up("a required function is missing");
  return entries;
}

void tell_place(int report, const EntryPoints& entries) {
  const LibraryPlace place = place_of_library(reinterpret_cast<const void*>(entries.init));
  dprintf(report, "%s %lx %lx\n", kLibraryLine, place.base, place.end);
}

int run(int report, int board_descriptor, int library) {
  SanitizerBoard& board = map_board(board_descriptor);
  static MappedTable mapped;
  map_heap(board.setup);
  __sanitizer_set_report_fd(reinterpret_cast<void*>(static_cast<std::intptr_t>(report)));
  confine_at_gate(board.setup, library, board.gate);
  const MemlibSettings settings{reinterpret_cast<std::byte*>(heap.start), heap.bytes, board.setup.heap_may_shrink != 0, &mapped};
  heapjudge_memlib_attach(&settings);
  const EntryPoints entries = load(library, board.setup);
  tell_place(report, entries);
  Client client(entries, board.block_count);
  for (std::uint32_t i = 0; i < board.runs; ++i) {
    const bool last = i + 1 == board.runs;
    client.begin(static_cast<std::uint8_t>(last ? board.fill_byte : 0));
    for (std::uint32_t at = 0; at < board.request_count; ++at) client.make(board.requests[at]);
  }
  return 0;
}

}  // namespace
}  // namespace heapjudge

void* mem_sbrk(intptr_t increment) {
  using heapjudge::heap;
  heap.open_rest();
  void* const granted = heap.sbrk(increment);
  heap.close_rest();
  return granted;
}

void* mem_map(size_t bytes) {
  using heapjudge::heap;
  heap.open_rest();
  heap.has_ranges = true;
  return heap.map(bytes);
}

int main(int argc, char** argv) {
  if (argc < 4) heapjudge::give_up("started by hand");
  return heapjudge::run(atoi(argv[1]), atoi(argv[2]), atoi(argv[3]));
}
