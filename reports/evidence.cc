// Words for violations, endings and block histories.
#include "reports/evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/decode.h"
#include "reports/numbers.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostOutput = 200;  // bytes of a line
constexpr std::size_t kMostOutputLines = 3;
constexpr std::uint64_t kFirstAbsurd = std::uint64_t{1} << 48;

// A size beyond all heaps would wrap around.
std::string extent_text(std::uint64_t offset, std::uint64_t size) {
  if (size >= kFirstAbsurd) return fmt::format("{}, asked for {} bytes", heap_offset(offset), size);
  return size == 0 ? heap_offset(offset) : heap_offset(offset) + ".." + heap_offset(offset + size);
}

bool was_there_before(Fault fault) {
  return fault == Fault::kPayloadChanged || fault == Fault::kWroteOutsideHeap;
}

void add_damage(const Violation& violation, const Finding& finding, std::vector<Evidence>& lines) {
  if (!violation.damage) {
    if (violation.fault == Fault::kWroteOutsideHeap) {
      lines.push_back({"seen", "memory was granted now that had been written to before"});
    }
    return;
  }
  const Damage& damage = *violation.damage;
  std::string where = fmt::format("{} at {}", bytes_text(damage.bytes), heap_offset(damage.first_offset));
  if (violation.fault == Fault::kWroteOutsideHeap) {
    where += ", the heap ends at " + heap_offset(violation.heap_bytes);
  } else {
    where += fmt::format(" (byte {} of the {} bytes of block {})", damage.first_offset - violation.offset,
                         violation.size, violation.block);
  }
  if (damage.bytes > 1 && damage.last_offset - damage.first_offset >= damage.bytes) {
    where += ", the last at " + heap_offset(damage.last_offset);
  }
  lines.push_back({violation.fault == Fault::kWroteOutsideHeap ? "written" : "wrong", where});
  const std::size_t shown = std::min<std::size_t>(damage.shown, damage.found.size());
  const std::string meaning = meaning_of_damage(damage, finding);
  lines.push_back(
      {"now", hex_bytes({damage.found.data(), shown}) + (meaning.empty() ? "" : " = " + meaning)});
  lines.push_back({was_there_before(violation.fault) ? "before" : "expected",
                   hex_bytes({damage.expected.data(), shown}), true});
}

// The last one first.
std::vector<std::string_view> last_lines_of(std::string_view output) {
  std::vector<std::string_view> lines;
  while (!output.empty() && lines.size() < kMostOutputLines) {
    const std::size_t start = output.rfind('\n') + 1;
    const std::string_view line = output.substr(start);
    if (line.find_first_not_of(" \r\t") != line.npos) lines.push_back(line);
    output = output.substr(0, start == 0 ? 0 : start - 1);
  }
  return lines;
}

void add_output(std::string_view output, std::vector<Evidence>& lines) {
  std::vector<std::string_view> printed = last_lines_of(output);
  while (!printed.empty()) {
    const bool is_last = printed.size() == 1;
    std::string_view line = printed.back().substr(0, kMostOutput);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back({"printed", "\"" + std::string(line) + "\"", !is_last});
    printed.pop_back();
  }
}

void add_checker(const Finding& finding, const Violation& violation, std::vector<Evidence>& lines) {
  if (violation.checker) {
    lines.push_back({"expected", fmt::format("{}, which it returned for the empty heap, right after mm_init",
                                             violation.checker->after_init)});
    lines.push_back({"got", fmt::format("{}; payloads and replies are sound at this moment", violation.checker->now)});
  }
  add_output(finding.printed, lines);
}

std::string tag_text(const LayoutBreach& breach) {
  return fmt::format("{:#x}: size {}, {}", breach.word, breach.size, breach.allocated ? "allocated" : "free");
}

