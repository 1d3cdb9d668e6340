#include "student/mapped_area.h"

#include <string.h>

namespace heapjudge {

std::size_t MappedArea::count() const {
  if (table_ == nullptr) return 0;
  return table_->count < kMaxMapped ? table_->count : kMaxMapped;
}

bool MappedArea::find_room(std::uint64_t bytes, std::uint64_t floor, std::uint64_t limit,
                           std::uint64_t& offset) const {
  if (table_ == nullptr || count() == kMaxMapped) return false;
  std::uint64_t end = limit - limit % kMappedUnit;
  for (std::size_t i = count(); i > 0; --i) {
    const HeapRange& range = table_->ranges[i - 1];
    if (end >= range.end() && end - range.end() >= bytes) break;
    end = range.offset;
  }
  const bool fits = end >= floor && end - floor >= bytes;
  if (fits) offset = end - bytes;
  return fits;
}

void MappedArea::enter(const HeapRange& range) {
  std::size_t at = count();
  for (; at > 0 && table_->ranges[at - 1].offset > range.offset; --at) {
    table_->ranges[at] = table_->ranges[at - 1];
  }
  table_->ranges[at] = range;
  ++table_->count;
  bytes_ += range.bytes;
}

HeapRange MappedArea::strike_out(std::uint64_t offset) {
  const std::size_t ranges = count();
  for (std::size_t i = 0; i < ranges; ++i) {
    const HeapRange found = table_->ranges[i];
    if (found.offset != offset) continue;
    memmove(&table_->ranges[i], &table_->ranges[i + 1], (ranges - i - 1) * sizeof(HeapRange));
    table_->ranges[ranges - 1] = {};
    table_->count = static_cast<std::uint32_t>(ranges - 1);
    bytes_ -= found.bytes;
    return found;
  }
  return {};
}

void MappedArea::clear() {
  for (std::size_t i = count(); i > 0; --i) table_->ranges[i - 1] = {};
  if (table_ != nullptr) table_->count = 0;
  bytes_ = 0;
}

bool MappedArea::holds(std::uint64_t offset, std::uint64_t bytes) const {
  for (std::size_t i = 0; i < count(); ++i) {
    const HeapRange& range = table_->ranges[i];
    if (offset >= range.offset && offset < range.end()) return bytes <= range.end() - offset;
  }
  return false;
}

std::uint64_t MappedArea::lowest(std::uint64_t limit) const {
  return count() == 0 ? limit : table_->ranges[0].offset;
}

}  // namespace heapjudge
