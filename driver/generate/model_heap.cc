// Plain maps and plain searches: models are small.
#include "generate/model_heap.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace heapjudge {

std::uint64_t ModelHeap::place(std::uint64_t units) {
  if (victim_ == Victim::kBuddy) return place_buddy(std::bit_ceil(units));
  const auto hole = find(units);
  if (hole == holes_.end()) return extend(units, 1);
  const auto [address, size] = *hole;
  holes_.erase(hole);
  if (size > units) holes_.emplace(address + units, size - units);
  return address;
}

ModelHeap::Holes::iterator ModelHeap::find(std::uint64_t units) {
  auto best = holes_.end();
  for (auto hole = holes_.begin(); hole != holes_.end(); ++hole) {
    if (hole->second < units) continue;
    if (victim_ == Victim::kFirstFit) return hole;
    if (best == holes_.end() || hole->second < best->second) best = hole;
  }
  return best;
}

std::uint64_t ModelHeap::extend(std::uint64_t units, std::uint64_t alignment) {
  while (end_ % alignment != 0) {  // what is skipped are buddies
    const std::uint64_t skipped = std::uint64_t{1} << std::countr_zero(end_);
    holes_.emplace(end_, skipped);
    end_ += skipped;
  }
  const std::uint64_t address = end_;
  end_ += units;
  most_ = std::max(most_, end_);
  return address;
}

void ModelHeap::release(std::uint64_t address, std::uint64_t units) {
  if (victim_ == Victim::kBuddy) return release_buddy(address, std::bit_ceil(units));
  auto hole = holes_.emplace(address, units).first;
  if (const auto next = std::next(hole); next != holes_.end() && address + units == next->first) {
    hole->second += next->second;
    holes_.erase(next);
  }
  if (hole != holes_.begin()) {
    const auto before = std::prev(hole);
    if (before->first + before->second == address) {
      before->second += hole->second;
      holes_.erase(hole);
    }
  }
  cut_end();
}

void ModelHeap::cut_end() {
  while (!holes_.empty()) {
    const auto last = std::prev(holes_.end());
    if (last->first + last->second != end_) return;
    end_ = last->first;
    holes_.erase(last);
  }
}

// The smallest block that is large enough, halved as often as it can be.
std::uint64_t ModelHeap::place_buddy(std::uint64_t units) {
  auto best = holes_.end();
  for (auto hole = holes_.begin(); hole != holes_.end(); ++hole) {
    if (hole->second >= units && (best == holes_.end() || hole->second < best->second)) best = hole;
  }
  if (best == holes_.end()) return extend(units, units);
  auto [address, size] = *best;
  holes_.erase(best);
  while (size > units) {
    size /= 2;
    holes_.emplace(address + size, size);
  }
  return address;
}

void ModelHeap::release_buddy(std::uint64_t address, std::uint64_t units) {
  for (auto buddy = holes_.find(address ^ units); buddy != holes_.end() && buddy->second == units;
       buddy = holes_.find(address ^ units)) {
    address &= ~units;
    holes_.erase(buddy);
    units *= 2;
  }
  holes_.emplace(address, units);
  cut_end();
}

}  // namespace heapjudge
