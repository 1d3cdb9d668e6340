// Decodes fuzz inputs to requests.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "check.h"
#include "fuzz/input.h"
#include "fuzz/live_choice.h"
#include "fuzz/repertoire.h"
#include "fuzz/size_source.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostRepeatedRecords = 64;
constexpr std::size_t kMostRepeats = 64;

constexpr std::uint64_t heap_limit_of(const InputHeader& header) {
  switch (header.scale) {
    case Scale::kUsual: return kHeapLimits[header.heap_limit];
    case Scale::kPages: return kPagesHeapBytes;
    case Scale::kChunks:
    case Scale::kCrowd: return kLargestHeapBytes;
  }
  return 0;
}

}  // namespace

// One input at a time. Ids are given out in order and never again.
class InputDecoder::Decoding {
 public:
  explicit Decoding(const DecodeBounds& bounds) : bounds_(bounds), requests_(kMostInputRequests) {
    ensure(bounds.heap_limit_bytes >= 1u << 20, "a heap too small to fuzz in");
  }

  const DecodedInput& decode(std::span<const std::uint8_t> bytes);

 private:
  bool full() const { return made_ == kMostInputRequests; }
  void start(std::span<const std::uint8_t> bytes);
  void emit(const Request& request);
  void refuse_on_time();

  void perform(const Record& record);
  void perform_on_block(Step step, const Record& record);
  void repeat(const Record& record, std::size_t at);
  void allocate(const Record& record, Op op);
  void allocate_cleared(const Record& record);
  void allocate_aligned(const Record& record);
  void resize(BlockId block, const Record& record);
  void resize_to_nothing(BlockId block);
  void free(BlockId block);
  void free_all(unsigned order);
  void free_listed();
  void free_every(unsigned operand);
  void init();

  SizeKind size_kind(const Record& record) const { return repertoire_.size_of(record); }
  std::uint32_t sane_size(const Record& record, BlockId block);

  DecodeBounds bounds_;
  DecodedInput decoded_;
  std::vector<Request> requests_;
  std::span<const std::uint8_t> records_;
  InputHeader header_;
  Repertoire repertoire_;
  SizeSource sizes_;
  LiveChoice live_;
  std::array<std::uint16_t, kMostInputIds> listed_;  // blocks about to be freed
  std::size_t listed_count_ = 0;
  std::size_t made_ = 0;
  std::size_t next_turn_ = SIZE_MAX;  // the request at which the header's refusal begins or ends
  std::uint64_t next_refusal_ = 0;
  BlockId next_id_ = 0;
};

void InputDecoder::Decoding::start(std::span<const std::uint8_t> bytes) {
  header_ = read_header(bytes);
  header_.tier = std::min(header_.tier, bounds_.highest_tier);
  const bool crowds = may_crowd(header_.scale) && bounds_.may_crowd;
  const std::uint64_t limit = std::min(heap_limit_of(header_), bounds_.heap_limit_bytes);
  const std::uint64_t payload = crowds ? limit / 4 * kCrowdedQuarters : limit / kPayloadPart;
  decoded_ = {.tier = header_.tier,
              .grain = header_.grain,
              .heap_limit_bytes = limit,
              .scale = header_.scale,
              .crowds = crowds};
  repertoire_ = repertoire_of(header_);
  sizes_.reset(header_, payload - kMostInputRequests * SizeSource::kAlwaysGranted, limit / 4);
  live_.clear();
  made_ = 0;
  next_id_ = 0;
  const bool refuses = header_.tier >= Tier::kP2 && header_.refusal != RefusalKind::kNever;
  next_turn_ = refuses ? header_.refuse_before : SIZE_MAX;
  next_refusal_ = header_.refusal == RefusalKind::kOne ? 1 : header_.refused_growths;
  records_ = bytes.size() < kInputHeaderBytes ? bytes.first(0) : bytes.subspan(kInputHeaderBytes);
}

const DecodedInput& InputDecoder::Decoding::decode(std::span<const std::uint8_t> bytes) {
  start(bytes);
  const std::size_t count = record_count(bytes.size());
  for (std::size_t i = 0; i < count && !full(); ++i) {
    const Record record = read_record(records_.subspan(i * kInputRecordBytes));
    if (i > 0 && repertoire_.step_of(record) == Step::kRepeat) {
      repeat(record, i);
    } else {
      perform(record);
    }
  }
  decoded_.requests = std::span(requests_).first(made_);
  decoded_.block_count = next_id_;
  return decoded_;
}

void InputDecoder::Decoding::emit(const Request& request) {
  if (made_ == next_turn_) [[unlikely]]
    refuse_on_time();
  if (full()) [[unlikely]]
    return;
  requests_[made_++] = request;
}

