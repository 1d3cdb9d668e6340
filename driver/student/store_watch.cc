#include "student/store_watch.h"

#include <signal.h>
#include <string.h>

#include "student/debug_register.h"
#include "student/distress.h"

namespace heapjudge {

namespace {

constexpr int kTrapOfEvent = 6;          // TRAP_PERF
constexpr int kTrapOfDebugRegister = 4;  // TRAP_HWBKPT

struct Watched {
  const volatile std::uint64_t* word = nullptr;  // null: nothing is watched here
  std::uint64_t mask = 0;
  std::uint64_t seen = 0;  // its masked bytes after the last change

  std::uint64_t now() const { return *word & mask; }
};

// A signal handler has no argument of ours to carry these.
Watched watched[kMaxWatched];
WordRecord* records = nullptr;
std::uint32_t order = 0;

void note_store(const ucontext_t& context, WordRecord& record) {
  StoreRecord store;
  note_frames(context, true, {store.frames, store.depth});
  if (store.depth == 0) return;
  store.order = ++order;
  if (record.first.order == 0) record.first = store;
  record.last = store;
}

void on_store(int signal_number, siginfo_t* what, void* context) {
  if (what->si_code != kTrapOfEvent && what->si_code != kTrapOfDebugRegister) {
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    return;
  }
  for (std::size_t i = 0; i < kMaxWatched; ++i) {
    if (watched[i].word == nullptr || watched[i].now() == watched[i].seen) continue;
    watched[i].seen = watched[i].now();
    note_store(*static_cast<const ucontext_t*>(context), records[i]);
  }
}

bool arm(std::uintptr_t address, std::size_t number, std::uint32_t ways) {
  if ((ways & kByBreakpointEvent) != 0 && watch_by_event(address)) return true;
  return (ways & kByDebugRegister) != 0 && watch_by_debug_register(address, number);
}

}  // namespace

WatchState arm_store_watch(const StoreWatchPlan& plan, WordRecord (&to_fill)[kMaxWatched]) {
  WatchState state = WatchState::kNotAsked;
  records = to_fill;
  for (std::size_t i = 0; i < kMaxWatched; ++i) {
    const WatchedWord& word = plan.words[i];
    if (word.mask == 0) continue;
    const std::uintptr_t address = plan.heap_base + static_cast<std::uintptr_t>(word.offset);
    if (!arm(address, i, plan.ways)) return WatchState::kRefused;
    watched[i] = {reinterpret_cast<const volatile std::uint64_t*>(address), word.mask, 0};
    state = WatchState::kArmed;
  }
  if (state == WatchState::kNotAsked) return state;
  struct sigaction action {};
  action.sa_sigaction = on_store;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigaction(SIGTRAP, &action, nullptr);
  return state;
}

void start_watched_call() {
  order = 0;
  for (std::size_t i = 0; i < kMaxWatched; ++i) {
    if (watched[i].word == nullptr) continue;
    watched[i].seen = watched[i].now();
    records[i] = WordRecord{};
  }
}

}  // namespace heapjudge
