// Draws the extents of a few blocks to scale.
#include "reports/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostCells = 64;
constexpr std::size_t kFewestCells = 16;
constexpr std::uint64_t kCellUnit = 8;  // bytes of a cell are a multiple of it

// Heap bytes from..to.
struct Span {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::uint64_t length() const { return to - from; }
};

Span shared(const Span& a, const Span& b) {
  const std::uint64_t from = std::max(a.from, b.from);
  return {from, std::max(from, std::min(a.to, b.to))};
}

// The smallest one that holds both; one without a byte adds nothing.
Span around(const Span& a, const Span& b) {
  if (a.length() == 0) return b;
  if (b.length() == 0) return a;
  return {std::min(a.from, b.from), std::max(a.to, b.to)};
}

Span span_of(const BlockHistory& h) {
  return {h.offset, h.offset + h.size};
}

bool lives_after(const BlockHistory& h, std::size_t request) {
  return h.born <= request && (h.died == 0 || h.died > request);
}

// Extents are untrusted where the finding is that they lie outside.
bool can_be_drawn(const Finding& finding, const std::vector<BlockHistory>& histories) {
  const std::uint64_t most = 2 * violation_of(finding)->heap_bytes + 4096;
  return !histories.empty() && std::all_of(histories.begin(), histories.end(), [most](const BlockHistory& h) {
    return h.offset <= most && h.size <= most - h.offset;
  });
}

// Such a violation's extent is what the allocator returned.
bool is_about_a_reply(Fault fault) {
  return fault == Fault::kMisaligned || fault == Fault::kOutsideHeap || fault == Fault::kOverlap;
}

bool wants_picture(Fault fault) {
  return fault == Fault::kOverlap || fault == Fault::kOutsideHeap || fault == Fault::kPayloadChanged ||
         fault == Fault::kWroteOutsideHeap;
}

Span damage_of(const Finding& finding) {
  const auto bytes = bytes_of(*violation_of(finding));
  return bytes ? Span{bytes->offset, bytes->end()} : Span{};
}

class Drawing {
 public:
  Drawing(const Finding& finding, std::size_t columns)
      : finding_(finding), all_(histories_with_convicted(finding)), histories_(all_), marks_(marks_of(all_)) {
    leave_out_far_away();
    for (const BlockHistory& h : histories_) {
      requests_.insert(h.born);
      if (h.died != 0) requests_.insert(h.died);
    }
    requests_.insert(finding.request);
    requests_.erase(requests_.upper_bound(finding.request), requests_.end());
    for (const std::size_t request : requests_)
      label_width_ = std::max(label_width_, width_of(label(request)));
    scale(columns);
  }