// A window ends after four times as many requests as growths it refuses: long before those are used up, or
// long after.
void InputDecoder::Decoding::refuse_on_time() {
  next_turn_ =
      header_.refusal == RefusalKind::kWindow && next_refusal_ > 0 ? made_ + 4 * next_refusal_ : SIZE_MAX;
  requests_[made_++] = {.size = std::exchange(next_refusal_, 0), .op = Op::kRefuse};
}

// Repeats do not repeat repeats, so that what an input makes stays within a few times its length.
void InputDecoder::Decoding::repeat(const Record& record, std::size_t at) {
  const std::size_t length = std::min<std::size_t>(1 + record.operand % kMostRepeatedRecords, at);
  const std::size_t times = 1 + record.index % kMostRepeats;
  for (std::size_t time = 0; time < times; ++time) {
    for (std::size_t i = at - length; i < at && !full(); ++i) {
      const Record again = read_record(records_.subspan(i * kInputRecordBytes));
      if (again.step != Step::kRepeat) perform(again);
    }
  }
}

void InputDecoder::Decoding::perform(const Record& record) {
  const Step step = repertoire_.step_of(record);
  switch (step) {
    case Step::kMalloc:
    case Step::kRepeat:
      return allocate(record, Op::kMalloc);
    case Step::kCalloc:
      return allocate_cleared(record);
    case Step::kAligned:
      return allocate_aligned(record);
    case Step::kReallocNull:
      return allocate(record, Op::kRealloc);
    case Step::kFree:
    case Step::kRealloc:
    case Step::kReallocZero:
      return perform_on_block(step, record);
    case Step::kFreeAll:
      return live_.blocks().count() == 0 ? allocate(record, Op::kMalloc) : free_all(record.operand);
    case Step::kFreeEvery:
      return live_.blocks().count() == 0 ? allocate(record, Op::kMalloc) : free_every(record.operand);
    case Step::kFreeNull:
      return emit({.op = Op::kFree});
    case Step::kInit:
      return init();
    case Step::kRefuse:
      return emit({.size = record.operand % 8u, .op = Op::kRefuse});
  }
}

void InputDecoder::Decoding::perform_on_block(Step step, const Record& record) {
  const BlockId block = live_.choose(record);
  if (block == kNoBlock) return allocate(record, Op::kMalloc);
  if (step == Step::kFree) return free(block);
  if (step == Step::kReallocZero) return resize_to_nothing(block);
  resize(block, record);
}

// `block` is the one to be resized, or none.
std::uint32_t InputDecoder::Decoding::sane_size(const Record& record, BlockId block) {
  const SizeKind kind = size_kind(record);
  SizeSurroundings around{.peak_payload = live_.peak_bytes()};
  if (kind == SizeKind::kLive || kind == SizeKind::kScaled) {
    if (block == kNoBlock) block = live_.choose(record);
    around.live_size = block == kNoBlock ? sizes_.favourite() : live_.blocks().size_of(block);
  }
  return sizes_.sane(record, kind, around);
}

void InputDecoder::Decoding::allocate(const Record& record, Op op) {
  const SizeKind kind = size_kind(record);
  if (kind == SizeKind::kExtreme) {
    return emit({.size = SizeSource::extreme(record), .block = next_id_++, .op = op});
  }
  const std::uint32_t size = kind == SizeKind::kZero ? 0 : sane_size(record, kNoBlock);
  emit({.size = size, .block = next_id_, .op = op});
  live_.add(next_id_++, size);
}

void InputDecoder::Decoding::allocate_cleared(const Record& record) {
  const SizeKind kind = size_kind(record);
  if (kind == SizeKind::kExtreme) {
    const CallocSize wanted = SizeSource::extreme_calloc(record);
    return emit({.size = wanted.size, .block = next_id_++, .op = Op::kCalloc, .count = wanted.count});
  }
  std::uint32_t count = 1 + record.index % 16u;
  std::uint32_t each = 0;
  if (kind == SizeKind::kZero) {
    each = record.operand % 64u;  // of which there are none; or some of 0 bytes
    (record.index % 2u == 0 ? count : each) = 0;
  } else {
    const std::uint32_t size = sane_size(record, kNoBlock);
    count = std::min(count, size);
    each = size / count;
  }
  emit({.size = each, .block = next_id_, .op = Op::kCalloc, .count = static_cast<std::uint16_t>(count)});
  live_.add(next_id_++, count * each);
}

