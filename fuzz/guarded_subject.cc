#include "fuzz/guarded_subject.h"

#include <dlfcn.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "check.h"
#include "fuzz/escape_ending.h"
#include "fuzz/guard/private_heap.h"
#include "student/server.h"

namespace heapjudge {
namespace {

constexpr std::size_t kBatch = 1024;
// Cleared beyond the heap's end, where libc may have written for the submission, unseen.
constexpr std::uint64_t kUnseenBytes = 4096;
constexpr std::uint64_t kUnwatchedBytes = std::uint64_t{64} << 10;  // where nothing is instrumented
// Looked at when the heap grows over them: the guard has seen nearly all stores there.
constexpr std::size_t kInspectedBytes = 256;
// What was used is cleared. What lies between may have been used unseen, by a copy of a struct that the compiler
// expands: gaps of so much are cleared then, too, and larger ones given back. As pages that are given back are soon wanted
// again, that is done only where such use has been found; it is looked for at first, and now and then.
constexpr std::uint64_t kClearedGap = std::uint64_t{32} << 10;
constexpr std::uint64_t kFirstCleanings = 32;
constexpr std::uint64_t kCleaningsPerLook = 64;

// What the heap has no room for takes no steps by its size: it can only be refused.
std::uint64_t steps_for(const Command& command, std::uint64_t heap_limit_bytes, std::uint64_t least) {
  const std::uint64_t count = std::max<std::uint64_t>(command.count, 1);
  const std::uint64_t bytes = command.size <= heap_limit_bytes / count ? command.size * count : 0;
  return least + *heapjudge_memlib_granted() + 4 * bytes;
}

// Between these calls the payload of the block is not anybody's.
std::uint64_t forget_consumed(const Command& command) {
  if (command.verb == Verb::kInit) heapjudge_guard_forget_all();
  const bool consumes = command.verb == Verb::kFree || command.verb == Verb::kRealloc;
  return consumes ? heapjudge_guard_forget(command.offset) : 0;
}

std::uint64_t payload_of(const Command& command) {
  return command.verb == Verb::kCalloc ? command.size * command.count : command.size;
}

void mark_created(const Command& command, const Reply& reply, std::uint64_t null_offset, std::uint64_t before) {
  switch (command.verb) {
    case Verb::kMalloc:
    case Verb::kCalloc:
    case Verb::kAligned:
      if (reply.offset != null_offset) heapjudge_guard_mark(reply.offset, payload_of(command), true);
      return;
    case Verb::kRealloc:
      if (reply.offset != null_offset) heapjudge_guard_mark(reply.offset, command.size, false);
      if (reply.offset == null_offset && command.size != 0) heapjudge_guard_mark(command.offset, before, false);
      return;
    case Verb::kFree:
    case Verb::kInit:
    case Verb::kRefuse:
    case Verb::kSkip:
    case Verb::kCheck: return;
  }
}

// Nothing in here owns anything: an escape leaves it without destructors.
struct Serving {
  RequestServer& server;
  std::span<const Command> commands;
  std::span<Reply> replies;
  std::uint64_t null_offset;
  std::uint64_t heap_limit_bytes;
  std::uint64_t least_steps;
  std::size_t served = 0;

  void run() {
    bool mapped_changed = false;
    while (served < commands.size() && !mapped_changed) {
      const Command& command = commands[served];
      const std::uint64_t before = forget_consumed(command);
      heapjudge_guard_allow_steps(steps_for(command, heap_limit_bytes, least_steps));
      const Reply& reply = replies[served] = server.answer(command);
      ++served;
      mark_created(command, reply, null_offset, before);
      mapped_changed = (reply.sbrk_events & kMappedChanged) != 0;
    }
  }
};

struct Beginning {
  RequestServer& server;
  const MemlibRun& run;
  Reply& reply;
};

}  // namespace

class GuardedSubject::Mapping {
 public:
  Mapping(std::uint64_t address, std::uint64_t bytes)
      : bytes_(bytes), data_(mmap(reinterpret_cast<void*>(static_cast<std::uintptr_t>(address)), bytes,
                                  PROT_READ | PROT_WRITE,
                                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (address != 0 ? MAP_FIXED_NOREPLACE : 0),
                                  -1, 0)) {
    if (data_ == MAP_FAILED) throw std::runtime_error(std::string("cannot map the heap: ") + std::strerror(errno));
    madvise(data_, bytes_, MADV_HUGEPAGE);  // touching page after page may take a quarter of a hunt's first second
  }
  ~Mapping() { munmap(data_, bytes_); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  std::byte* data() const { return static_cast<std::byte*>(data_); }

 private:
  std::uint64_t bytes_;
  void* data_;
};

struct GuardedSubject::Loaded {
  explicit Loaded(const GuardedSettings& settings)
      : library(dlopen(settings.library.c_str(), RTLD_NOW | RTLD_LOCAL)),
        entries(entries_of(library, settings)),
        server(entries, settings.heap_base, settings.pointer_width,
               coverage_where(heapjudge_guard_is_instrumented())) {}

