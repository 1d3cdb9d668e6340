// The recorder's pen.
#include "traces/record/log_writer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

extern char** environ;

namespace heapjudge {
namespace {

constexpr std::uint64_t kChunk = 1 << 15;  // records that are made room for at a time
constexpr std::size_t kPage = 4096;

enum class Mode : std::uint32_t {
  kUnopened,
  kOpening,
  kRecording,
  kSilent,  // for the rest of this process
};

// On a page that the kernel clears in a child, however it was forked: a process that finds 0 is a new one.
struct OwnPage {
  std::atomic<std::uint32_t> process = 0;
  std::atomic<std::uint64_t> room = 0;  // records that this process need not make room for
};

std::atomic<Mode> g_mode = Mode::kUnopened;
std::atomic<std::uint32_t> g_early = 0;
std::atomic<std::uint32_t> g_parent = 0;  // what a child finds when its own page is clear
LogHeader* g_header = nullptr;
LogRecord* g_records = nullptr;
OwnPage* g_own = nullptr;

class ErrnoKept {
 public:
  ~ErrnoKept() { errno = value_; }

 private:
  int value_ = errno;
};

void* map(std::size_t bytes, int flags, int fd, off_t offset) {
  void* const place = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, fd, offset);
  return place == MAP_FAILED ? nullptr : place;
}

// The program's name as the kernel knows it, without the folder.
void write_program_name(LogProcess& entry) {
  char path[1024];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  ssize_t first = length;
  while (first > 0 && path[first - 1] != '/') --first;
  std::size_t at = 0;
  while (first < length && at + 1 < entry.program.size()) entry.program[at++] = path[first++];
  entry.program[at] = 0;
}

// Takes a number for this process; false when there is none left.
bool join(std::uint32_t parent) {
  const std::uint32_t number = g_header->processes.fetch_add(1) + 1;
  if (number >= kMostProcesses) return false;
  LogProcess& entry = g_header->table[number];
  entry.parent = parent;
  write_program_name(entry);
  entry.pid = getpid();
  g_parent = number;
  g_own->process = number;
  return true;
}

bool is_wanted(LogHeader& header) {
  if (header.follows_children != 0) return true;
  const auto pid = static_cast<std::uint32_t>(getpid());
  std::uint32_t main = 0;
  return header.main_pid.compare_exchange_strong(main, pid) || main == pid;
}

bool map_log(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0 || static_cast<std::size_t>(status.st_size) < kLogHeaderBytes) return false;
  g_header = static_cast<LogHeader*>(map(kLogHeaderBytes, MAP_SHARED, fd, 0));
  if (g_header == nullptr || g_header->magic != kLogMagic || !is_wanted(*g_header)) return false;
  if (static_cast<std::size_t>(status.st_size) < log_bytes(g_header->capacity)) return false;
  g_records = static_cast<LogRecord*>(
      map(g_header->capacity * sizeof(LogRecord), MAP_SHARED | MAP_NORESERVE, fd, kLogHeaderBytes));
  g_own = static_cast<OwnPage*>(map(kPage, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  if (g_records == nullptr || g_own == nullptr) {
    g_header->obstacle = LogObstacle::kNoAddressSpace;
    return false;
  }
  if (madvise(g_own, kPage, MADV_WIPEONFORK) != 0) {
    g_header->obstacle = LogObstacle::kOldKernel;
    return false;
  }
  g_header->early += g_early.load();
  return join(0);
}

bool open_and_map(const char* path) {
  const int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return false;
  const bool mapped = map_log(fd);
  close(fd);  // a program may close every descriptor and use its number for another file
  return mapped;
}

// The first request of a child that was forked.
bool join_as_child() {
  const ErrnoKept kept;
  if (g_header->follows_children != 0 && join(g_parent)) return true;
  g_mode = Mode::kSilent;
  return false;
}

// True when this process may write now.
bool is_open() {
  if (g_mode == Mode::kUnopened) open_log();
  if (g_mode == Mode::kRecording) return true;
  if (g_mode != Mode::kSilent) count_early_request();
  return false;
}

// Takes the disk's space now, where a failure is an answer; a store that finds no space kills the program.
// Others may be behind by a chunk: theirs is taken too.
bool make_room(std::uint64_t number) {
  if (number >= g_header->capacity) return false;
  const ErrnoKept kept;
  const std::uint64_t chunk = number / kChunk;
  const auto first = reinterpret_cast<std::uintptr_t>(g_records + (chunk > 0 ? chunk - 1 : 0) * kChunk);
  const std::uint64_t end =
      (chunk + 1) * kChunk < g_header->capacity ? (chunk + 1) * kChunk : g_header->capacity;
  const std::uintptr_t begin = first & ~(kPage - 1);
  const std::size_t bytes = reinterpret_cast<std::uintptr_t>(g_records + end) - begin;
  if (madvise(reinterpret_cast<void*>(begin), bytes, MADV_POPULATE_WRITE) != 0 && errno == EFAULT) {
    g_header->stop = LogStop::kDiskIsFull;
    return false;
  }
  g_own->room = end;
  return true;
}

// The number of the next record, with room for it; kNoNumber when nothing is to be written.
constexpr std::uint64_t kNoNumber = UINT64_MAX;

inline std::uint64_t take_number() {
  if (g_mode.load(std::memory_order_relaxed) != Mode::kRecording && !is_open()) return kNoNumber;
  if (g_header->stop.load(std::memory_order_relaxed) != LogStop::kNone) return kNoNumber;
  if (g_own->process.load(std::memory_order_relaxed) == 0 && !join_as_child()) return kNoNumber;
  const std::uint64_t number = g_header->next.fetch_add(1, std::memory_order_relaxed);
  const bool has_room = number < g_own->room.load(std::memory_order_relaxed) || make_room(number);
  return has_room ? number : kNoNumber;
}

inline void fill(LogRecord& record, LogEvent event, const void* address, std::uint64_t rest) {
  const std::uint32_t process = g_own->process.load(std::memory_order_relaxed);
  record.rest.store(rest, std::memory_order_relaxed);
  record.what.store(pack_what(event, process, reinterpret_cast<std::uintptr_t>(address)),
                    std::memory_order_release);
}

}  // namespace

void count_early_request() {
  if (g_mode == Mode::kUnopened || g_mode == Mode::kOpening) ++g_early;
}

void open_log() {
  const ErrnoKept kept;
  if (environ == nullptr)
    return;  // libc itself has not started; it will have by the next request, or the one after
  Mode mode = Mode::kUnopened;
  if (!g_mode.compare_exchange_strong(mode, Mode::kOpening)) return;
  const char* const path = std::getenv(kLogVariable);
  g_mode = path != nullptr && open_and_map(path) ? Mode::kRecording : Mode::kSilent;
}

std::uint64_t write_record(LogEvent event, const void* address, std::uint64_t rest) {
  const std::uint64_t number = take_number();
  if (number == kNoNumber) return 0;
  fill(g_records[number], event, address, rest);
  return number + 1;
}

void write_resize_end(std::uint64_t begin, const void* address, std::uint64_t size) {
  const std::uint64_t number = take_number();
  if (number == kNoNumber) return;
  g_records[begin - 1].rest.store(number + 1, std::memory_order_relaxed);
  fill(g_records[number], LogEvent::kResizeEnds, address, pack_rest(size, 0));
}

}  // namespace heapjudge