void InputDecoder::Decoding::allocate_aligned(const Record& record) {
  const SizeKind kind = size_kind(record);
  const bool extreme = kind == SizeKind::kExtreme;
  const unsigned alignments = header_.scale == Scale::kUsual ? 11 : 15;  // up to two pages, or two chunks
  const auto log2 = static_cast<std::uint8_t>(3 + record.index % alignments);
  if (extreme) {
    // A huge size at a usual alignment, or a usual size at a huge alignment.
    const bool huge_size = record.operand % 2u == 0;
    const std::uint64_t size = huge_size ? SizeSource::extreme(record) : 1 + record.operand % 512u;
    const auto huge_log2 = static_cast<std::uint8_t>(40 + record.index % 24u);
    return emit({.size = size,
                 .block = next_id_++,
                 .op = Op::kAligned,
                 .alignment_log2 = huge_size ? log2 : huge_log2});
  }
  const std::uint64_t alignment = std::uint64_t{1} << log2;
  if (kind == SizeKind::kZero || alignment > sizes_.left()) return allocate(record, Op::kMalloc);
  sizes_.charge(alignment);
  const std::uint32_t size = sane_size(record, kNoBlock);
  emit({.size = size, .block = next_id_, .op = Op::kAligned, .alignment_log2 = log2});
  live_.add(next_id_++, size);
}

// A size that nobody can grant leaves the block as it is.
void InputDecoder::Decoding::resize(BlockId block, const Record& record) {
  const SizeKind kind = size_kind(record);
  if (kind == SizeKind::kZero) return resize_to_nothing(block);
  if (kind == SizeKind::kExtreme) {
    live_.touch(block);
    return emit({.size = SizeSource::extreme(record), .block = block, .op = Op::kRealloc});
  }
  const std::uint32_t size = sane_size(record, block);
  emit({.size = size, .block = block, .op = Op::kRealloc});
  live_.resize(block, size);
}

// Some allocators free the block then, some keep it; later records may still free or resize it.
void InputDecoder::Decoding::resize_to_nothing(BlockId block) {
  emit({.size = 0, .block = block, .op = Op::kRealloc});
  sizes_.note_freed(live_.blocks().size_of(block));
  live_.resize(block, 0);
}

void InputDecoder::Decoding::free(BlockId block) {
  emit({.block = block, .op = Op::kFree});
  sizes_.note_freed(live_.blocks().size_of(block));
  live_.remove(block);
}

void InputDecoder::Decoding::free_listed() {
  for (std::size_t i = 0; i < listed_count_ && !full(); ++i) free(listed_[i]);
}

// By age, by age from the newest, in the order of the table (which is by chance), or every other one first.
void InputDecoder::Decoding::free_all(unsigned order) {
  listed_count_ = 0;
  const bool by_chance = order % 4 == 2;
  BlockId block = order % 4 == 1 ? live_.blocks().newest() : live_.blocks().oldest();
  for (std::size_t i = 0; i < live_.blocks().count(); ++i) {
    listed_[listed_count_++] = static_cast<std::uint16_t>(by_chance ? live_.blocks().at(i) : block);
    block = order % 4 == 1 ? live_.blocks().before(block) : live_.blocks().after(block);
  }
  if (order % 4 == 3)
    std::stable_partition(listed_.begin(), listed_.begin() + listed_count_,
                          [](auto id) { return id % 2 == 0; });
  free_listed();
}

void InputDecoder::Decoding::free_every(unsigned operand) {
  listed_count_ = 0;
  const unsigned stride = 2 + operand % 7;
  unsigned turn = operand / 7 % stride;
  for (BlockId block = live_.blocks().oldest(); block != kNoBlock; block = live_.blocks().after(block)) {
    if (turn == 0) listed_[listed_count_++] = static_cast<std::uint16_t>(block);
    turn = turn == 0 ? stride - 1 : turn - 1;
  }
  free_listed();
}

void InputDecoder::Decoding::init() {
  emit({.op = Op::kInit});
  live_.clear();
  sizes_.grant_anew();
}

InputDecoder::InputDecoder(const DecodeBounds& bounds) : decoding_(std::make_unique<Decoding>(bounds)) {}
InputDecoder::~InputDecoder() = default;

const DecodedInput& InputDecoder::decode(std::span<const std::uint8_t> bytes) {
  return decoding_->decode(bytes);
}

Trace trace_of(const DecodedInput& input, std::string name) {
  return Trace(std::move(name), {}, input.block_count, {input.requests.begin(), input.requests.end()});
}

Trace decode_trace(std::span<const std::uint8_t> bytes, std::string name, const DecodeBounds& bounds) {
  return trace_of(InputDecoder(bounds).decode(bytes), std::move(name));
}

}  // namespace heapjudge
