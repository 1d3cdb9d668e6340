// Traces on which a correct allocator takes more heap than it should. They are told beside the findings of fuzzing, and
// break no rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace heapjudge {

struct WasteRules {
  std::string reference = "segregated";
  double times = 3;             // its heap; more than that is told
  std::uint64_t inputs = 500;   // traces to try for it

  friend bool operator==(const WasteRules&, const WasteRules&) = default;
};

enum class Waste : std::uint8_t {
  kHeapTooLarge,  // more than `times` the heap of the reference
  kNotCoalesced,  // all is freed, and a request that the heap has room for makes it grow: of many filled heaps, not of one
  kLost,          // the same requests again and again make the heap grow each time
  kKeptForASize,  // blocks of one size after the other, all of them freed in between, take more than any size alone: of many
  kNotRefilled    // requests that fit where blocks were freed make the heap grow: of many combs, not of one
};

// The shrunk trace that shows it.
struct WastefulTrace {
  Waste waste = Waste::kHeapTooLarge;
  std::filesystem::path file;         // where it is saved; empty: nowhere
  std::size_t requests = 0;
  std::uint64_t heap_bytes = 0;       // the largest heap
  // The reference's heap; kNotCoalesced, kNotRefilled: before the last request or the last `rounds` of them; kLost: after a
  // quarter of the rounds; kKeptForASize: the most that one size takes alone.
  std::uint64_t other_bytes = 0;
  std::uint64_t payload_bytes = 0;    // the largest payload; kNotCoalesced: what the last request asks for
  std::size_t rounds = 0;             // kLost; kKeptForASize: the sizes; kNotRefilled: the requests that refill
  std::size_t alike = 1;              // traces that show the same
};

struct WasteSheet {
  WasteRules rules;
  std::size_t tried = 0;  // traces that were compared
  std::size_t failed = 0;  // traces on which the submission or the reference broke a rule: they say nothing
  bool given_up = false;   // there were too many of these
  std::vector<WastefulTrace> found;  // at most one of each kind
};

}  // namespace heapjudge
