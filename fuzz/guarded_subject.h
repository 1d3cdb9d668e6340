// A submission in the fuzzer's own process, behind the guard: whatever it does, the next execution finds it as new.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "fuzz/guard/guard.h"
#include "fuzz/offered_steps.h"
#include "fuzz/static_data.h"
#include "subject/child_subject.h"
#include "subject/subject.h"

namespace heapjudge {

// How long is waited before a request is said to make no progress. It may look at each word of the heap a few times, and
// at each byte that it is about; and beyond that it has so many steps. What takes no step has so many ticks (see
// guard/guard.h).
struct Patience {
  std::uint64_t steps = std::uint64_t{1} << 20;
  unsigned ticks = 25;
};

// For what hangs, where it is tried often: small heaps take few steps.
inline constexpr Patience kHaste{.steps = std::uint64_t{1} << 14, .ticks = 3};

struct GuardedSettings {
  std::filesystem::path library;  // what build_guarded() made
  Interface interface;
  std::uint64_t heap_base = 0x800000000;
  std::uint64_t heap_limit_bytes = 100u << 20;  // the largest that limit_heap() may ask for
  bool heap_may_shrink = false;
  PointerWidth pointer_width = PointerWidth::k64;
};

// Each begin() starts an execution of its own: empty heap, static data as after loading. A submission that does not
// survive is left (see guard/guard.h), which is told as an Ending; begin() may be called again all the same. One at a
// time in a process, as memlib is one. A submission can still damage the process around it.
class GuardedSubject final : public Subject {
 public:
  // Throws std::runtime_error when the library cannot be loaded or lacks a function.
  explicit GuardedSubject(const GuardedSettings& settings);
  ~GuardedSubject() override;
  GuardedSubject(const GuardedSubject&) = delete;
  GuardedSubject& operator=(const GuardedSubject&) = delete;

  // From the next begin() on.
  void limit_heap(std::uint64_t bytes);

  // With `again`, the next begin() leaves static data as it is: what the execution before has left there stays.
  void keep_static_data(bool again) { keep_static_data_ = again; }

  // From now on.
  void be_patient(const Patience& patience) {
    patience_ = patience;
    heapjudge_guard_allow_ticks(patience.ticks);
  }

  // Of the last execution; none when it was served to its end.
  const std::optional<Escape>& escape() const { return escape_; }
  PayloadReads take_payload_reads();
  bool is_instrumented() const { return heapjudge_guard_is_instrumented(); }
  const OfferedFunctions& offered() const { return offered_; }
  std::uint64_t requests_served() const { return requests_served_; }  // by all executions

  Progress begin(const RunSettings& settings, Reply& reply) override;
  Progress serve(std::span<const Command> commands, std::span<Reply> replies) override;
  std::size_t max_batch() const override;
  bool guards_stores() const override { return is_instrumented(); }
  std::span<const HeapRange> mapped() override { return {mapped_.ranges, mapped_.count}; }
  std::span<std::byte> heap() override;
  std::uint64_t heap_base() const override;
  std::uint64_t touched_bytes() override;
  std::vector<HeapRange> touched() override;
  std::uint64_t bytes_outside_heap() override { return 0; }
  std::string isolation() const override { return "none"; }
  const Ending& end() override;

 private:
  class Mapping;
  struct Loaded;

  void clean_up();
  void clean_heap(std::uint64_t granted);
  void clear(std::uint64_t begin, std::uint64_t end);
  bool used_unseen(std::uint64_t begin, std::uint64_t end) const;
  void clear_gap(std::uint64_t begin, std::uint64_t end);
  void clear_stretch(std::uint64_t begin, std::uint64_t end);
  void note_all_used(std::uint64_t bytes);
  std::uint64_t next_used(std::uint64_t begin, std::uint64_t end) const;

  std::unique_ptr<Mapping> mapping_;
  std::unique_ptr<Mapping> tags_;
  std::unique_ptr<Loaded> loaded_;
  std::optional<StaticData> static_data_;
  MappedTable mapped_{};
  OfferedFunctions offered_;
  std::vector<std::uint8_t> used_;  // of each stretch of the heap: see GuardSettings
  std::uint64_t heap_limit_bytes_;
  bool heap_may_shrink_;
  bool keep_static_data_ = false;
  bool is_filled_ = false;  // new heap memory, in the execution in hand
  Escape way_out_;  // of the last execution that took one
  Patience patience_;
  std::optional<Escape> escape_;
  std::optional<Ending> ending_;
  std::uint64_t requests_served_ = 0;
  std::uint64_t cleanings_ = 0;
  bool uses_unseen_ = false;  // what the guard sees is not all that the submission writes
};

}  // namespace heapjudge
