// The .rep reader: one pass, strict, with the place of each fault. traces/README.md describes the format.
//
// Theory of operation. Plain lines are taken in runs by the fast lane (plain_lines.h); whatever stops it,
// good or bad, is read here word by word, and that is where every error text comes from. Liveness is checked
// as the requests are read, so that a Trace comes out without a second pass. Memory follows the bytes that
// are there, never the header's word for it.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "trace/input_error.h"
#include "trace/live_blocks.h"
#include "trace/plain_lines.h"
#include "trace/rep_format.h"
#include "trace/rep_scanner.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kAnySize = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t kShortestLine = 2;  // "i" and its line feed
constexpr std::size_t kFirstRun = 16;  // lines offered to the fast lane; twice as many when it took them all
constexpr std::size_t kLongestRun = 1024;

std::string file_name_of(std::string_view name) {
  const std::size_t slash = name.find_last_of('/');
  return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

}  // namespace

class TraceReader {
 public:
  TraceReader(std::string_view name, std::string_view bytes) : scan_(name, bytes), live_(0) {
    trace_.name_ = file_name_of(name);
  }

  Trace read() {
    read_header();
    while (true) {
      read_run();
      if (!scan_.next_line()) break;
      if (requests().size() == promised_) {
        scan_.fail_here("a request too many: the header says " + std::to_string(promised_));
      }
      append(read_request());
    }
    if (requests().size() < promised_) throw InputError(too_few(requests().size(), promised_));
    return std::move(trace_);
  }

  // As read(), but goes on behind a fault with the next line.
  std::vector<std::string> find_faults(std::size_t most) {
    std::vector<std::string> faults;
    try {
      read_header();
    } catch (const InputError& fault) {
      return {fault.what()};
    }
    std::size_t lines = 0;  // that were meant as requests
    const std::size_t all = promised_;
    promised_ = std::numeric_limits<std::size_t>::max();
    while (faults.size() < most && scan_.next_line()) {
      try {
        if (lines++ == all) scan_.fail_here("a request too many: the header says " + std::to_string(all));
        append(read_request());
      } catch (const InputError& fault) {
        faults.emplace_back(fault.what());
      }
    }
    if (faults.size() < most && lines < all) faults.push_back(too_few(lines, all));
    return faults;
  }

 private:
  std::string too_few(std::size_t lines, std::size_t all) const {
    try {
      scan_.fail_at_end_of_file("the file ends after " + std::to_string(lines) + " of the " +
                                std::to_string(all) + " requests that the header says");
    } catch (const InputError& fault) {
      return fault.what();
    }
  }

  std::vector<Request>& requests() { return trace_.requests_; }

  std::uint64_t header_number(const char* what, std::uint64_t limit) {
    if (!scan_.next_line()) {
      scan_.fail_at_end_of_file(std::string("the file ends within the header: expected ") + what);
    }
    const std::uint64_t number = scan_.take_number(what, limit);
    scan_.expect_end_of_line();
    return number;
  }

  void read_header() {
    TraceHeader& header = trace_.header_;
    const std::uint64_t first = header_number("the suggested heap size or the weight", kAnySize);
    const std::uint64_t ids = header_number("the number of ids", kMostRequests + kMostSpareIds);
    trace_.block_count_ = static_cast<std::uint32_t>(ids);
    promised_ = header_number("the number of requests", kMostRequests);
    if (ids > promised_ + kMostSpareIds) {
      scan_.fail_at_last(std::to_string(ids) + " ids are too many for " + std::to_string(promised_) +
                         " requests");
    }
    header.dialect = first < kLeastSuggestedHeap ? Dialect::kWeighted : Dialect::kClassic;
    if (header.dialect == Dialect::kClassic) {
      header.heap_bytes = first;
      header.weight =
          static_cast<std::uint32_t>(header_number("the weight", std::numeric_limits<std::uint32_t>::max()));
    } else {
      header.weight = static_cast<std::uint32_t>(first);
      header.heap_bytes = header_number("the maximum bytes or a flag", kAnySize);
    }
    const std::size_t at_most = scan_.rest().size() / kShortestLine + 1;
    requests().reserve(std::min(promised_, at_most));
    live_ = LiveBlocks(std::min<std::size_t>(ids, at_most));
  }

  // Takes as many plain lines as follow one another.
  void read_run() {
    for (std::size_t lines = kFirstRun;; lines = std::min(2 * lines, kLongestRun)) {
      const std::size_t before = requests().size();
      requests().resize(std::min(before + lines, promised_));
      const PlainLines run =
          read_plain_lines(scan_.rest(), trace_.block_count_, std::span(requests()).subspan(before), live_);
      requests().resize(before + run.requests);
      note_lines(before, run.requests);
      scan_.skip(run.bytes, run.requests);
      if (run.requests < lines) return;
    }
  }

