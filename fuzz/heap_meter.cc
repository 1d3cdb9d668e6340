#include "fuzz/heap_meter.h"

namespace heapjudge {

std::optional<HeapProfile> HeapMeter::measure(const Trace& trace) {
  if (!subject_) subject_ = start_();
  const ReplayResult result = replay(*subject_, trace, rules_, {.profile = true});
  if (result.is_sound()) return result.profile;
  ++failures_;
  subject_.reset();
  return std::nullopt;
}

}  // namespace heapjudge