std::string expected_by(const LayoutBreach& breach, const Violation& violation) {
  const std::string own_end = heap_offset(breach.at + breach.block_bytes);
  switch (breach.rule) {
    case LayoutRule::kNoHeader:
      return "a header in the heap, before the payload";
    case LayoutRule::kMarkedFree:
      return fmt::format("bit {} set, because block {} is live", breach.expected, violation.block);
    case LayoutRule::kTooSmall:
      return fmt::format("at least {} in the whole block, and the size makes that {}", bytes_text(breach.expected),
                         breach.block_bytes);
    case LayoutRule::kPastTheEnd:
      return fmt::format("a block that ends at {} at the latest, where the heap ends; by its size it ends at {}",
                         heap_offset(breach.expected), own_end);
    case LayoutRule::kIntoTheNext:
      return fmt::format("a block that ends at {} at the latest, where the next live one begins; by its size it ends at {}",
                         heap_offset(breach.expected), own_end);
    case LayoutRule::kFooterDiffers:
      return fmt::format("size and allocated bit as in the block's header, which is {:#x}", breach.expected);
    case LayoutRule::kMarkedAllocated:
      return fmt::format("bit {} clear, because no block is live there", breach.expected);
    case LayoutRule::kLost:
      return "a size that leads on to the next block";
  }
  return "";
}

void add_breach(const Violation& violation, std::vector<Evidence>& lines) {
  if (!violation.breach) return;
  const LayoutBreach& breach = *violation.breach;
  if (breach.between_live) {
    lines.push_back({"where", fmt::format("in what follows block {}, by the sizes in the headers", violation.block)});
  }
  lines.push_back({"expected", expected_by(breach, violation)});
  if (breach.rule == LayoutRule::kNoHeader) return;
  const bool footer = breach.rule == LayoutRule::kFooterDiffers;
  lines.push_back({footer ? "footer" : "header", fmt::format("at {} is {}", heap_offset(breach.at), tag_text(breach))});
}

void add_intact(const Finding& finding, std::vector<Evidence>& lines) {
  if (!finding.intact_after) return;
  const std::string after =
      *finding.intact_after == 0 ? "mm_init" : fmt::format("#{}", *finding.intact_after);
  const std::string seen =
      is_after_the_last(finding) ? "at the end" : fmt::format("after #{}", finding.request);
  lines.push_back({"checked", fmt::format("intact after {}, damaged {}", after, seen), true});
}

// Addresses that are not near the heap are told as they are.
std::optional<std::string> stray_address(const Violation& violation, const Finding& finding) {
  const std::uint64_t address = finding.heap_base + violation.offset;
  if (address >= finding.heap_base && violation.offset <= finding.heap_limit_bytes) return std::nullopt;
  const std::string text = fmt::format("the address {:#x}", address);
  switch (kind_of_reply(violation, finding)) {
    case AddressKind::kTruncated:
      return text + fmt::format(": {} of the heap with its upper 4 bytes lost",
                                heap_offset((address - finding.heap_base) & 0xffffffff));
    case AddressKind::kNearMinusOne:
      return text + ", next to (void *)-1, which a refused mem_sbrk returns";
    case AddressKind::kNearNull:
      return text + ", next to NULL";
    case AddressKind::kPattern:
      return text + ", which is what a client wrote into a block";
    case AddressKind::kBelowHeap:
    case AddressKind::kInHeap:
    case AddressKind::kAboveHeap:
    case AddressKind::kUnknown:
      return text + fmt::format("; the heap starts at {:#x}", finding.heap_base);
  }
  return text;
}

std::string outside_text(const Violation& violation, const Finding& finding) {
  if (auto text = stray_address(violation, finding)) return *text;
  std::string heap = violation.heap_bytes == 0 ? "" : extent_text(0, violation.heap_bytes);
  if (violation.mapped_bytes != 0) heap += std::string(heap.empty() ? "" : ", and ") + "what mem_map has handed out";
  return fmt::format("{}; the heap is {}", extent_text(violation.offset, violation.size),
                     heap.empty() ? "empty" : heap);
}

std::uint64_t whole_heap(const Violation& violation) { return violation.heap_bytes + violation.mapped_bytes; }

void add_full_heap(const Finding& finding, const Violation& violation, std::vector<Evidence>& lines) {
  lines.push_back({"expected", fmt::format("a block: the live payload, {}, and {} more fit in {}",
                                           size_text(violation.live_bytes),
                                           bytes_text(payload_bytes(finding.asked)),
                                           size_text(finding.heap_limit_bytes))});
  lines.push_back({"got", fmt::format("NULL; the heap has grown to {}", size_text(whole_heap(violation)))});
}