  void append(const Request& request) {
    live_.apply(request, requests());
    requests().push_back(request);
    if (trace_.lines_.empty() && scan_.line() == trace_.line_of(requests().size() - 1)) return;
    note_own_lines_before(requests().size() - 1);
    trace_.lines_.push_back(static_cast<std::uint32_t>(scan_.line()));
  }

  // A run of `count` requests follows the current line, one on each line.
  void note_lines(std::size_t before, std::size_t count) {
    if (count == 0 || (trace_.lines_.empty() && scan_.line() + 1 == trace_.line_of(before))) return;
    note_own_lines_before(before);
    trace_.lines_.resize(before + count);
    std::iota(trace_.lines_.begin() + static_cast<std::ptrdiff_t>(before), trace_.lines_.end(),
              static_cast<std::uint32_t>(scan_.line() + 1));
  }

  // Most files have request i on line i + 5 and need no list; it begins where that ends.
  void note_own_lines_before(std::size_t count) {
    if (!trace_.lines_.empty()) return;
    trace_.lines_.resize(count);
    std::iota(trace_.lines_.begin(), trace_.lines_.end(), std::uint32_t{5});
  }

  Request read_request() {
    const std::string_view letter = scan_.take_word();
    Request request;
    switch (letter.size() == 1 ? letter.front() : '?') {
      case 'a':
        request.block = take_new_block();
        request.size = take_size();
        break;
      case 'f':
        request.op = Op::kFree;
        request.block = take_block_to_free();
        break;
      case 'r':
        request.op = Op::kRealloc;
        request.block = take_block();
        request.size = take_size();
        break;
      case 'c':
        request.op = Op::kCalloc;
        request.block = take_new_block();
        request.count = static_cast<std::uint16_t>(scan_.take_number("the count", UINT16_MAX));
        request.size = take_size();
        break;
      case 'm':
        request.op = Op::kAligned;
        request.block = take_new_block();
        request.alignment_log2 = take_alignment_log2();
        request.size = take_size();
        break;
      case 'i':
        request.op = Op::kInit;
        break;
      case 's':
        request.op = Op::kRefuse;
        request.size = scan_.take_number("the number of refusals", kAnySize);
        break;
      default:
        scan_.fail_at_last("expected a request (a, f, r, c, m, i or s), found " + RepScanner::shown(letter));
    }
    scan_.expect_end_of_line();
    return request;
  }

  BlockId take_block() {
    const std::uint64_t id = scan_.take_number("an id", kAnySize);
    if (id >= trace_.block_count_) {
      scan_.fail_at_last("id " + std::to_string(id) + " is too large: the header says " +
                         std::to_string(trace_.block_count_) + " ids");
    }
    return static_cast<BlockId>(id);
  }

  BlockId take_new_block() {
    const BlockId block = take_block();
    if (live_.state_of(block) == BlockState::kLive) {
      scan_.fail_at_last("block " + std::to_string(block) + " is live already, since line " +
                         std::to_string(line_of_last(block)));
    }
    return block;
  }

  BlockId take_block_to_free() {
    if (scan_.word() == "-1") {
      scan_.take_word();
      return kNoBlock;
    }
    const BlockId block = take_block();
    if (live_.state_of(block) != BlockState::kDead) return block;
    const std::size_t line = line_of_last(block);
    scan_.fail_at_last("block " + std::to_string(block) + " is not live: " +
                       (line == 0 ? "it was never allocated" : "it went on line " + std::to_string(line)));
  }

  // The line that made the block live or dead: the last to name it, or the `i` that took it; 0 when there is
  // none.
  std::size_t line_of_last(BlockId block) {
    std::size_t line = 0;
    bool there = false;
    for (std::size_t i = 0; i < requests().size(); ++i) {
      const Request& request = requests()[i];
      if (request.block != block && !(there && request.op == Op::kInit)) continue;
      line = trace_.line_of(i);
      there = request.op != Op::kFree && request.op != Op::kInit;
    }
    return line;
  }

  std::uint64_t take_size() { return scan_.take_number("a size", kAnySize); }

  std::uint8_t take_alignment_log2() {
    const std::uint64_t alignment = scan_.take_number("the alignment", kAnySize);
    if (!std::has_single_bit(alignment)) {
      scan_.fail_at_last("the alignment " + std::to_string(alignment) + " is not a power of two");
    }
    return static_cast<std::uint8_t>(std::countr_zero(alignment));
  }

  RepScanner scan_;
  LiveBlocks live_;
  Trace trace_;
  std::size_t promised_ = 0;
};

Trace parse_trace(std::string_view name, std::string_view bytes) {
  if (bytes.empty()) throw InputError(std::string(name) + ": the file is empty");
  return TraceReader(name, bytes).read();
}

std::vector<std::string> faults_of_trace(std::string_view name, std::string_view bytes, std::size_t most) {
  if (bytes.empty()) return {std::string(name) + ": the file is empty"};
  return TraceReader(name, bytes).find_faults(most);
}

}  // namespace heapjudge
