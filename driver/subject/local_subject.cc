#include "subject/local_subject.h"

#include <dlfcn.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "check.h"
#include "student/server.h"
#include "wire/shared_memory.h"

namespace heapjudge {

namespace {

constexpr std::size_t kBatch = 1024;

constexpr std::uintptr_t kElsewhere = 0x200000000000;

// A second mapping of the heap, at the address where the submission expects it. AddressSanitizer keeps the
// usual one to itself.
class FixedMapping {
 public:
  FixedMapping(SharedMemory& memory, std::uint64_t address)
      : size_(memory.bytes().size()), data_(map(memory, static_cast<std::uintptr_t>(address))) {
    if (data_ == MAP_FAILED && errno == EEXIST) data_ = map(memory, kElsewhere);
    if (data_ == MAP_FAILED)
      throw std::runtime_error(std::string("cannot map the heap: ") + std::strerror(errno));
  }
  ~FixedMapping() { munmap(data_, size_); }
  FixedMapping(const FixedMapping&) = delete;
  FixedMapping& operator=(const FixedMapping&) = delete;
  std::byte* data() const { return static_cast<std::byte*>(data_); }
  std::uint64_t address() const { return reinterpret_cast<std::uintptr_t>(data_); }

 private:
  void* map(SharedMemory& memory, std::uintptr_t address) const {
    return mmap(reinterpret_cast<void*>(address), size_, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_NORESERVE | MAP_FIXED_NOREPLACE, memory.descriptor(), 0);
  }

  std::size_t size_;
  void* data_;
};

struct CloseLibrary {
  void operator()(void* library) const { dlclose(library); }
};
using Library = std::unique_ptr<void, CloseLibrary>;

Library open_library(const std::filesystem::path& path) {
  Library library(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL));
  if (library == nullptr) throw std::runtime_error(std::string("cannot load the submission: ") + dlerror());
  return library;
}

EntryPoints entry_points_of(void* library, const Interface& interface) {
  EntryPoints entries;
  const EntryNames names{interface.prefix.c_str(), interface.aligned_function.c_str(), interface.init_returns_bool,
                         interface.checker_function.c_str()};
  if (!find_entry_points(library, names, entries)) throw std::runtime_error("a required function is missing");
  return entries;
}

class LocalSubject final : public Subject {
 public:
  explicit LocalSubject(const LaunchSettings& settings)
      : heap_("heapjudge-heap", settings.heap_limit_bytes),
        mapping_(heap_, settings.heap_base),
        library_(open_library(settings.library)),
        server_(entry_points_of(library_.get(), settings.interface), mapping_.address(),
                settings.pointer_width) {
    const MemlibSettings memlib{mapping_.data(), settings.heap_limit_bytes, settings.heap_may_shrink, &mapped_};
    heapjudge_memlib_attach(&memlib);
  }

  Progress begin(const RunSettings& settings, Reply& reply) override {
    heap_.clear();
    reply = server_.begin({fill_byte_of(settings.fill), settings.refuse_from, settings.refuse_count});
    return {1, false};
  }

  Progress serve(std::span<const Command> commands, std::span<Reply> replies) override {
    ensure(commands.size() == replies.size(), "commands and replies differ in number");
    std::size_t served = 0;
    bool mapped_changed = false;
    for (; served < commands.size() && !mapped_changed; ++served) {
      replies[served] = server_.answer(commands[served]);
      mapped_changed = (replies[served].sbrk_events & kMappedChanged) != 0;
    }
    return {served, false};
  }

  std::size_t max_batch() const override { return kBatch; }
  std::span<std::byte> heap() override { return heap_.bytes(); }
  std::uint64_t heap_base() const override { return mapping_.address(); }
  std::uint64_t touched_bytes() override { return heap_.touched_bytes(); }
  std::vector<HeapRange> touched() override { return heap_.touched(); }
  std::span<const HeapRange> mapped() override { return {mapped_.ranges, mapped_.count}; }
  std::uint64_t bytes_outside_heap() override { return 0; }
  std::string isolation() const override { return "none"; }
  const Ending& end() override { return ending_; }

 private:
  SharedMemory heap_;
  FixedMapping mapping_;
  MappedTable mapped_;
  Library library_;
  RequestServer server_;
  Ending ending_;
};

}  // namespace

std::unique_ptr<Subject> load_locally(const LaunchSettings& settings) {
  return std::make_unique<LocalSubject>(settings);
}

}  // namespace heapjudge
