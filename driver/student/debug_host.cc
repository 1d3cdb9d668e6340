// Replays a trace for somebody with a debugger: calls a function of its own right before the request asked for.
//
// Usage (by `heapjudge debug` only): debug_host LIBRARY PLAN
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "student/server.h"
#include "wire/debug_plan.h"

// In the debugger's sight. A breakpoint on a function that is called only when it is time costs nothing before; one with
// a condition stops the program, asks and goes on, a hundred thousand times slower.
extern "C" {
heapjudge::DebugBooks heapjudge_books;
[[gnu::noinline, gnu::used]] void heapjudge_stop_here() { asm volatile("" ::: "memory"); }
[[gnu::noinline, gnu::used]] void heapjudge_trace_ends() { asm volatile("" ::: "memory"); }
}

namespace heapjudge {
namespace {

[[noreturn]] void give_up(const char* what, const char* why) {
  fprintf(stderr, "heapjudge debug: %s: %s\n", what, why);
  exit(1);
}

const DebugPlan& map_plan(const char* path) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (file < 0 || fstat(file, &about) != 0) give_up(path, "cannot be opened");
  const auto bytes = static_cast<std::size_t>(about.st_size);
  void* const mapped = bytes < sizeof(DebugPlan) ? MAP_FAILED : mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, file, 0);
  if (mapped == MAP_FAILED) give_up(path, "cannot be mapped");
  const auto& plan = *static_cast<const DebugPlan*>(mapped);
  const bool whole = plan.mark == kDebugPlanMark && (bytes - sizeof(DebugPlan)) / sizeof(Request) == plan.requests;
  if (!whole) give_up(path, "is not a plan of this version");
  return plan;
}

void* map_memory(std::uint64_t bytes, std::uint64_t address) {
  const int fixed = address != 0 ? MAP_FIXED_NOREPLACE : 0;
  void* const wanted = reinterpret_cast<void*>(static_cast<std::uintptr_t>(address));
  void* const mapped = mmap(wanted, static_cast<std::size_t>(bytes != 0 ? bytes : 1), PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | fixed, -1, 0);
  if (mapped == MAP_FAILED || (address != 0 && mapped != wanted)) give_up("memory", "cannot be mapped where it belongs");
  return mapped;
}

EntryPoints load(const char* path, const DebugPlan& plan) {
  void* const library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) give_up(path, dlerror());
  EntryPoints entries;
  if (!find_entry_points(library, {plan.prefix, plan.aligned_function, plan.init_returns_bool != 0}, entries)) {
    give_up(path, "init, malloc or free is not defined");
  }
  return entries;
}

// The judge's books, as far as commands hang on them (judge/books.h).
class DebugReplay {
 public:
  DebugReplay(const DebugPlan& plan, const EntryPoints& entries)
      : plan_(plan),
        requests_(reinterpret_cast<const Request*>(&plan + 1)),
        server_(entries, plan.heap_base, static_cast<PointerWidth>(plan.pointer_width)),
        pattern_(static_cast<PointerWidth>(plan.pointer_width)),
        blocks_(static_cast<DebugBlock*>(map_memory(plan.blocks * sizeof(DebugBlock), 0))),
        answers_(static_cast<std::uint64_t*>(map_memory(plan.requests * sizeof(std::uint64_t), 0))) {
    heapjudge_books = {.blocks = reinterpret_cast<std::uintptr_t>(blocks_),
                       .answers = reinterpret_cast<std::uintptr_t>(answers_),
                       .stop_at = plan.stop_at,
                       .last_run = plan.whole_runs_before + 1};
  }

  void run(std::uint32_t number) {
    heapjudge_books.run = number;
    const bool last = number == heapjudge_books.last_run;
    const MemlibRun run{static_cast<std::uint8_t>(last ? plan_.fill_byte : 0), last ? plan_.refuse_from : 0,
                        last ? plan_.refuse_count : 0};
    forget_all();
    stop_before(0);
    heapjudge_books.heap_bytes = server_.begin(run).heap_bytes;
    for (std::uint64_t i = 0; i < plan_.requests; ++i) {
      stop_before(static_cast<std::uint32_t>(i + 1));
      serve(requests_[i], static_cast<std::uint32_t>(i + 1));
    }
  }