  Picture picture(std::size_t most) const {
    std::vector<PictureRow> rows;
    for (const std::size_t request : requests_) {
      rows.push_back(
          {request, left_aligned(label(request), label_width_) + "  " + strip(request) + tail(request)});
    }
    if (rows.size() > most) rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(most));
    return {.rows = std::move(rows), .start = start_, .cell_bytes = cell_bytes_};
  }

 private:
  // Where a block was before, somewhere else, would only make the scale coarse.
  void leave_out_far_away() {
    Span scene = damage_of(finding_);
    for (const BlockHistory& h : histories_) {
      if (lives_after(h, finding_.request)) scene = around(scene, span_of(h));
    }
    if (scene.length() == 0) return;
    std::erase_if(histories_, [&](const BlockHistory& h) {
      return !lives_after(h, finding_.request) && shared(span_of(h), scene).length() == 0;
    });
  }

  void scale(std::size_t columns) {
    Span all = damage_of(finding_);
    for (const BlockHistory& h : histories_) all = around(all, span_of(h));
    const std::size_t beside = label_width_ + 2 + width_of(tail(finding_.request));
    const std::size_t cells =
        std::clamp(columns > beside ? columns - beside : 0, kFewestCells, kMostCells) - 2;
    const std::uint64_t unit = cells * kCellUnit;
    cell_bytes_ = std::max<std::uint64_t>(1, (all.length() + unit - 1) / unit) * kCellUnit;
    const std::uint64_t margin = cell_bytes_;  // one free cell on either side, where there is heap
    start_ = all.from > margin ? all.from - margin : 0;
    start_ -= start_ % kCellUnit;
    cells_ = static_cast<std::size_t>((all.to - start_ + cell_bytes_ - 1) / cell_bytes_) + 1;
  }

  std::string label(std::size_t request) const { return fmt::format("#{} {}", request, line_of(request)); }

  std::string line_of(std::size_t request) const {
    if (request == finding_.request) {
      return is_after_the_last(finding_) ? "end" : request == 0 ? "init" : trace_line_of(finding_.asked);
    }
    for (const BlockHistory& h : all_) {
      if (h.born == request) return trace_line_of(h.request);
    }
    for (const BlockHistory& h : all_) {
      if (h.died == request) return fmt::format("f {}", h.block);
    }
    return "";
  }

  std::string tail(std::size_t request) const {
    if (request != finding_.request) return "";
    if (const std::uint64_t bytes = shared_bytes(finding_))
      return fmt::format("  <- {} shared", bytes_text(bytes));
    const auto& damage = violation_of(finding_)->damage;
    if (const auto& breach = violation_of(finding_)->breach) {
      return breach->rule == LayoutRule::kFooterDiffers ? "  <- its footer" : "  <- its header";
    }
    const bool beyond = violation_of(finding_)->fault == Fault::kWroteOutsideHeap;
    return damage ? fmt::format("  <- {} {}", bytes_text(damage->bytes), beyond ? "written" : "changed") : "";
  }

  std::string strip(std::size_t request) const {
    std::string cells;
    for (std::size_t i = 0; i < cells_; ++i) {
      const std::uint64_t from = start_ + i * cell_bytes_;
      cells += cell({from, from + cell_bytes_}, request);
    }
    return cells;
  }

  char cell(const Span& here, std::size_t request) const {
    if (request == finding_.request && shared(here, damage_of(finding_)).length() > 0) return '!';
    const std::uint64_t end = violation_of(finding_)->heap_bytes;
    const bool ends_here = end >= here.from && end < here.to;
    if (ends_here && violation_of(finding_)->fault == Fault::kOutsideHeap) return '|';
    char mark = ends_here ? '|' : here.from > end ? ' ' : '.';
    std::uint64_t most = 0;
    for (const BlockHistory& h : histories_) {
      const std::uint64_t bytes = lives_after(h, request) ? shared(here, span_of(h)).length() : 0;
      if (bytes == 0) continue;
      if (shares_bytes(h, here, request)) return 'X';
      if (bytes > most) mark = mark_of(h.block);
      most = std::max(most, bytes);
    }
    return mark;
  }

  bool shares_bytes(const BlockHistory& one, const Span& here, std::size_t request) const {
    return std::any_of(histories_.begin(), histories_.end(), [&](const BlockHistory& other) {
      return other.block != one.block && lives_after(other, request) &&
             shared(shared(span_of(one), span_of(other)), here).length() > 0;
    });
  }

  char mark_of(BlockId block) const {
    const auto it =
        std::find_if(marks_.begin(), marks_.end(), [block](const Marked& m) { return m.block == block; });
    return it != marks_.end() ? it->mark : '?';
  }

  const Finding& finding_;
  std::vector<BlockHistory> all_;
  std::vector<BlockHistory> histories_;  // those to be seen
  std::vector<Marked> marks_;
  std::set<std::size_t> requests_;
  std::size_t label_width_ = 0;
  std::uint64_t start_ = 0;
  std::uint64_t cell_bytes_ = kCellUnit;
  std::size_t cells_ = 0;
};

}  // namespace

std::vector<Marked> marks_of(const std::vector<BlockHistory>& histories) {
  std::vector<Marked> marks;
  for (const BlockHistory& h : histories) {
    const auto same = [&h](const Marked& m) { return m.block == h.block; };
    if (std::none_of(marks.begin(), marks.end(), same)) marks.push_back({h.block, '?'});
  }
  const bool digits = std::all_of(marks.begin(), marks.end(), [](const Marked& m) { return m.block < 10; });
  for (std::size_t i = 0; i < marks.size(); ++i) {
    marks[i].mark = static_cast<char>(digits ? '0' + marks[i].block : 'a' + i % 26);
  }
  return marks;
}

std::vector<BlockHistory> histories_with_convicted(const Finding& finding) {
  std::vector<BlockHistory> histories = finding.histories;
  const Violation* violation = violation_of(finding);
  if (violation == nullptr || !is_about_a_reply(violation->fault) || violation->size == 0) return histories;
  const auto is_it = [violation](const BlockHistory& h) {
    return h.block == violation->block && h.offset == violation->offset;
  };
  if (std::any_of(histories.begin(), histories.end(), is_it) || !asks_for_block(finding.asked.op))
    return histories;
  if (finding.asked.block != violation->block) return histories;
  histories.push_back({.block = violation->block,
                       .born = finding.request,
                       .died = 0,
                       .request = finding.asked,
                       .offset = violation->offset,
                       .size = violation->size});
  return histories;
}

std::uint64_t shared_bytes(const Finding& finding) {
  std::uint64_t most = 0;
  const auto histories = histories_with_convicted(finding);
  for (const BlockHistory& a : histories) {
    for (const BlockHistory& b : histories) {
      const bool both_live = lives_after(a, finding.request) && lives_after(b, finding.request);
      if (a.block < b.block && both_live) most = std::max(most, shared(span_of(a), span_of(b)).length());
    }
  }
  return most;
}

Picture picture_of(const Finding& finding, std::size_t columns, std::size_t most_rows) {
  const Violation* violation = violation_of(finding);
  if (violation == nullptr || !wants_picture(violation->fault)) return {};
  if (!can_be_drawn(finding, histories_with_convicted(finding))) return {};
  return Drawing(finding, columns).picture(most_rows);
}

}  // namespace heapjudge