  static EntryPoints entries_of(void* library, const GuardedSettings& settings) {
    if (library == nullptr) throw std::runtime_error(std::string("cannot load the submission: ") + dlerror());
    EntryPoints entries;
    const EntryNames names{settings.interface.prefix.c_str(), settings.interface.aligned_function.c_str(),
                           settings.interface.init_returns_bool};
    if (!find_entry_points(library, names, entries)) throw std::runtime_error("a required function is missing");
    return entries;
  }

  LibraryPlace place(const GuardedSettings& settings) const {
    return place_of_library(dlsym(library, (settings.interface.prefix + "malloc").c_str()));
  }

  void* library;  // never closed: its code may be on a stack that was left
  EntryPoints entries;
  RequestServer server;
};

GuardedSubject::GuardedSubject(const GuardedSettings& settings)
    : mapping_(std::make_unique<Mapping>(settings.heap_base, settings.heap_limit_bytes)),
      tags_(std::make_unique<Mapping>(0, settings.heap_limit_bytes / kGranuleBytes + kSpareTags)),
      loaded_(std::make_unique<Loaded>(settings)),
      offered_{.realloc = loaded_->entries.realloc != nullptr,
               .calloc = loaded_->entries.calloc != nullptr,
               .aligned = loaded_->entries.aligned != nullptr},
      used_(settings.heap_limit_bytes / kStretchBytes + 1),
      heap_limit_bytes_(settings.heap_limit_bytes),
      heap_may_shrink_(settings.heap_may_shrink) {
  const LibraryPlace place = loaded_->place(settings);
  EdgeCounters counters;
  heapjudge_guard_edge_counters(&counters);
  const std::span spared(reinterpret_cast<std::byte*>(counters.start),
                         static_cast<std::size_t>(counters.stop - counters.start));
  static_data_.emplace(place, spared, is_instrumented());
  limit_heap(settings.heap_limit_bytes);
  be_patient({});
  uses_unseen_ = !is_instrumented();
  heapjudge_guard_watch(&place);
  heapjudge_guard_install();
}

GuardedSubject::~GuardedSubject() {
  const MemlibSettings no_heap{};
  heapjudge_memlib_attach(&no_heap);
  const GuardSettings nothing{};
  heapjudge_guard_attach(&nothing);
}

void GuardedSubject::limit_heap(std::uint64_t bytes) {
  clean_up();
  heap_limit_bytes_ = bytes;
  const MemlibSettings memlib{mapping_->data(), bytes, heap_may_shrink_, &mapped_};
  heapjudge_memlib_attach(&memlib);
  const GuardSettings guard{mapping_->data(), bytes, reinterpret_cast<std::uint8_t*>(tags_->data()),
                            used_.data(), static_data_->dirty_pages()};
  heapjudge_guard_attach(&guard);
}

void GuardedSubject::clean_up() {
  heapjudge_guard_forget_all();
  for (const HeapRange& range : mapped()) madvise(mapping_->data() + range.offset, range.bytes, MADV_DONTNEED);
  clean_heap(*heapjudge_memlib_granted());
  heapjudge_memlib_empty_as_it_is();
  heapjudge_guard_empty_private_heap();
}

void GuardedSubject::clean_heap(std::uint64_t granted) {
  const std::uint64_t written = granted + (is_instrumented() ? kUnseenBytes : kUnwatchedBytes);
  const std::uint64_t end = std::min(written, heap_limit_bytes_);
  ++cleanings_;
  const bool looks = !uses_unseen_ && (cleanings_ <= kFirstCleanings || cleanings_ % kCleaningsPerLook == 0);
  if (is_filled_) note_all_used(end);
  for (std::uint64_t clean = 0; clean < end;) {
    const std::uint64_t used = next_used(clean, end);
    if (looks && used_unseen(clean, used)) uses_unseen_ = true;
    if (uses_unseen_) clear_gap(clean, used);
    if (used < end) clear_stretch(used, end);
    clean = used + kStretchBytes;
  }
  if (!uses_unseen_ && granted < end) clear(granted, end);
  // Beyond, only what is mapped is used, and what was about to be when the submission was left.
  const bool is_used_beyond = escape_ || !mapped().empty();
  std::fill_n(used_.begin(), is_used_beyond ? used_.size() : stretches_of(end), std::uint8_t{0});
}

void GuardedSubject::clear(std::uint64_t begin, std::uint64_t end) {
  std::memset(mapping_->data() + begin, 0, end - begin);
}

// Of pages that nobody has touched nothing need be looked at.
bool GuardedSubject::used_unseen(std::uint64_t begin, std::uint64_t end) const {
  std::vector<unsigned char> is_there((end - begin + kPageBytes - 1) / kPageBytes);
  const std::span<std::byte> gap(mapping_->data() + begin, end - begin);
  if (gap.empty() || mincore(gap.data(), gap.size(), is_there.data()) != 0) return false;
  for (std::uint64_t page = 0; page < is_there.size(); ++page) {
    if ((is_there[page] & 1) == 0) continue;
    const auto bytes = gap.subspan(page * kPageBytes).first(std::min(kPageBytes, gap.size() - page * kPageBytes));
    if (compare_with_zero(bytes, begin)) return true;
  }
  return false;
}

void GuardedSubject::clear_gap(std::uint64_t begin, std::uint64_t end) {
  if (end - begin <= kClearedGap) return clear(begin, end);
  madvise(mapping_->data() + begin, end - begin, MADV_DONTNEED);
}

// Lines that hold a sample may begin in the stretch before. What is mapped ends with a stretch.
void GuardedSubject::clear_stretch(std::uint64_t begin, std::uint64_t end) {
  const std::uint8_t used = used_[begin / kStretchBytes];
  if (used == kUsedForTags && !uses_unseen_) return;
  if (used == kUsedWholly || uses_unseen_) return clear(begin, std::min(begin + kStretchBytes, end));
  const std::uint64_t line = begin + (used - kUsedFromLine) * kSampledLineBytes;
  clear(line, std::min(line + 2 * kSampledLineBytes, stretches_of(heap_limit_bytes_) * kStretchBytes));
  clear(begin, begin + kSampledLineBytes);
}

void GuardedSubject::note_all_used(std::uint64_t bytes) {
  std::fill_n(used_.begin(), stretches_of(bytes), kUsedWholly);
}

// The first stretch in [begin, end) that was used; `end` when none was. `begin` is where one begins.
std::uint64_t GuardedSubject::next_used(std::uint64_t begin, std::uint64_t end) const {
  return std::min(first_set(used_.data(), begin / kStretchBytes, stretches_of(end)) * kStretchBytes, end);
}

Progress GuardedSubject::begin(const RunSettings& settings, Reply& reply) {
  clean_up();
  if (!keep_static_data_) static_data_->put_back();
  ending_.reset();
  escape_.reset();
  take_payload_reads();
  is_filled_ = settings.fill != HeapFill::kZero;
  MemlibRun run{fill_byte_of(settings.fill), settings.refuse_from, settings.refuse_count};
  if (is_instrumented()) run.inspected_bytes = kInspectedBytes;
  Beginning beginning{loaded_->server, run, reply};
  const auto body = [](void* argument) {
    const Beginning& what = *static_cast<Beginning*>(argument);
    heapjudge_guard_allow_steps(Patience{}.steps);
    what.reply = what.server.begin(what.run);
  };
  if (heapjudge_guard_run(body, &beginning, &way_out_)) return {1, false};
  escape_ = way_out_;
  return {0, true};
}

Progress GuardedSubject::serve(std::span<const Command> commands, std::span<Reply> replies) {
  ensure(commands.size() == replies.size(), "commands and replies differ in number");
  Serving serving{loaded_->server, commands, replies, null_offset(), heap_limit_bytes_, patience_.steps};
  const bool survived =
      heapjudge_guard_run([](void* argument) { static_cast<Serving*>(argument)->run(); }, &serving, &way_out_);
  requests_served_ += serving.served;
  if (!survived) escape_ = way_out_;
  return {serving.served, !survived};
}

PayloadReads GuardedSubject::take_payload_reads() {
  PayloadReads reads;
  heapjudge_guard_take_reads(&reads);
  return reads;
}

std::size_t GuardedSubject::max_batch() const { return kBatch; }
std::span<std::byte> GuardedSubject::heap() { return {mapping_->data(), heap_limit_bytes_}; }
std::uint64_t GuardedSubject::heap_base() const { return reinterpret_cast<std::uintptr_t>(mapping_->data()); }

std::uint64_t GuardedSubject::touched_bytes() {
  return std::min(*heapjudge_memlib_granted() + kUnwatchedBytes, heap_limit_bytes_);
}

// What the guard has let pass lies in the heap.
std::vector<HeapRange> GuardedSubject::touched() {
  if (is_instrumented()) return {};
  return {{0, touched_bytes()}};
}

const Ending& GuardedSubject::end() {
  if (!ending_) ending_ = escape_ ? ending_of(*escape_) : Ending{};
  return *ending_;
}

}  // namespace heapjudge