 private:
  // The debugger may have changed stop_at.
  static void stop_before(std::uint32_t request) {
    heapjudge_books.request = request;
    const volatile std::uint32_t& stop_at = heapjudge_books.stop_at;
    if (request == stop_at && heapjudge_books.run == heapjudge_books.last_run) heapjudge_stop_here();
  }

  void forget_all() { memset(static_cast<void*>(blocks_), 0, static_cast<std::size_t>(plan_.blocks) * sizeof(DebugBlock)); }

  DebugBlock* block_of(const Request& request) const {
    return request.block == kNoBlock ? nullptr : blocks_ + request.block;
  }

  static bool is_live(const DebugBlock* block) { return block != nullptr && block->state == DebugBlockState::kLive; }

  static Verb verb_for(Op op, bool refused) {
    switch (op) {
      case Op::kMalloc: return Verb::kMalloc;
      case Op::kFree: return refused ? Verb::kSkip : Verb::kFree;
      case Op::kRealloc: return refused ? Verb::kMalloc : Verb::kRealloc;
      case Op::kCalloc: return Verb::kCalloc;
      case Op::kAligned: return Verb::kAligned;
      case Op::kInit: return Verb::kInit;
      case Op::kRefuse: return Verb::kRefuse;
    }
    return Verb::kSkip;
  }

  Command command_for(const Request& request, std::uint32_t number) const {
    const DebugBlock* const block = block_of(request);
    const bool refused = block != nullptr && block->state == DebugBlockState::kRefused;
    Command command;
    command.offset = is_live(block) ? block->offset : 0 - plan_.heap_base;
    command.size = request.size;
    if (request.op == Op::kRealloc && is_live(block)) {
      command.kept = block->size < request.size ? block->size : request.size;
    }
    command.stamp = number;
    command.count = request.count;
    command.verb = verb_for(request.op, refused);
    command.alignment_log2 = request.alignment_log2;
    return command;
  }

  void serve(const Request& request, std::uint32_t number) {
    const Reply reply = server_.answer(command_for(request, number));
    heapjudge_books.heap_bytes = reply.heap_bytes;
    answers_[number - 1] = reply.offset;
    if (request.op == Op::kInit) forget_all();
    if (request.op == Op::kFree && request.block != kNoBlock) *block_of(request) = {};
    if (asks_for_block(request.op)) enter(request, number, reply);
  }

  void enter(const Request& request, std::uint32_t number, const Reply& reply) {
    DebugBlock& block = *block_of(request);
    if (reply.offset == 0 - plan_.heap_base) {
      if (!is_live(&block) || request.op != Op::kRealloc || request.size == 0) {
        block = {.state = DebugBlockState::kRefused};
      }
      return;
    }
    block = {.offset = reply.offset, .size = payload_bytes(request), .born = number, .state = DebugBlockState::kLive};
    // What the judge fills by itself, after it has looked.
    const bool refilled = request.op == Op::kCalloc || request.op == Op::kRealloc;
    if (!refilled || !RequestServer::is_in_heap(block.size, reply)) return;
    auto* const payload = reinterpret_cast<std::byte*>(static_cast<std::uintptr_t>(plan_.heap_base + block.offset));
    pattern_.fill({payload, static_cast<std::size_t>(block.size)}, number);
  }

  const DebugPlan& plan_;
  const Request* requests_;
  RequestServer server_;
  PayloadPattern pattern_;
  DebugBlock* blocks_;
  std::uint64_t* answers_;
};

void replay(const char* library, const DebugPlan& plan) {
  static MappedTable mapped;
  const MemlibSettings memlib{static_cast<std::byte*>(map_memory(plan.heap_limit_bytes, plan.heap_base)),
                              static_cast<std::size_t>(plan.heap_limit_bytes), plan.heap_may_shrink != 0, &mapped};
  heapjudge_memlib_attach(&memlib);
  DebugReplay replay(plan, load(library, plan));
  for (std::uint32_t run = 1; run <= plan.whole_runs_before + 1; ++run) {
    if (run > 1) madvise(memlib.base, memlib.limit_bytes, MADV_DONTNEED);
    replay.run(run);
  }
  heapjudge_trace_ends();
}

}  // namespace
}  // namespace heapjudge

int main(int argc, char** argv) {
  if (argc != 3) heapjudge::give_up("debug_host", "started by hand");
  heapjudge::replay(argv[1], heapjudge::map_plan(argv[2]));
  return 0;
}
