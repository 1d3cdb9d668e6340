// Remarks on sound traces.
#include "trace/remarks.h"

#include <algorithm>
#include <optional>

#include "trace/analysis.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostNamed = 5;

std::string counted(std::uint64_t count, const char* one, const char* several) {
  return std::to_string(count) + " " + (count == 1 ? one : several);
}

class Remarker {
 public:
  Remarker(const Trace& trace, std::uint64_t limit) : trace_(trace), limit_(limit) {}

  std::vector<std::string> take() {
    if (trace_.requests().empty()) remarks_.emplace_back("the trace has no requests");
    if (trace_.header().weight == 0) remarks_.emplace_back("its weight is 0");
    about_ids();
    about_extensions();
    about_sizes();
    return std::move(remarks_);
  }

 private:
  static constexpr std::size_t kNever = 0;

  void about_ids() {
    std::vector<std::size_t> live_since(trace_.block_count(), kNever);  // line
    std::vector<bool> used(trace_.block_count(), false);
    for (std::size_t i = 0; i < trace_.requests().size(); ++i) {
      const Request& request = trace_.requests()[i];
      if (request.op == Op::kInit) std::ranges::fill(live_since, kNever);
      if (request.block == kNoBlock) continue;
      used[request.block] = true;
      if (request.op == Op::kFree || (request.op == Op::kRealloc && request.size == 0)) {
        live_since[request.block] = kNever;
      } else if (live_since[request.block] == kNever) {
        live_since[request.block] = trace_.line_of(i);
      }
    }
    about_never_freed(live_since);
    const auto unused = static_cast<std::uint64_t>(std::ranges::count(used, false));
    if (unused > 0)
      remarks_.push_back(counted(unused, "id of the header is", "ids of the header are") + " never used");
  }

  void about_never_freed(const std::vector<std::size_t>& live_since) {
    std::string named;
    std::uint64_t count = 0;
    for (std::size_t id = 0; id < live_since.size(); ++id) {
      if (live_since[id] == kNever) continue;
      if (++count > kMostNamed) continue;
      named +=
          (named.empty() ? "" : ", ") + std::to_string(id) + " of line " + std::to_string(live_since[id]);
    }
    if (count == 0) return;
    remarks_.push_back(counted(count, "block is", "blocks are") + " never freed: " + named +
                       (count > kMostNamed ? ", ..." : ""));
  }

  void about_extensions() {
    for (std::size_t i = 0; i < trace_.requests().size(); ++i) {
      const Op op = trace_.requests()[i].op;
      if (op == Op::kMalloc || op == Op::kFree || op == Op::kRealloc) continue;
      remarks_.push_back("line " + std::to_string(trace_.line_of(i)) +
                         ": from here on it uses our extension (c, m, i or s), which other drivers refuse");
      return;
    }
  }

  void about_sizes() {
    const TraceAnalysis analysis = analyse(trace_, limit_);
    if (analysis.beyond_limit > 0) {
      remarks_.push_back(counted(analysis.beyond_limit, "request is", "requests are") +
                         " for more than the heap limit");
    }
    if (analysis.peak.bytes > limit_) {
      remarks_.push_back("more than the heap limit is live after request " +
                         std::to_string(analysis.peak.request));
    }
    const TraceHeader& header = trace_.header();
    if (header.dialect == Dialect::kWeighted && header.heap_bytes > 1 &&
        header.heap_bytes != analysis.peak.bytes) {
      remarks_.push_back("its header says that at most " + std::to_string(header.heap_bytes) +
                         " bytes are live; it is " + std::to_string(analysis.peak.bytes));
    }
  }

  const Trace& trace_;
  std::uint64_t limit_;
  std::vector<std::string> remarks_;
};

}  // namespace

std::vector<std::string> remarks_on(const Trace& trace, std::uint64_t largest_grantable_bytes) {
  return Remarker(trace, largest_grantable_bytes).take();
}

}  // namespace heapjudge
