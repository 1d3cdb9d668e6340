#include "wire/shared_memory.h"

#include <fcntl.h>
#include <linux/falloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace heapjudge {

namespace {

// To write zeros to so many costs a fraction of giving the pages back and getting them anew.
constexpr std::uint64_t kFewBytes = 64 << 10;

[[noreturn]] void refuse(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

}  // namespace

SharedMemory::SharedMemory(const char* name, std::uint64_t bytes) : size_(bytes) {
  descriptor_ = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor_ < 0) refuse("cannot make shared memory");
  // Sealed, so that the other side cannot cut the file and have us die of SIGBUS.
  if (ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0 ||
      fcntl(descriptor_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    close(descriptor_);
    refuse("cannot size shared memory");
  }
  void* const mapped =
      mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, descriptor_, 0);
  if (mapped == MAP_FAILED) {
    close(descriptor_);
    refuse("cannot map shared memory");
  }
  data_ = static_cast<std::byte*>(mapped);
}

SharedMemory::~SharedMemory() {
  munmap(data_, size_);
  close(descriptor_);
}

void SharedMemory::clear() {
  if (!is_touched_from(kFewBytes)) {
    std::memset(data_, 0, touched_bytes());
    return;
  }
  if (fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size_)) != 0) {
    refuse("cannot clear shared memory");
  }
}

bool SharedMemory::is_touched_from(std::uint64_t offset) const {
  return offset < size_ && lseek(descriptor_, static_cast<off_t>(offset), SEEK_DATA) >= 0;
}

std::uint64_t SharedMemory::touched_bytes() const {
  const std::vector<HeapRange> stretches = touched();
  return stretches.empty() ? 0 : stretches.back().end();
}

std::vector<HeapRange> SharedMemory::touched() const {
  std::vector<HeapRange> stretches;
  for (off_t at = 0; at < static_cast<off_t>(size_);) {
    const off_t data = lseek(descriptor_, at, SEEK_DATA);
    if (data < 0) break;
    const off_t hole = lseek(descriptor_, data, SEEK_HOLE);
    if (hole < 0) break;
    stretches.push_back({static_cast<std::uint64_t>(data), static_cast<std::uint64_t>(hole - data)});
    at = hole;
  }
  return stretches;
}

}  // namespace heapjudge
