// Replays a trace on the C library's own malloc, and measures how much memory that takes from the system. Nothing of a
// submission runs here, and nothing of the C++ library, which would take memory before the first request.
//
// Usage (by the judge only): libc_replay MEMORY_FD
#include "wire/libc_replay.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heapjudge {
namespace {

// The C library maps no block below 128 KiB, so what it has mapped need not be asked for when only smaller ones are
// concerned: to ask takes a walk over its free blocks.
constexpr std::uint64_t kMayBeMapped = 64u << 10;

[[noreturn]] void give_up(const char* why) {
  fprintf(stderr, "heapjudge libc_replay: %s\n", why);
  _exit(1);
}

std::size_t to_native(std::uint64_t size) {
  return size > SIZE_MAX ? SIZE_MAX : static_cast<std::size_t>(size);
}

class Replay {
 public:
  explicit Replay(LibcReplay& head)
      : head_(head),
        requests_(reinterpret_cast<const Request*>(&head + 1)),
        slots_(reinterpret_cast<LibcSlot*>(reinterpret_cast<std::byte*>(&head + 1) + head.requests * sizeof(Request))),
        bottom_(static_cast<std::byte*>(sbrk(0))) {}

  void run() {
    for (std::uint64_t i = 0; i < head_.requests; ++i) {
      serve(requests_[i]);
      measure();
    }
  }

 private:
  void serve(const Request& request) {
    if (request.op == Op::kRefuse) return;  // nobody can order the system to
    if (request.op == Op::kInit) return start_afresh();
    if (request.block == kNoBlock) return free(nullptr);
    LibcSlot& slot = slots_[request.block];
    const std::uint64_t bytes = payload_bytes(request);
    large_ = large_ || bytes >= kMayBeMapped || slot.size >= kMayBeMapped;
    void* const block = reinterpret_cast<void*>(static_cast<std::uintptr_t>(slot.address));
    const std::size_t size = to_native(request.size);
    switch (request.op) {
      case Op::kMalloc: return keep(slot, malloc(size), bytes);
      case Op::kCalloc: return keep(slot, calloc(request.count, size), bytes);
      case Op::kAligned: return keep(slot, memalign(to_native(std::uint64_t{1} << request.alignment_log2), size), bytes);
      case Op::kRealloc: return resize(slot, block, size);
      case Op::kFree: free(block); return keep(slot, nullptr, 0);
      case Op::kInit:
      case Op::kRefuse: return;
    }
  }

  // A refused one leaves the block as it was; size 0 frees it.
  void resize(LibcSlot& slot, void* block, std::size_t size) {
    void* const resized = realloc(block, size);
    if (resized != nullptr || size == 0) keep(slot, resized, size);
  }

  void keep(LibcSlot& slot, void* block, std::uint64_t size) {
    slot.address = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(block));
    slot.size = block == nullptr ? 0 : size;
  }

  // As near as a heap can come to it that has no end which could be set back.
  void start_afresh() {
    for (std::uint64_t i = 0; i < head_.blocks; ++i) {
      free(reinterpret_cast<void*>(static_cast<std::uintptr_t>(slots_[i].address)));
      slots_[i] = {};
    }
    malloc_trim(0);
    large_ = true;
  }

  void measure() {
    if (large_) mapped_bytes_ = mallinfo2().hblkhd;
    large_ = false;
    const auto grown = static_cast<std::uint64_t>(static_cast<std::byte*>(sbrk(0)) - bottom_);
    const std::uint64_t heap = grown + mapped_bytes_;
    if (heap > head_.heap_bytes) head_.heap_bytes = heap;
  }

  LibcReplay& head_;
  const Request* requests_;
  LibcSlot* slots_;
  std::byte* bottom_;
  std::uint64_t mapped_bytes_ = 0;
  bool large_ = false;  // a large block has come or gone since what is mapped was asked for
};

// Of address space, in use now. Read by hand: a stream would take its buffer from malloc.
std::uint64_t address_space() {
  char text[128] = {};
  const int file = open("/proc/self/statm", O_RDONLY);
  if (file < 0 || read(file, text, sizeof text - 1) <= 0) give_up("cannot read /proc/self/statm");
  close(file);
  return strtoull(text, nullptr, 10) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

// So that a request that no heap of the limit can grant is refused here, too.
void limit_memory(std::uint64_t beyond_now) {
  const std::uint64_t bytes = address_space() + beyond_now;
  const rlim_t limit = bytes > static_cast<rlim_t>(-1) ? static_cast<rlim_t>(-1) : static_cast<rlim_t>(bytes);
  const rlimit both{limit, limit};
  if (setrlimit(RLIMIT_AS, &both) != 0) give_up("cannot limit the memory");
}

void run(int descriptor) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  struct stat file {};
  if (fstat(descriptor, &file) != 0) give_up("no shared memory");
  const auto bytes = static_cast<std::size_t>(file.st_size);
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (memory == MAP_FAILED) give_up("cannot map shared memory");
  auto& head = *static_cast<LibcReplay*>(memory);
  limit_memory(head.heap_limit_bytes);
  Replay(head).run();
  head.done = 1;
}

}  // namespace
}  // namespace heapjudge

int main(int argc, char** argv) {
  if (argc != 2) heapjudge::give_up("started by hand");
  heapjudge::run(atoi(argv[1]));
  _exit(0);
}
