#include "fuzz/static_data.h"

#include <link.h>

#include <algorithm>
#include <cstring>

namespace heapjudge {
namespace {

constexpr std::uint64_t kLittle = std::uint64_t{64} << 10;

struct Search {
  std::uint64_t inside = 0;
  LibraryPlace place;
};

void note_segment(const dl_phdr_info& object, const ElfW(Phdr) & segment, LibraryPlace& place) {
  const std::uint64_t start = object.dlpi_addr + segment.p_vaddr;
  const std::uint64_t end = start + segment.p_memsz;
  place.end = std::max(place.end, end);
  if ((segment.p_flags & PF_W) == 0) return;
  const std::uint64_t data_end = std::max(place.data + place.data_bytes, end);
  place.data = place.data == 0 ? start : std::min(place.data, start);
  place.data_bytes = data_end - place.data;
}

// The kernel protects whole pages: the rest of the last one stays writable.
void leave_relocations_out(const dl_phdr_info& object, const ElfW(Phdr) & segment, LibraryPlace& place) {
  const std::uint64_t end = (object.dlpi_addr + segment.p_vaddr + segment.p_memsz) / kPageBytes * kPageBytes;
  const std::uint64_t data_end = place.data + place.data_bytes;
  if (end <= place.data || end > data_end) return;
  place.data = end;
  place.data_bytes = data_end - end;
}

int note_library(dl_phdr_info* object, std::size_t, void* argument) {
  Search& search = *static_cast<Search*>(argument);
  LibraryPlace place{.base = object->dlpi_addr, .end = object->dlpi_addr};
  const std::span segments(object->dlpi_phdr, object->dlpi_phnum);
  for (const auto& segment : segments) {
    if (segment.p_type == PT_LOAD) note_segment(*object, segment, place);
  }
  for (const auto& segment : segments) {
    if (segment.p_type == PT_GNU_RELRO) leave_relocations_out(*object, segment, place);
  }
  if (search.inside < place.base || search.inside >= place.end) return 0;
  search.place = place;
  return 1;
}

}  // namespace

LibraryPlace place_of_library(const void* inside) {
  Search search{reinterpret_cast<std::uintptr_t>(inside), {}};
  dl_iterate_phdr(note_library, &search);
  return search.place;
}

StaticData::StaticData(const LibraryPlace& place, std::span<std::byte> spared, bool pages_are_marked)
    : data_(reinterpret_cast<std::byte*>(static_cast<std::uintptr_t>(place.data))),
      before_(data_, data_ + place.data_bytes),
      spared_first_(static_cast<std::uint64_t>(spared.data() - data_)),
      spared_end_(spared_first_ + spared.size()) {
  if (spared.empty()) spared_first_ = spared_end_ = place.data_bytes;
  if (pages_are_marked && place.data_bytes > kLittle) dirty_.assign(place.data_bytes / kPageBytes + 1, 0);
}

void StaticData::put_back() {
  if (dirty_.empty()) {
    put_back(0, before_.size());
    return;
  }
  const std::uint8_t* const end = dirty_.data() + dirty_.size();
  std::uint8_t* page = dirty_.data();
  const auto next_dirty = [&] {
    return static_cast<std::uint8_t*>(std::memchr(page, 1, static_cast<std::size_t>(end - page)));
  };
  while (page != end && (page = next_dirty()) != nullptr) {
    const auto first = static_cast<std::uint64_t>(page - dirty_.data()) * kPageBytes;
    put_back(first, std::min<std::uint64_t>(first + kPageBytes, before_.size()));
    *page++ = 0;
  }
}

void StaticData::put_back(std::uint64_t first, std::uint64_t end) {
  const auto copy = [this](std::uint64_t from, std::uint64_t to) {
    if (from < to) std::memcpy(data_ + from, before_.data() + from, to - from);
  };
  copy(first, std::min(end, spared_first_));
  copy(std::max(first, spared_end_), end);
}

}  // namespace heapjudge
