// Findings of random content.
#include <csignal>

#include "oracle/fault.h"
#include "tests/reports/examples.h"

namespace heapjudge::examples {
namespace {

using Random = std::mt19937_64;

// Small, near the heap, or anything.
std::uint64_t number(Random& random) {
  switch (random() % 4) {
    case 0:
      return random() % 5000;
    case 1:
      return kBase + random() % kLimit;
    case 2:
      return std::uint64_t{0} - random() % 5000;
    default:
      return random();
  }
}

std::string bytes(Random& random) {
  std::string text(random() % 200, ' ');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

Request request(Random& random) {
  Request r{.size = number(random),
            .block = static_cast<BlockId>(random() % 40),
            .op = static_cast<Op>(random() % 7)};
  if (r.op == Op::kAligned) r.alignment_log2 = static_cast<std::uint8_t>(random() % 64);
  if (r.op == Op::kCalloc) r.count = static_cast<std::uint16_t>(random());
  return r;
}

Damage damage(Random& random) {
  Damage d{.first_offset = random() % kLimit,
           .bytes = 1 + random() % 100,
           .shown = static_cast<std::uint8_t>(random() % 17)};
  d.last_offset = d.first_offset + d.bytes;
  for (auto& byte : d.found) byte = static_cast<std::uint8_t>(random() % 3 == 0 ? random() : 0);
  return d;
}

Violation violation(Random& random, Fault fault) {
  Violation v{.fault = fault,
              .request = random() % 20,
              .block = static_cast<BlockId>(random() % 40),
              .offset = number(random),
              .size = number(random),
              .heap_bytes = random() % kLimit};
  if (random() % 2 == 0) v.neighbour = static_cast<BlockId>(random() % 40);
  if (random() % 2 == 0) v.damage = damage(random);
  return v;
}

Ending ending(Random& random) {
  Ending e;
  e.kind = static_cast<EndingKind>(random() % 6);
  e.signal = static_cast<int>(random() % 40);
  if (random() % 2 == 0) e.address = number(random);
  e.stack_overflow = random() % 8 == 0;
  e.output = bytes(random);
  e.syscall = bytes(random);
  e.limit = bytes(random);
  return e;
}

void add_histories(Random& random, Finding& finding) {
  for (auto n = random() % 8; n > 0; --n) {
    const std::size_t born = random() % 20;
    const std::uint64_t size = random() % 2 == 0 ? random() % 300 : number(random);
    finding.histories.push_back({.block = static_cast<BlockId>(random() % 40),
                                 .born = born,
                                 .died = random() % 2 == 0 ? 0 : born + random() % 9,
                                 .request = request(random),
                                 .offset = random() % 2 == 0 ? random() % 3000 : number(random),
                                 .size = size});
  }
}

void add_source(Random& random, Finding& finding) {
  for (auto n = random() % 3; n > 0; --n) {
    std::vector<SourceFrame> stack;
    for (auto depth = random() % 7; depth > 0; --depth)
      stack.push_back({bytes(random), bytes(random), random() % 3, random() % 3});
    finding.stacks.push_back(stack);
  }
  finding.store_search = static_cast<StoreSearch>(random() % 6);
  for (auto n = random() % 4; n > 0; --n) finding.excerpt.push_back({random() % 3, bytes(random)});
}

}  // namespace

Finding random_finding(Random& random) {
  Finding finding;
  finding.fault = all_faults()[random() % all_faults().size()];
  finding.beneath = all_faults()[random() % all_faults().size()];
  finding.request = random() % 20;
  finding.asked = random() % 5 == 0 ? Request{} : request(random);
  finding.run = static_cast<Run>(random() % 4);
  if (random() % 2 == 0) {
    finding.evidence = violation(random, finding.beneath);
  } else {
    finding.evidence = ending(random);
  }
  if (random() % 2 == 0) finding.intact_after = random() % 20;
  if (random() % 4 == 0) finding.pointer_from = static_cast<BlockId>(random() % 40);
  finding.only_differs = random() % 4 == 0;
  finding.truncated_pointer = random() % 8 == 0;
  finding.heap_base = random() % 3 == 0 ? 0x20000000 : kBase;
  finding.heap_limit_bytes = kLimit;
  add_histories(random, finding);
  add_source(random, finding);
  return finding;
}

}  // namespace heapjudge::examples
