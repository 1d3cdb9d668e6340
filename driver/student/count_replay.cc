// The door to callgrind's requests, as far as they are made from inside.
#include "student/count_replay.h"

#include <valgrind/callgrind.h>

// Returns at once, whatever the compiler would make of an empty function.
asm(".pushsection .text\n"
    ".type heapjudge_nothing, @function\n"
    "heapjudge_nothing: ret\n"
    ".popsection\n");
extern "C" std::uintptr_t heapjudge_nothing(std::uintptr_t, std::uintptr_t);

namespace heapjudge {

namespace {

using Word = std::uintptr_t;
using Function = Word (*)(Word, Word);

// The functions of EntryPoints have no argument of ours to carry these.
EntryPoints counted;
std::uint64_t calls = 0;

// Each call takes this way. Callees with fewer parameters do not see the others, in either calling convention, and
// the result of one that has none means nothing.
[[gnu::noinline]] Word call_counted(Function function, Word first, Word second) {
  ++calls;
  CALLGRIND_TOGGLE_COLLECT;
  const Word result = function(first, second);
  CALLGRIND_TOGGLE_COLLECT;
  return result;
}

// The compiler must not know the function: it could make another call_counted for it.
template <typename Callee>
Function hidden(Callee callee) {
  auto function = reinterpret_cast<Function>(reinterpret_cast<void (*)()>(callee));
  asm("" : "+r"(function));
  return function;
}

Word number(const void* pointer) { return reinterpret_cast<Word>(pointer); }
void* pointer(Word number) { return reinterpret_cast<void*>(number); }

int init_counted(void** ranges) { return static_cast<int>(call_counted(hidden(counted.init), number(ranges), 0)); }
void* malloc_counted(std::size_t size) { return pointer(call_counted(hidden(counted.malloc), size, 0)); }
void free_counted(void* block) { call_counted(hidden(counted.free), number(block), 0); }
void* realloc_counted(void* block, std::size_t size) {
  return pointer(call_counted(hidden(counted.realloc), number(block), size));
}
void* calloc_counted(std::size_t count, std::size_t size) {
  return pointer(call_counted(hidden(counted.calloc), count, size));
}
void* aligned_counted(std::size_t alignment, std::size_t size) {
  return pointer(call_counted(hidden(counted.aligned), alignment, size));
}

EntryPoints counting(const EntryPoints& submission) {
  counted = submission;
  calls = 0;
  return {init_counted,    malloc_counted, free_counted,   realloc_counted,
          calloc_counted, aligned_counted, submission.init_returns_bool};
}

void count_calls_alone() {
  for (std::uint64_t left = calls; left > 0; --left) call_counted(hidden(heapjudge_nothing), 0, 0);
}

}  // namespace

ReplayOutcome count_replay(const ProgramView& program, const ReplayOrder& order, const EntryPoints& submission,
                           std::atomic<std::uint32_t>& completed) {
  ReplayOrder pass{.order = order.order, .passes = 1, .seed = order.seed};
  const ReplayOutcome first = replay_program(program, pass, submission, completed);
  pass.seed = ~order.seed;  // the same bytes are where the first pass left them
  ReplayOutcome outcome = replay_program(program, pass, counting(submission), completed);
  CALLGRIND_DUMP_STATS;
  count_calls_alone();
  CALLGRIND_DUMP_STATS;
  outcome.init_failures += first.init_failures;
  outcome.lost_bytes += first.lost_bytes;
  return outcome;
}

}  // namespace heapjudge