void add_placement(const Finding& finding, std::uint32_t alignment, std::vector<Evidence>& lines) {
  const Violation& violation = *violation_of(finding);
  if (violation.fault == Fault::kMisaligned) {
    const std::uint64_t wanted =
        finding.asked.op == Op::kAligned ? std::uint64_t{1} << finding.asked.alignment_log2
                                         : std::max<std::uint32_t>(alignment, 1);
    lines.push_back({"expected", fmt::format("a multiple of {}", wanted)});
    lines.push_back({"got", stray_address(violation, finding)
                                .value_or(fmt::format("{}, {} past one", heap_offset(violation.offset),
                                                      bytes_text(violation.offset % wanted)))});
  }
  if (violation.fault == Fault::kOutsideHeap) lines.push_back({"got", outside_text(violation, finding)});
  if (violation.fault == Fault::kNullReturned) {
    lines.push_back({"heap", fmt::format("has grown to {} of {}", size_text(whole_heap(violation)),
                                         size_text(finding.heap_limit_bytes))});
  }
  if (violation.fault == Fault::kResourceLimit) add_full_heap(finding, violation, lines);
}

std::vector<Evidence> evidence_of(const Ending& ending, const Finding& finding, const Identity& identity) {
  std::vector<Evidence> lines;
  const bool crashed = ending.kind == EndingKind::kCrashed && !ending.stack_overflow;
  if (crashed && ending.address) {
    const std::string meaning = meaning_of_address(*ending.address, finding, identity);
    if (!meaning.empty()) lines.push_back({"address", meaning});
  }
  add_output(ending.output, lines);
  return lines;
}

std::string run_text(const Finding& finding) {
  switch (finding.run) {
    case Run::kFirst:
      return "";
    case Run::kSecond:
      return "the second in the same process, after mm_init; the first run was sound";
    case Run::kOtherFill:
      return "with other bytes in new heap memory; with zeros the run was sound";
    case Run::kRefused:
      return finding.refused_growth == 0
                 ? "with a refused mem_sbrk"
                 : fmt::format("with growth {} of the heap refused", finding.refused_growth);
    case Run::kOwnChecked:
      return "with the submission's own heap checker called in between; without it all runs were sound";
    case Run::kTimed:
      return "many times over in one process, without a look at the payloads; the checked runs were sound";
  }
  return "";
}

// The dead block of another id whose place this one has taken.
const BlockHistory* earlier_tenant(const BlockHistory& history, const std::vector<BlockHistory>& all) {
  const auto is_it = [&history](const BlockHistory& other) {
    return other.block != history.block && other.died != 0 && other.died <= history.born && other.size > 0 &&
           other.offset <= history.offset && history.offset - other.offset < other.size;
  };
  const auto it = std::find_if(all.rbegin(), all.rend(), is_it);
  return it != all.rend() ? &*it : nullptr;
}

std::string fate_of(const BlockHistory& history, const std::vector<BlockHistory>& all,
                    const Finding& finding) {
  if (history.died == 0 || history.died > finding.request) return ", live";
  const bool resized = std::any_of(all.begin(), all.end(), [&history](const BlockHistory& other) {
    return other.block == history.block && other.born == history.died;
  });
  return fmt::format(", {} by #{}", resized ? "resized" : "freed", history.died);
}

}  // namespace

std::vector<Evidence> evidence_of(const Finding& finding, const Identity& identity) {
  std::vector<Evidence> lines;
  if (const std::string run = run_text(finding); !run.empty()) lines.push_back({"run", run, true});
  if (const Ending* ending = ending_of(finding)) {
    const auto more = evidence_of(*ending, finding, identity);
    lines.insert(lines.end(), more.begin(), more.end());
    return lines;
  }
  const Violation& violation = *violation_of(finding);
  if (finding.only_differs) return lines;  // the sentence has both addresses
  add_checker(finding, violation, lines);
  add_breach(violation, lines);
  add_placement(finding, identity.alignment_bytes, lines);
  add_damage(violation, finding, lines);
  add_intact(finding, lines);
  return lines;
}

std::string life_of(const BlockHistory& history, const std::vector<BlockHistory>& all,
                    const Finding& finding) {
  const bool stray = history.offset > finding.heap_limit_bytes;
  const std::string where = stray ? fmt::format("{:#x}", finding.heap_base + history.offset)
                                  : extent_text(history.offset, history.size);
  std::string text = fmt::format("#{} {} -> {}", history.born, call_of(history.request, false), where);
  if (history.born == finding.request) {
    const BlockHistory* tenant = earlier_tenant(history, all);
    if (tenant == nullptr) return text;
    return text + fmt::format(", where block {} was (#{}..#{})", tenant->block, tenant->born, tenant->died);
  }
  return text + fate_of(history, all, finding);
}

}  // namespace heapjudge
