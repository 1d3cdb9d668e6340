// The judge against a subject that answers anything at all: whatever comes over the wire, it forms a verdict.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "check.h"
#include "judge/examine.h"
#include "trace/generate.h"

namespace heapjudge {
namespace {

constexpr std::size_t kHeapBytes = 1 << 16;
constexpr std::uint64_t kHeapBase = 0x800000000;

// Bytes of the input, then zeros.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  template <typename Value>
  Value take() {
    Value value{};
    const std::size_t bytes = sizeof value < size_ ? sizeof value : size_;
    if (bytes > 0) std::memcpy(&value, data_, bytes);
    data_ += bytes;
    size_ -= bytes;
    return value;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

// Answers from the input: at times a plausible bump allocation, at times noise, and writes where it likes.
class Liar final : public Subject {
 public:
  explicit Liar(Input input) : input_(input), heap_(kHeapBytes) {}

  Progress begin(const RunSettings&, Reply& reply) override {
    end_ = 0;
    std::fill(heap_.begin(), heap_.end(), std::byte{0});
    reply = answer({});
    if (input_.take<std::uint8_t>() != 1) reply.offset = kInitOk;
    return {1, false};
  }

  Progress serve(std::span<const Command> commands, std::span<Reply> replies) override {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      replies[i] = answer(commands[i]);
      if (input_.take<std::uint8_t>() == 255) {
        ending_.kind = static_cast<EndingKind>(1 + input_.take<std::uint8_t>() % 5);
        return {i, true};
      }
      if ((replies[i].sbrk_events & kMappedChanged) != 0) return {i + 1, false};
    }
    return {commands.size(), false};
  }

  // Mostly what could be, and at times whatever comes.
  std::span<const HeapRange> mapped() override {
    const auto mood = input_.take<std::uint8_t>();
    if (mood > 200) ranges_.push_back(input_.take<HeapRange>());
    if (mood > 220) ranges_.clear();
    const std::uint64_t page = mood % 16u;
    if (mood < 40) ranges_.push_back({page * kMappedUnit, (mood / 16u) * kMappedUnit});
    if (mood < 20) std::ranges::sort(ranges_, {}, &HeapRange::offset);
    return ranges_;
  }

  std::size_t max_batch() const override { return 16; }
  std::span<std::byte> heap() override { return heap_; }
  std::uint64_t heap_base() const override { return kHeapBase; }
  std::uint64_t touched_bytes() override { return input_.take<std::uint16_t>(); }
  std::uint64_t bytes_outside_heap() override { return 0; }
  std::string isolation() const override { return "none"; }
  const Ending& end() override { return ending_; }

 private:
  Reply answer(const Command& command) {
    const auto mood = input_.take<std::uint8_t>();
    if (mood > 200) return input_.take<Reply>();
    if (mood > 190) heap_[input_.take<std::uint16_t>()] = std::byte{mood};
    Reply reply{0 - kHeapBase, end_, end_, mood & 7u, 1};
    if (mood > 150) return reply;
    const std::uint64_t room = kHeapBytes - end_;
    if (command.size > room || room - command.size < 16) return reply;
    reply.offset = mood > 140 ? input_.take<std::uint16_t>() : end_;
    end_ += (command.size + 15) / 16 * 16;
    reply.heap_bytes = reply.peak_bytes = end_;
    reply.sbrk_events = 0;
    if (mood > 20) fill(command, reply);
    return reply;
  }

  void fill(const Command& command, const Reply& reply) {
    if (command.verb == Verb::kCalloc || command.size <= command.kept) return;
    if (reply.offset > kHeapBytes || command.size > kHeapBytes - reply.offset) return;
    PayloadPattern(PointerWidth::k64)
        .fill(heap().subspan(reply.offset + command.kept, command.size - command.kept), command.stamp);
  }

  Input input_;
  std::vector<std::byte> heap_;
  std::vector<HeapRange> ranges_;
  Ending ending_;
  std::uint64_t end_ = 0;
};

}  // namespace
}  // namespace heapjudge

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heapjudge;
  Input input(data, size);
  const auto seed = input.take<std::uint16_t>();
  const std::size_t requests = 1 + input.take<std::uint8_t>() % 64;
  const TraceMix mixes[] = {kP0Mix, kP1Mix, kP2Mix, kP3Mix};
  const Trace trace = random_trace(seed, requests, mixes[input.take<std::uint8_t>() % 4]);
  ExamineSettings settings;
  settings.rules.heap_limit_bytes = kHeapBytes;
  const auto switches = input.take<std::uint8_t>();
  settings.refuse_growth = switches % 4 == 0;
  settings.rules.heap_may_shrink = (switches & 4) != 0;
  settings.rules.alignment = (switches & 8) != 0 ? 8 : 16;
  const Examination verdict = examine(trace, [&] { return std::make_unique<Liar>(input); }, settings);
  ensure(verdict.finding || verdict.profile, "an acquittal has no heap profile");
  if (!verdict.profile) return 0;
  const HeapProfile& profile = *verdict.profile;
  ensure(profile.utilization >= 0 && profile.utilization <= 1, "a utilization lies outside of 0..1");
  ensure(profile.internal_fraction >= 0 && profile.external_fraction >= 0, "a loss is negative");
  return 0;
}
