#include "student/store_watch.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>
#include <x86intrin.h>

#include "student/debug_register.h"
#include "student/distress.h"

// Of this program, by the linker.
extern "C" char __executable_start;
extern "C" char etext;

namespace heapjudge {

namespace {

constexpr int kTrapOfEvent = 6;          // TRAP_PERF
constexpr int kTrapOfDebugRegister = 4;  // TRAP_HWBKPT
constexpr int kTrapOfStep = 2;           // TRAP_TRACE
constexpr std::size_t kSpareRegister = 3;
constexpr unsigned kTrapFlag = 0x100;    // in the processor's flags: the next instruction but one traps

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
bool by_steps = false;
bool has_entered = false;  // the submission, in the call that is stepped through
volatile std::uint64_t tried = 0;
volatile bool has_trapped = false;  // at a store to that

void note_store(const ucontext_t& context, WordRecord& record) {
  StoreRecord store;
  note_frames(context, true, {store.frames, store.depth});
  if (store.depth == 0) return;
  store.order = ++order;
  if (record.first.order == 0) record.first = store;
  record.last = store;
}

void note_changes(const ucontext_t& context) {
  for (std::size_t i = 0; i < kMaxWatched; ++i) {
    if (watched[i].word == nullptr || watched[i].now() == watched[i].seen) continue;
    watched[i].seen = watched[i].now();
    note_store(context, records[i]);
  }
}

bool is_in_this_program(std::uintptr_t address) {
  return address >= reinterpret_cast<std::uintptr_t>(&__executable_start) &&
         address < reinterpret_cast<std::uintptr_t>(&etext);
}

// What the request server does after the call is not stepped through: it fills payloads.
void step_on(ucontext_t& context) {
  const std::uintptr_t here = program_counter(context);
  if (is_in_library(here)) has_entered = true;
  if (!has_entered || !is_in_this_program(here)) return;
  context.uc_mcontext.gregs[REG_EFL] &= ~static_cast<greg_t>(kTrapFlag);
}

void on_store(int signal_number, siginfo_t* what, void* context) {
  switch (what->si_code) {
    case kTrapOfStep:
      note_changes(*static_cast<const ucontext_t*>(context));
      return step_on(*static_cast<ucontext_t*>(context));
    case kTrapOfEvent:
    case kTrapOfDebugRegister:
      has_trapped = true;
      return note_changes(*static_cast<const ucontext_t*>(context));
    default:
      signal(signal_number, SIG_DFL);
      raise(signal_number);
  }
}

bool traps_at_a_store() {
  has_trapped = false;
  tried = tried + 1;
  return has_trapped;
}

// Some virtual machines take a watchpoint and never stop at it.
bool events_work() {
  const int event = open_watch_event(reinterpret_cast<std::uintptr_t>(&tried));
  if (event < 0) return false;
  const bool works = traps_at_a_store();
  close(event);
  return works;
}

bool debug_registers_work() {
  return watch_by_debug_register(reinterpret_cast<std::uintptr_t>(&tried), kSpareRegister) && traps_at_a_store();
}

bool watch_all_by_events() {
  for (const Watched& one : watched) {
    if (one.word != nullptr && open_watch_event(reinterpret_cast<std::uintptr_t>(one.word)) < 0) return false;
  }
  return true;
}

bool watch_all_by_debug_registers() {
  for (std::size_t i = 0; i < kMaxWatched; ++i) {
    const auto address = reinterpret_cast<std::uintptr_t>(watched[i].word);
    if (address != 0 && !watch_by_debug_register(address, i)) return false;
  }
  return true;
}

bool arm(std::uint32_t ways) {
  if ((ways & kByBreakpointEvent) != 0 && events_work() && watch_all_by_events()) return true;
  if ((ways & kByDebugRegister) != 0 && debug_registers_work() && watch_all_by_debug_registers()) return true;
  by_steps = (ways & kBySteps) != 0;
  return by_steps;
}

}  // namespace

WatchState arm_store_watch(const StoreWatchPlan& plan, WordRecord (&to_fill)[kMaxWatched]) {
  bool is_asked = false;
  records = to_fill;
  for (std::size_t i = 0; i < kMaxWatched; ++i) {
    const WatchedWord& word = plan.words[i];
    if (word.mask == 0) continue;
    const std::uintptr_t address = plan.heap_base + static_cast<std::uintptr_t>(word.offset);
    watched[i] = {reinterpret_cast<const volatile std::uint64_t*>(address), word.mask, 0};
    is_asked = true;
  }
  if (!is_asked) return WatchState::kNotAsked;
  struct sigaction action {};
  action.sa_sigaction = on_store;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigaction(SIGTRAP, &action, nullptr);
  return arm(plan.ways) ? WatchState::kArmed : WatchState::kRefused;
}

void start_watched_call(bool step) {
  order = 0;
  for (std::size_t i = 0; i < kMaxWatched; ++i) {
    if (watched[i].word == nullptr) continue;
    watched[i].seen = watched[i].now();
    records[i] = WordRecord{};
  }
  if (!by_steps || !step) return;
  has_entered = false;
  __writeeflags(__readeflags() | kTrapFlag);
}

void end_watched_call() {
  if (by_steps) __writeeflags(__readeflags() & ~static_cast<decltype(__readeflags())>(kTrapFlag));
}

}  // namespace heapjudge
