// The bug zoo: five allocators, and edits that break them, one bug each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/fault.h"
#include "trace/trace.h"

namespace heapjudge {

// Invariant: either `convicts` or `heap_times` is there.
struct Bug {
  std::string allocator;  // "implicit", of implicit.c
  std::string name;       // unique among those of its allocator
  std::string tier;       // the lowest in which it can be seen: "P0" to "P3"
  std::string breaks;     // one sentence
  std::string replace;    // stands in the allocator's source exactly once
  std::string with;
  std::optional<Fault> convicts;  // of what the witness convicts it
  std::optional<double>
      heap_times;  // or, of a leak: how much larger the heap gets by it on the witness, at least
  Trace witness;

  std::string full_name() const { return allocator + "-" + name; }
};

struct ZooAllocator {
  std::string name;  // "implicit"
  std::filesystem::path file;
  std::string source;  // its contents
  std::vector<Bug> bugs;
};

// Each .c file of the folder with the .yaml file beside it, by name. Throws InputError with file:line:column
// for what is wrong in one of them, a replaced text that does not stand in the source exactly once included.
std::vector<ZooAllocator> load_zoo(const std::filesystem::path& folder);

// The source with that one edit.
std::string mutant_of(const ZooAllocator& allocator, const Bug& bug);

// Requests as in a .rep file with ';' between them. An id may be a range, "a 0..9 24" or "f 0..9/2": the
// request for every one of these ids, or for every second one. Throws InputError, naming `name`.
Trace parse_witness(const std::string& name, std::string_view text);

}  // namespace heapjudge
