// The fixed parts of the C programs that replay a trace. All but kHead and kBooks are for fmt: {prefix} stands for
// mm_, {aligned} for the aligned function, {init_has_failed} for a condition.
#pragma once

#include <string_view>

namespace heapjudge::emitted {

inline constexpr std::string_view kHead =
    "#include <stdbool.h>\n"
    "#include <stdint.h>\n"
    "#include <stdio.h>\n"
    "#include <stdlib.h>\n"
    "#include <string.h>\n"
    "\n"
    "#include \"mm.h\"\n"
    "#include \"memlib.h\"\n"
    "\n";

// The books of the program, and what it checks.
inline constexpr std::string_view kBooks = R"c(
typedef struct {
  unsigned char *at; /* NULL while it is not live */
  size_t size;
} Block;

static Block blocks[BLOCKS];
static size_t live_bytes;
static int request; /* the one being made, from 1; 0 is the start */
static int refused; /* a growth of the heap, during this request: NULL is right then */

static void next_request(void) {
  ++request;
  refused = 0;
}

static void fail(const char *what, int id) {
  printf("request %d: %s", request, what);
  if (id >= 0) printf(" (block %d)", id);
  printf("\n");
  exit(1);
}

static unsigned char byte_of(int id, size_t i) {
  return (unsigned char)((size_t)id * 89 + (i & 255) * 7 + (i >> 8) * 31 + 1);
}

static void check_bytes(int id, size_t size, const char *what) {
  for (size_t i = 0; i < size; ++i) {
    if (blocks[id].at[i] != byte_of(id, i)) fail(what, id);
  }
}

static void check_payloads(void) {
  for (int id = 0; id < BLOCKS; ++id) {
    if (blocks[id].at != NULL) check_bytes(id, blocks[id].size, "the bytes of a live block have changed");
  }
}

static void check_place(int id, unsigned char *at, size_t size, size_t alignment) {
  if ((uintptr_t)at % alignment != 0) fail("the address is not aligned", id);
#ifndef HEAPJUDGE_MEMLIB_H /* there, blocks may lie in ranges from mem_map */
  unsigned char *low = mem_heap_lo(), *high = mem_heap_hi();
  if (size > 0 && (at < low || at > high || size > (size_t)(high - at) + 1)) fail("the block is outside the heap", id);
#endif
  for (int other = 0; other < BLOCKS; ++other) {
    const Block *block = &blocks[other];
    if (block->at == NULL || other == id || size == 0) continue;
    if (at < block->at + block->size && block->at < at + size) fail("the block shares bytes with a live one", id);
  }
}

/* Nobody can grant more than the heap holds. */
static int may_be_null(size_t size) {
  return size == 0 || refused || size > HEAP_LIMIT || live_bytes > HEAP_LIMIT - size;
}

static void forget(int id) {
  if (blocks[id].at != NULL) live_bytes -= blocks[id].size;
  blocks[id].at = NULL;
}

static void enter(int id, void *at, size_t size, size_t kept, size_t alignment) {
  forget(id);
  check_place(id, at, size, alignment);
  blocks[id].at = at;
  blocks[id].size = size;
  live_bytes += size;
  check_bytes(id, kept, "realloc has lost data");
  for (size_t i = kept; i < size; ++i) blocks[id].at[i] = byte_of(id, i);
}
)c";

inline constexpr std::string_view kStart = R"c(
static void start(void) {{
  if ({init_has_failed}) {{
    if (!refused) fail("{prefix}init has failed", -1);
    printf("request %d: {prefix}init has failed, as it may: its growth was refused\n", request);
    exit(0);
  }}
}}
)c";

inline constexpr std::string_view kMalloc = R"c(
/* {prefix}malloc(size) */
static void a(int id, size_t size) {{
  next_request();
  void *at = {prefix}malloc(size);
  if (at != NULL) enter(id, at, size, 0, ALIGNMENT_OF_BLOCKS);
  else if (!may_be_null(size)) fail("{prefix}malloc has returned NULL", id);
  check_payloads();
}}
)c";

inline constexpr std::string_view kFree = R"c(
/* {prefix}free(block); -1 is NULL */
static void f(int id) {{
  next_request();
  if (id < 0) {{
    {prefix}free(NULL);
  }} else if (blocks[id].at != NULL) {{ /* otherwise it was refused, and there is nothing to free */
    unsigned char *at = blocks[id].at;
    forget(id);
    {prefix}free(at);
  }}
  check_payloads();
}}
)c";

inline constexpr std::string_view kRealloc = R"c(
/* {prefix}realloc(block, size); a block that is not live is NULL */
static void r(int id, size_t size) {{
  next_request();
  const size_t old = blocks[id].at != NULL ? blocks[id].size : 0;
  void *at = {prefix}realloc(blocks[id].at, size);
  if (at != NULL) enter(id, at, size, size < old ? size : old, ALIGNMENT_OF_BLOCKS);
  else if (size == 0) forget(id);
  else if (!may_be_null(size)) fail("{prefix}realloc has returned NULL", id);
  check_payloads();
}}
)c";

inline constexpr std::string_view kCalloc = R"c(
extern void *{prefix}calloc(size_t count, size_t size);

/* {prefix}calloc(count, size) */
static void c(int id, size_t count, size_t size) {{
  next_request();
  const int overflows = count != 0 && size > SIZE_MAX / count;
  unsigned char *at = {prefix}calloc(count, size);
  if (at == NULL && !overflows && !may_be_null(count * size)) fail("{prefix}calloc has returned NULL", id);
  if (at != NULL && overflows) fail("{prefix}calloc has not noticed that the product overflows", id);
  for (size_t i = 0; at != NULL && i < count * size; ++i) {{
    if (at[i] != 0) fail("{prefix}calloc has returned memory that is not zero", id);
  }}
  if (at != NULL) enter(id, at, count * size, 0, ALIGNMENT_OF_BLOCKS);
  check_payloads();
}}
)c";

inline constexpr std::string_view kAligned = R"c(
extern void *{aligned}(size_t alignment, size_t size);

/* {aligned}(alignment, size) */
static void m(int id, size_t alignment, size_t size) {{
  next_request();
  void *at = {aligned}(alignment, size);
  if (at != NULL) enter(id, at, size, 0, alignment > ALIGNMENT_OF_BLOCKS ? alignment : ALIGNMENT_OF_BLOCKS);
  else if (alignment <= HEAP_LIMIT && size <= HEAP_LIMIT && !may_be_null(size + alignment))
    fail("{aligned} has returned NULL", id);
  check_payloads();
}}
)c";

inline constexpr std::string_view kInit = R"c(
/* the heap is emptied, and {prefix}init called again */
static void again(void) {{
  next_request();
  memset(blocks, 0, sizeof blocks);
  live_bytes = 0;
  mem_reset_brk();
  start();
}}
)c";

inline constexpr std::string_view kRefuse = R"c(
static int refusals_left;

extern void *__real_mem_sbrk(intptr_t increment);
void *__wrap_mem_sbrk(intptr_t increment) {{
  if (increment <= 0 || refusals_left <= 0) return __real_mem_sbrk(increment);
  --refusals_left;
  refused = 1;
  return (void *)-1;
}}

/* from here on so many growths of the heap are refused */
static void s(int growths) {{
  next_request();
  refusals_left = growths;
}}
)c";

}  // namespace heapjudge::emitted
