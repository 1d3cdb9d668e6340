// One example of each kind of finding.
#include <csignal>

#include "wire/payload_pattern.h"
#include "tests/reports/examples.h"

namespace heapjudge::examples {
namespace {

Request malloc_of(BlockId block, std::uint64_t size) {
  return {.size = size, .block = block, .op = Op::kMalloc};
}
Request free_of(BlockId block) {
  return {.block = block, .op = Op::kFree};
}
Request realloc_of(BlockId block, std::uint64_t size) {
  return {.size = size, .block = block, .op = Op::kRealloc};
}
Request calloc_of(BlockId block, std::uint16_t count, std::uint64_t size) {
  return {.size = size, .block = block, .op = Op::kCalloc, .count = count};
}

BlockHistory block(std::size_t born, const Request& request, std::uint64_t offset, std::size_t died = 0) {
  return {.block = request.block,
          .born = born,
          .died = died,
          .request = request,
          .offset = offset,
          .size = payload_bytes(request)};
}

Finding finding(Fault fault, std::size_t request, const Request& asked) {
  Finding f;
  f.fault = fault;
  f.beneath = fault;
  f.request = request;
  f.asked = asked;
  f.heap_base = kBase;
  f.heap_limit_bytes = kLimit;
  return f;
}

Finding violation(Fault fault, std::size_t request, const Request& asked, std::uint64_t offset) {
  Finding f = finding(fault, request, asked);
  f.evidence = Violation{.fault = fault,
                         .request = request,
                         .block = asked.block,
                         .offset = offset,
                         .size = payload_bytes(asked),
                         .heap_bytes = 4096};
  return f;
}

Finding ending(Fault fault, std::size_t request, const Request& asked, const Ending& how) {
  Finding f = finding(fault, request, asked);
  f.evidence = how;
  return f;
}

Ending ended(EndingKind kind, const std::string& output = "") {
  Ending how;
  how.kind = kind;
  how.output = output;
  return how;
}

Ending crash(int signal, std::optional<std::uint64_t> address, const std::string& output = "") {
  Ending how = ended(EndingKind::kCrashed, output);
  how.signal = signal;
  how.address = address;
  return how;
}

Ending stack_overflow() {
  Ending how = crash(SIGSEGV, 0x7ffc00000ff8);
  how.stack_overflow = true;
  return how;
}

Ending exit_with(int status, const std::string& output) {
  Ending how = ended(EndingKind::kExited, output);
  how.exit_status = status;
  return how;
}

Ending beyond(const std::string& limit) {
  Ending how = ended(EndingKind::kResourceLimit);
  how.limit = limit;
  return how;
}

Ending forbidden(const std::string& syscall) {
  Ending how = ended(EndingKind::kForbiddenSyscall);
  how.syscall = syscall;
  return how;
}

// `word` where the pattern of `stamp` stood, `at` bytes into a block of `size` at `offset`.
Damage damage(const BlockHistory& victim, std::uint64_t at, std::uint64_t word) {
  std::vector<std::byte> pattern(victim.size);
  PayloadPattern(PointerWidth::k64).fill(pattern, static_cast<std::uint32_t>(victim.born));
  Damage d{.first_offset = victim.offset + at, .last_offset = victim.offset + at + 7, .bytes = 8, .shown = 8};
  for (std::size_t i = 0; i < 8; ++i) {
    d.found[i] = static_cast<std::uint8_t>(word >> (8 * i));
    d.expected[i] = static_cast<std::uint8_t>(pattern[at + i]);
  }
  return d;
}

Finding damaged(Fault fault, const BlockHistory& victim, const Damage& what) {
  Finding f = finding(fault, victim.born, victim.request);
  f.evidence = Violation{.fault = fault,
                         .request = victim.born,
                         .block = victim.block,
                         .offset = victim.offset,
                         .size = victim.size,
                         .heap_bytes = 4096,
                         .damage = what};
  f.histories = {victim};
  return f;
}

Finding realloc_loses() {
  const BlockHistory before = block(3, malloc_of(2, 64), 0x50, 9);
  const BlockHistory after = block(9, realloc_of(2, 200), 0x120);
  Finding f = damaged(Fault::kReallocLost, after, damage(after, 0, kBase + 0x40));
  f.histories = {before, after};
  return f;
}

Finding calloc_is_dirty() {
  const BlockHistory h = block(4, calloc_of(1, 4, 8), 0x30);
  Damage d = damage(h, 16, 0x5eed00020010);
  d.expected = {};
  return damaged(Fault::kCallocNotZero, h, d);
}

Finding writes_past_the_end() {
  Finding f = violation(Fault::kWroteOutsideHeap, 2, malloc_of(1, 4000), 0x20);
  auto& v = std::get<Violation>(f.evidence);
  v.damage = Damage{.first_offset = 4096, .last_offset = 4096, .bytes = 1, .found = {1}, .shown = 8};
  return f;
}

Finding writes_to_an_unmapped_range() {
  Finding f = violation(Fault::kWroteOutsideHeap, 9, free_of(1), kLimit - 8192);
  auto& v = std::get<Violation>(f.evidence);
  v.damage = Damage{.first_offset = kLimit - 8192, .last_offset = kLimit - 8192, .bytes = 1, .found = {1}, .shown = 8};
  return f;
}

Finding unmaps_what_is_in_use() {
  Finding f = violation(Fault::kUnmapMisused, 9, free_of(1), 0);
  std::get<Violation>(f.evidence).neighbour = 2;
  f.histories = {block(2, malloc_of(1, 100), kLimit - 8192, 9), block(3, malloc_of(2, 200), kLimit - 8080)};
  return f;
}

Finding leaves_its_range() {
  Finding f = violation(Fault::kOutsideHeap, 2, malloc_of(1, 8190), kLimit - 8176);
  std::get<Violation>(f.evidence).mapped_bytes = 8192;
  return f;
}

Finding second_run_overlaps() {
  Finding f = overlap();
  f.fault = Fault::kInitDoesNotReset;
  f.beneath = Fault::kOverlap;
  f.run = Run::kSecond;
  return f;
}

Finding other_fill_differs() {
  Finding f = violation(Fault::kDependsOnOldBytes, 12, malloc_of(7, 48), 0x260);
  f.run = Run::kOtherFill;
  f.only_differs = true;
  f.first_run_offset = 0x1f0;
  return f;
}

Finding differs_when_timed() {
  Finding f = violation(Fault::kDiffersWhenTimed, 12, malloc_of(7, 48), 0x260);
  f.run = Run::kTimed;
  f.only_differs = true;
  f.first_run_offset = 0x1f0;
  return f;
}

Finding loses_bytes_when_timed() {
  Finding f = differs_when_timed();
  f.only_differs = false;
  return f;
}

Finding refusal_crashes() {
  Finding f = ending(Fault::kRefusalMishandled, 31, malloc_of(20, 2000), crash(SIGSEGV, UINT64_MAX - 8));
  f.beneath = Fault::kCrash;
  f.run = Run::kRefused;
  f.refused_growth = 2;
  f.stacks = {{{"extend_heap", "mm.c", 88}, {"mm_malloc", "mm.c", 52}}};
  f.excerpt = {{88, "\tPUT(HDRP(bp), PACK(size, 0));"}};
  return f;
}

Finding pointer_is_cut() {
  Finding f = ending(Fault::kCrash, 2, free_of(0), crash(SIGSEGV, 0x18));
  std::get<Ending>(f.evidence).address = 0x2018;
  f.truncated_pointer = true;
  f.stacks = {{{"coalesce", "mm.c", 140}, {"mm_free", "mm.c", 97}}};
  return f;
}

Finding heap_is_full() {
  Finding f = violation(Fault::kResourceLimit, 800, malloc_of(40, 100), 0);
  auto& v = std::get<Violation>(f.evidence);
  v.heap_bytes = kLimit - 32;
  v.live_bytes = 24 << 10;
  return f;
}

Finding writes_elsewhere() {
  Finding f = violation(Fault::kTooMuchGlobalData, 812, malloc_of(2, 24), 0);
  std::get<Violation>(f.evidence).size = 3 << 20;
  return f;
}

Finding cannot_be_loaded() {
  Finding f = finding(Fault::kBadSignature, 0, {});
  f.evidence = ended(EndingKind::kNotLoaded, "mm.so: undefined symbol: hash_insert\n");
  return f;
}

Finding size_wraps() {
  Finding f = violation(Fault::kOutsideHeap, 4, malloc_of(2, UINT64_MAX), 0xa38);
  std::get<Violation>(f.evidence).heap_bytes = 0xa40;
  return f;
}

Finding list_closes_on_itself() {
  Finding f = ending(Fault::kNoProgress, 40, malloc_of(30, 24), ended(EndingKind::kHung));
  f.stacks = {{{"find_fit", "mm.c", 61}, {"mm_malloc", "mm.c", 45}},
              {{"find_fit", "mm.c", 62}, {"mm_malloc", "mm.c", 45}},
              {{"mm_malloc", "mm.c", 45}}};
  f.excerpt = {
      {60, "  for (bp = root; bp != NULL;"}, {61, "       bp = NEXT(bp))"}, {62, "    if (fits(bp, size))"}};
  return f;
}

}  // namespace

Finding overlap() {
  Finding f = violation(Fault::kOverlap, 5, malloc_of(3, 100), 0x50);
  std::get<Violation>(f.evidence).neighbour = 1;
  f.histories = {block(1, malloc_of(0, 112), 0x20, 3), block(2, malloc_of(1, 40), 0xa0),
                 block(4, malloc_of(2, 24), 0x20), block(5, malloc_of(3, 100), 0x50)};
  return f;
}

Finding epilogue_in_payload() {
  const BlockHistory victim = block(6, malloc_of(5, 200), 0xe0);
  Finding f = damaged(Fault::kPayloadChanged, victim, damage(victim, 32, 1));
  f.request = 7;
  f.asked = malloc_of(6, 2000);
  f.intact_after = 6;
  f.store_search = StoreSearch::kFound;
  f.stacks = {{{"extend_heap", "src/mm.c", 88, 5}, {"mm_malloc", "src/mm.c", 52, 12}}};
  f.excerpt = {{87, "    char *last = mem_heap_lo();"},
               {88, "    PUT(HDRP(NEXT_BLKP(last)), PACK(0, 1));\t/* new epilogue */\r"},
               {89, "    return last;"}};
  return f;
}

Finding crash_in_pattern() {
  Finding f = ending(Fault::kCrash, 58, free_of(17), crash(SIGSEGV, 0x5eed00280008));
  f.pointer_from = 12;
  f.histories = {block(40, malloc_of(12, 100), 0x300), block(45, malloc_of(17, 64), 0x380)};
  f.stacks = {{{"remove_free", "mm.c", 163}, {"coalesce", "mm.c", 140}, {"mm_free", "mm.c", 97}}};
  f.excerpt = {{163, "    SET_PREV(NEXT(bp), PREV(bp));"}};
  return f;
}

Finding free_of_null_crashes() {
  Finding f = ending(Fault::kEdgeContract, 1, free_of(kNoBlock), crash(SIGSEGV, UINT64_MAX - 7));
  f.beneath = Fault::kCrash;
  f.stacks = {{{"mm_free", "mm.c", 95}}};
  return f;
}

// As if it had been copied too late.
Finding overwritten_before_copying() {
  Finding f = realloc_loses();
  f.store_search = StoreSearch::kOverwrote;
  f.stacks = {{{"mm_free", "mm.c", 97, 3}, {"mm_realloc", "mm.c", 140, 5}}};
  f.excerpt = {{97, "  *(void **)bp = free_list;"}};
  return f;
}

Finding not_copied() {
  Finding f = realloc_loses();
  f.store_search = StoreSearch::kNoStore;
  return f;
}

Finding header_is_not_marked() {
  Finding f = violation(Fault::kLayoutBroken, 9, free_of(3), 0x60);
  f.evidence = Violation{.fault = Fault::kLayoutBroken,
                         .request = 9,
                         .block = 4,
                         .offset = 0x90,
                         .size = 24,
                         .heap_bytes = 4096,
                         .breach = LayoutBreach{.rule = LayoutRule::kMarkedFree,
                                                .at = 0x88,
                                                .word = 0x30,
                                                .size = 0x30,
                                                .block_bytes = 0x30}};
  f.histories = {block(4, malloc_of(3, 40), 0x60, 9), block(5, malloc_of(4, 24), 0x90)};
  f.intact_after = 8;
  f.store_search = StoreSearch::kFound;
  f.stacks = {{{"mm_free", "src/mm.c", 88, 5}}};
  return f;
}

// What the sizes in the headers lead to behind a live block.
Finding free_block_is_not_marked() {
  Finding f = violation(Fault::kLayoutBroken, 9, free_of(3), 0x60);
  auto& breach = std::get<Violation>(f.evidence);
  breach.block = 2;
  breach.offset = 0x30;
  breach.size = 24;
  breach.breach = LayoutBreach{.rule = LayoutRule::kMarkedAllocated,
                               .between_live = true,
                               .at = 0x58,
                               .word = 0x31,
                               .size = 0x30,
                               .allocated = true,
                               .block_bytes = 0x30};
  f.histories = {block(3, malloc_of(2, 24), 0x30), block(4, malloc_of(3, 40), 0x60, 9)};
  return f;
}

Finding own_checker_complains() {
  Finding f = violation(Fault::kOwnCheckerComplains, 9, free_of(3), 0);
  f.run = Run::kOwnChecked;
  std::get<Violation>(f.evidence).checker = CheckerWords{.after_init = 1, .now = 0};
  f.histories = {block(4, malloc_of(3, 40), 0x60, 9)};
  f.printed = "checking the heap\nblock 0x800000060 is free but on no list\n";
  return f;
}

Finding own_checker_crashes(bool in_checker) {
  Finding f = ending(Fault::kOwnCheckerComplains, 9, free_of(3),
                     crash(SIGABRT, std::nullopt, "mm: mm.c:201: mm_checkheap: Assertion `in_list(bp)' failed.\n"));
  f.beneath = Fault::kCrash;
  f.run = Run::kOwnChecked;
  f.in_checker = in_checker;
  f.stacks = {{{"mm_checkheap", "mm.c", 201, 3}}};
  return f;
}

std::vector<Example> all_findings() {
  Finding null_in_init = finding(Fault::kNullReturned, 0, {});
  null_in_init.evidence = Violation{.fault = Fault::kNullReturned, .heap_bytes = 16};
  Finding at_the_end = epilogue_in_payload();
  at_the_end.request = 13;
  at_the_end.asked = {};
  at_the_end.store_search = StoreSearch::kUnwatched;
  at_the_end.stacks.clear();
  at_the_end.excerpt.clear();
  return {
      {"misaligned", violation(Fault::kMisaligned, 2, malloc_of(1, 24), 0x48)},
      {"aligned", violation(Fault::kMisaligned, 3,
                            {.size = 24, .block = 1, .op = Op::kAligned, .alignment_log2 = 6}, 0x50)},
      {"outside", violation(Fault::kOutsideHeap, 2, malloc_of(1, 4096), 0x50)},
      {"wraps", size_wraps()},
      {"minus-one", violation(Fault::kMisaligned, 2, malloc_of(1, 24), UINT64_MAX - kBase)},
      {"below", violation(Fault::kOutsideHeap, 2, malloc_of(1, 24), 0 - kBase + 0x2018)},
      {"overlap", overlap()},
      {"null", violation(Fault::kNullReturned, 9, malloc_of(4, 5000), 0)},
      {"null-init", null_in_init},
      {"realloc", realloc_loses()},
      {"overwritten", overwritten_before_copying()},
      {"not-copied", not_copied()},
      {"calloc", calloc_is_dirty()},
      {"grow", epilogue_in_payload()},
      {"grow-end", at_the_end},
      {"free-null", free_of_null_crashes()},
      {"past-end", writes_past_the_end()},
      {"sbrk", violation(Fault::kSbrkMisused, 4, malloc_of(2, UINT64_MAX - 15), 0)},
      {"timed", differs_when_timed()},
      {"timed-bytes", loses_bytes_when_timed()},
      {"unmap", violation(Fault::kUnmapMisused, 9, free_of(1), 0)},
      {"unmap-live", unmaps_what_is_in_use()},
      {"unmapped", writes_to_an_unmapped_range()},
      {"leaves-range", leaves_its_range()},
      {"refused", refusal_crashes()},
      {"rerun", second_run_overlaps()},
      {"fill", other_fill_differs()},
      {"crash", crash_in_pattern()},
      {"cut", pointer_is_cut()},
      {"null-pointer", ending(Fault::kCrash, 3, malloc_of(2, 8), crash(SIGSEGV, 0x8))},
      {"assert", ending(Fault::kCrash, 3, malloc_of(2, 8),
                        crash(SIGABRT, std::nullopt,
                              "heap at 0x800000000\nmm: mm.c:77: place: Assertion `size > 0' failed.\n"))},
      {"recursion", ending(Fault::kCrash, 3, malloc_of(2, 8), stack_overflow())},
      {"hang", list_closes_on_itself()},
      {"exit", ending(Fault::kExited, 8, malloc_of(2, 1 << 20), exit_with(1, "out of memory"))},
      {"limit", ending(Fault::kResourceLimit, 8, malloc_of(2, 24), beyond("CPU time"))},
      {"full", heap_is_full()},
      {"elsewhere", writes_elsewhere()},
      {"not-loaded", cannot_be_loaded()},
      {"layout", header_is_not_marked()},
      {"layout-gap", free_block_is_not_marked()},
      {"checker", own_checker_complains()},
      {"checker-asserts", own_checker_crashes(true)},
      {"checker-spoils", own_checker_crashes(false)},
      {"socket", ending(Fault::kForbiddenSyscall, 1, malloc_of(0, 24), forbidden("socket"))},
  };
}

}  // namespace heapjudge::examples
