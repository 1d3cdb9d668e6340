// The door to libFuzzer, for the fuzzing process.
#include <malloc.h>
#include <sys/mman.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "fuzz/custom_mutator.h"
#include "fuzz/engine.h"
#include "fuzz/guard/guard.h"
#include "fuzz/input.h"

extern "C" int LLVMFuzzerRunDriver(int* argc, char*** argv, int (*callback)(const std::uint8_t* data, std::size_t size));
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);
extern "C" void __sanitizer_cov_8bit_counters_init(std::uint8_t* start, std::uint8_t* stop);

namespace heapjudge {
namespace {

// libFuzzer calls a function without an argument of ours.
const TryInput* input_taker = nullptr;

std::vector<std::string> words_for(const EngineSettings& settings) {
  const auto seed = static_cast<std::uint32_t>(settings.seed % 0xffffffff) + 1;  // 0 would be one by the clock
  return {"heapjudge_fuzz_host",
          "-seed=" + std::to_string(seed),
          "-runs=-1",
          "-max_len=" + std::to_string(kMostInputBytes),
          "-reload=" + std::string(settings.shares_corpus ? "1" : "0"),
          "-len_control=" + std::string(settings.kind == EngineKind::kDefaultChanges ? "100" : "0"),
          "-timeout=0",
          "-rss_limit_mb=0",
          "-malloc_limit_mb=0",
          "-detect_leaks=0",
          "-handle_segv=0",
          "-handle_bus=0",
          "-handle_abrt=0",
          "-handle_ill=0",
          "-handle_fpe=0",
          "-handle_int=0",
          "-handle_term=0",
          "-handle_xfsz=0",
          "-handle_usr1=0",
          "-handle_usr2=0",
          "-verbosity=0",
          "."};
}

int on_input(const std::uint8_t* data, std::size_t size) {
  (*input_taker)({data, size});
  return 0;
}

// libFuzzer has tables of 24 MiB, and writes to each of their pages before it begins. Where the first touch of a page takes
// long, as on some virtual machines, that is most of a tenth of a second: so they come to lie in large pages. The piece
// that is given back here is where malloc takes them from.
void make_room_for_tables() {
  constexpr std::size_t kTableBytes = std::size_t{30} << 20;
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most that it takes: else each of them is a mapping of its own
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  void* const room = std::malloc(kTableBytes);
  const std::uintptr_t first = (reinterpret_cast<std::uintptr_t>(room) + kPageBytes - 1) / kPageBytes * kPageBytes;
  if (room != nullptr) madvise(reinterpret_cast<void*>(first), kTableBytes - kPageBytes, MADV_HUGEPAGE);
  std::free(room);
}

}  // namespace

bool engine_is_guided() { return true; }

void run_guided(const EngineSettings& settings, const TryInput& try_input) {
  InputSource source(settings);
  input_taker = &try_input;
  settings.kind == EngineKind::kDefaultChanges ? leave_changes_to(LLVMFuzzerMutate) : take_inputs_from(source);
  EdgeCounters counters;
  heapjudge_guard_edge_counters(&counters);
  __sanitizer_cov_8bit_counters_init(reinterpret_cast<std::uint8_t*>(counters.start),
                                     reinterpret_cast<std::uint8_t*>(counters.stop));
  std::vector<std::string> words = words_for(settings);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int argc = static_cast<int>(words.size());
  char** argv = arguments.data();
  make_room_for_tables();
  LLVMFuzzerRunDriver(&argc, &argv, on_input);
}

}  // namespace heapjudge
