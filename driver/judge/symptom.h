// One way in which a bug shows.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "oracle/fault.h"

namespace heapjudge {

struct Symptom {
  Fault fault = Fault::kCrash;
  std::string function;      // of the submission; of its interface where nothing tells more
  std::size_t requests = 0;  // of the shortest trace with it
  std::filesystem::path file = {};  // that trace; empty: it is not kept

  friend bool operator==(const Symptom&, const Symptom&) = default;
};

}  // namespace heapjudge
