// The fast lane of the .rep reader.
//
// Theory of operation. std::from_chars reads one digit after the other, and the lengths of the numbers are as
// good as random, so a loop over it spends its time on mispredicted branches: without any check it is slower
// than this with all of them (tests/bench/parse_bench.cc has both). Here one line takes one look at 32 bytes:
//
//     a 1 2 3 4   5 1 2 \n ...        the bytes at p
//     1 1 0 0 0 0 1 0 0 0 1  ...      bit i of `other`: byte i is not a digit
//             end of the id ^       ^ end of the size: the next two set bits
//
// The digits between them are turned into numbers eight at a time. No branch depends on what a good line
// says: a request that is a free, or the length of a number, selects values and not paths. So the only
// chain from line to line is the position of the line feed.
#include "trace/plain_lines.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace heapjudge {

#if defined(__SSE2__)
namespace {

constexpr std::size_t kWindow = 32;  // bytes looked at from the start of a line
constexpr unsigned kIdAt = 2;        // the id starts here: one letter, one blank
constexpr unsigned kMostDigits = 8;
constexpr std::uint32_t kGuard = 1u << 31;

struct Rule {
  Op op = Op::kMalloc;
  std::uint8_t admitted = 0;  // bit s: a block in BlockState s may meet this request; 0: not a plain line
  BlockState after = BlockState::kDead;
};

constexpr std::uint8_t bit_of(BlockState state) {
  return static_cast<std::uint8_t>(1u << static_cast<unsigned>(state));
}

// By letter. Says the same as LiveBlocks, to which tests and the fuzzer hold it.
constexpr std::array<Rule, 256> kRules = [] {
  constexpr std::uint8_t kDead = bit_of(BlockState::kDead);
  constexpr std::uint8_t kLive = bit_of(BlockState::kLive);
  constexpr std::uint8_t kEither = bit_of(BlockState::kEither);
  std::array<Rule, 256> rules{};
  rules['a'] = {Op::kMalloc, kDead | kEither, BlockState::kLive};
  rules['f'] = {Op::kFree, kLive | kEither, BlockState::kDead};
  rules['r'] = {Op::kRealloc, kDead | kLive | kEither, BlockState::kLive};
  return rules;
}();

// Bit i is set when text[i] is not a digit, for 16 bytes.
inline std::uint32_t others_of_16(const char* text) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  // Moves '0'..'9' to the top of the signed range, 118..127, and everything else below it.
  const __m128i moved = _mm_add_epi8(bytes, _mm_set1_epi8(127 - '9'));
  const __m128i digits = _mm_cmpgt_epi8(moved, _mm_set1_epi8(117));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(digits)) ^ 0xffffu;
}

// The number in the first `length` (1 to 8) digits at `text`; 8 bytes are read. Any length is safe.
inline std::uint64_t number_at(const char* text, unsigned length) {
  std::uint64_t digits = 0;
  std::memcpy(&digits, text, sizeof digits);
  // The digits go to the high end, and zeros in front of them: then their number no longer matters.
  digits = (digits & 0x0f0f0f0f0f0f0f0f) << ((64 - 8 * length) & 63);
  digits = digits * 10 + (digits >> 8);  // pairs, in every second byte
  constexpr std::uint64_t kPairs = 0x000000ff000000ff;
  constexpr std::uint64_t kHighWeights = 100 + (std::uint64_t{1000000} << 32);
  constexpr std::uint64_t kLowWeights = 1 + (std::uint64_t{10000} << 32);
  return ((digits & kPairs) * kHighWeights + ((digits >> 16) & kPairs) * kLowWeights) >> 32;
}

}  // namespace

PlainLines read_plain_lines(std::string_view text, std::size_t block_count, std::span<Request> out,
                            LiveBlocks& live) {
  const std::span<BlockState> states = live.states();
  const std::size_t ids = std::min(block_count, states.size());
  const char* at = text.data();
  const char* const last_start = text.size() < kWindow ? at : at + (text.size() - kWindow) + 1;
  Request* to = out.data();
  Request* const to_end = to + out.size();
  while (at < last_start && to != to_end) {
    const Rule rule = kRules[static_cast<unsigned char>(at[0])];
    const bool is_free = rule.op == Op::kFree;
    // The guard bit ends the search in a window that holds digits only.
    const std::uint32_t ends = ((others_of_16(at) | others_of_16(at + 16) << 16) & ~3u) | kGuard;
    const auto id_end = static_cast<unsigned>(std::countr_zero(ends));
    const auto size_end = static_cast<unsigned>(std::countr_zero((ends & (ends - 1)) | kGuard));
    const unsigned end = is_free ? id_end : size_end;
    const unsigned id_length = id_end - kIdAt;
    const unsigned size_length = size_end - id_end - 1;
    // & and not &&: all of this is one branch. A length of 0 wraps around and is refused as well.
    const bool id_fits = id_length - 1 < kMostDigits;
    const bool size_fits = (at[id_end] == ' ') & (size_length - 1 < kMostDigits);
    if (!((at[1] == ' ') & (at[end] == '\n') & id_fits & (is_free | size_fits))) break;
    const std::uint64_t id = number_at(at + kIdAt, id_length);
    const std::uint64_t size = number_at(at + id_end + 1, size_length) & (std::uint64_t{is_free} - 1);
    if (id >= ids) break;
    const BlockState state = states[id];
    if ((rule.admitted & bit_of(state)) == 0) break;
    const bool either = rule.op == Op::kRealloc && size == 0;
    states[id] = either ? BlockState::kEither : rule.after;
    *to++ = Request{.size = size, .block = static_cast<BlockId>(id), .op = rule.op};
    at += end + 1;
  }
  return {.bytes = static_cast<std::size_t>(at - text.data()),
          .requests = static_cast<std::size_t>(to - out.data())};
}

#else

// The slow reader reads everything, only slower.
PlainLines read_plain_lines(std::string_view, std::size_t, std::span<Request>, LiveBlocks&) {
  return {};
}

#endif

}  // namespace heapjudge
