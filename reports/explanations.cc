// The texts behind `heapjudge explain`, one entry for each rule.
#include "reports/explanations.h"

namespace heapjudge {

Explanation explanation_of(Fault fault) {
  switch (fault) {
    case Fault::kMisaligned:
      return {"`a 0 1`, `a 1 1`: block 1 comes right behind the one used byte of block 0, at an odd address.",
              {{"the size is not rounded up to the alignment after header and footer were added",
                "no padding before the first block, so that all payloads are off by one header",
                "8-byte alignment, right on 32 bit, in a 64-bit build, where it is 16"}},
              "Print the first three addresses that mm_malloc returns. They must all end in 0 (in 0 or 8 on "
              "32 bit)."};
    case Fault::kOutsideHeap:
      return {
          "`a 0 4000` in a fresh heap: the block is carved out before, or without, the mem_sbrk call that "
          "would make room for it.",
          {{"mem_sbrk is asked for the payload's size, not for the whole block's",
            "the last block counts as free although it is in use, so only the difference is asked for",
            "an address kept in 4 bytes, or computed with an int, comes back changed"}},
          "Compare the end of the block with mem_heap_hi() just before mm_malloc returns."};
    case Fault::kOverlap:
      return {
          "`a 0 112`, `a 1 40`, `f 0`, `a 2 24`, `a 3 100`: after the split for block 2 the rest has 80 "
          "bytes, but its header still says 112, so block 3 runs into block 1.",
          {{"a split writes the remainder's header but not its footer, or the wrong size",
            "a block in use is still on a free list, or was put there twice",
            "mm_realloc grows into the next block without asking whether it is free and large enough"}},
          "Walk the heap after every request: sizes must lead from the first block exactly to the epilogue."};
    case Fault::kNullReturned:
      return {
          "`a 0 5000` in a heap of 4096 bytes with 100 MiB to go: mm_malloc gives up instead of extending "
          "the heap.",
          {{"the heap is extended by a fixed chunk even when the request is larger",
            "the result of mem_sbrk is compared with 0 or NULL instead of (void *)-1",
            "a limit of its own, such as an array of 1000 blocks, is full"}},
          "Follow the request through extend_heap: which test leads to the return of NULL?"};
    case Fault::kReallocLost:
      return {
          "`a 0 24`, `r 0 100`: the first 24 bytes of block 0 must read the same afterwards.",
          {{"mm_free comes before the copy, and its links overwrite the first 16 bytes",
            "the number of bytes to copy is the new size, or a size with or without the header",
            "after merging with the block before, the payload was not moved down, or was moved with memcpy "
            "although it overlaps"}},
          "Copy min(old payload, new size) bytes, with memmove when both ranges may overlap, and free last."};
    case Fault::kCallocNotZero:
      return {"`a 0 64`, `f 0`, `c 0 8 8`: the same memory comes back and still holds what the client wrote.",
              {{"mm_calloc calls mm_malloc and does not clear",
                "count bytes or size bytes are cleared instead of count * size",
                "only new memory from mem_sbrk is taken for zero, and reused memory is forgotten"}},
              "memset the whole product after mm_malloc, and return NULL when the product overflows."};
    case Fault::kPayloadChanged:
      return {
          "`a 0 24`, `a 1 24`, `f 1`: freeing block 1 writes a footer, or a link, into block 0.",
          {{"a header, footer or epilogue is written one word off",
            "coalescing takes a neighbour that is in use: its allocated bit is wrong or not kept up to date",
            "the links of a free list are written into a block that was handed out again"}},
          "The report names the first request after which the bytes are wrong, and shows them: sizes, links "
          "and allocated bits are easy to recognize."};
    case Fault::kEdgeContract:
      return {
          "`f -1` is mm_free(NULL), `r 0 24` of a block that is not there is mm_realloc(NULL, 24), `a 0 0` "
          "is mm_malloc(0).",
          {{"mm_free reads the header in front of address 0",
            "mm_realloc copies from NULL instead of calling mm_malloc",
            "a size of 0 makes a block that is too small to be freed"}},
          "Handle NULL and 0 in the first lines of mm_free, mm_realloc and mm_malloc."};
    case Fault::kWroteOutsideHeap:
      return {
          "`a 0 4080` in a heap that is just large enough: the epilogue header goes to the 8 bytes past the "
          "heap's end, which mem_sbrk has not granted.",
          {{"the heap is extended without counting the epilogue",
            "a footer is written at header + size instead of header + size - one word",
            "a loop that clears or copies runs one word too far"}},
          "Compare every address that is written to with mem_heap_hi(), which is the last byte of the heap."};
    case Fault::kSbrkMisused:
      return {
          "`a 0 18446744073709551600`: size plus overhead wraps around and mem_sbrk is asked for a negative "
          "amount.",
          {{"a difference of unsigned sizes is taken for positive",
            "a request near SIZE_MAX is not refused before rounding up",
            "the heap is to be given back, which the rubric does not allow"}},
          "Test the size against a maximum before any arithmetic, and print what mem_sbrk is asked for."};
    case Fault::kRefusalMishandled:
      return {
          "`s 1`, `a 0 5000`: the next mem_sbrk fails, so mm_malloc must return NULL, and everything must go "
          "on as before.",
          {{"the result is not compared with (void *)-1 and is used as an address",
            "the block was taken off its list, or the epilogue was moved, before mem_sbrk was asked",
            "mm_realloc frees the old block although there is no new one"}},
          "Ask mem_sbrk first, return NULL on (void *)-1, and only then change anything."};
    case Fault::kInitDoesNotReset:
      return {
          "`a 0 24`, then mm_init on an empty heap, then `a 0 24` again: the free list still points to where "
          "the old heap was.",
          {{"a static list head, root or counter keeps its value",
            "an initialized flag makes mm_init return at once",
            "size classes are reset in part: one loop bound is too small"}},
          "Assign every static variable in mm_init; initializers at the definition work only once."};
    case Fault::kDependsOnOldBytes:
      return {
          "`a 0 24`, `f 0`, `a 1 40` gives other addresses when new heap memory is not zero: a link was read "
          "before it was written.",
          {{"new memory from mem_sbrk is taken for zero: links, bit maps or footers are never written",
            "a footer is read for a block that has none",
            "a padding word is taken for a header, or what is past the heap's end"}},
          "Write every header, footer and link when a block comes to be, whatever the memory held."};
    case Fault::kUnmapMisused:
      return {
          "`a 0 200000` from mem_map, `f 0`: mem_unmap is given the block's address and not the range's, which "
          "starts a header below.",
          {{"the address of a block in the range is given back, or the same range twice",
            "a block from mem_sbrk is taken for one that was mapped",
            "several blocks were cut out of one range, and one of them is still in use"}},
          "Mark mapped blocks in their headers, and give back exactly the address that mem_map returned."};
    case Fault::kDiffersWhenTimed:
      return {
          "`a 0 24`, `r 0 48`: when the trace is timed, mm_realloc returns another block than when it was checked, or "
          "does not copy.",
          {{"the allocator looks into payloads, or at what lies around the heap, and acts on what it finds there",
            "it counts calls of mm_init, or requests, and changes its ways",
            "it saves itself work that only the checked runs would notice"}},
          "Timed runs repeat the trace in one process over a heap that is not cleared; nothing else is different."};
    case Fault::kCrash:
      return {
          "`a 0 24`, `f 0`, `a 1 24`: mm_malloc follows a link of the freed block that was never written.",
          {{"NULL, or the (void *)-1 of a refused mem_sbrk, is used as a pointer",
            "data of the client is read as a link or size, because a block in use was taken for free",
            "pointers are kept in 4 bytes: build it with --abi ilp32"}},
          "The report shows the line, and what kind of address it was."};
    case Fault::kNoProgress:
      return {
          "`a 0 24`, `f 0`, `f` of another block, `a 1 5000`: the search walks a free list that has closed "
          "on itself.",
          {{"a block is put on the list twice, so that it points to itself",
            "a block of size 0 is walked over for ever",
            "a lock or loop waits for something that never comes"}},
          "The samples in the report show the loop. Check the list for cycles after every mm_free."};
    case Fault::kExited:
      return {"`a 0 200000000`: mm_malloc calls exit(1) because memory is short.",
              {{"an error path ends the program instead of returning NULL or -1",
                "a heap checker calls exit when it finds a fault"}},
              "The last line that was printed usually tells why."};
    case Fault::kResourceLimit:
      return {"`a 0 24`, 50 000 times: every mm_malloc walks all blocks, and the processor time runs out.",
              {{"time that grows with the square of the number of blocks",
                "debug output or a heap checker on every request", "memory from elsewhere than mem_sbrk"}},
              "Try a shorter trace, and look at how the time grows with its length."};
    case Fault::kForbiddenSyscall:
      return {"`a 0 24`: mm_malloc calls mmap, or opens a file for its log.",
              {{"memory is taken from the system instead of mem_sbrk",
                "a log file, a socket, a thread or a child process is opened"}},
              "An allocator needs mem_sbrk and nothing else; output goes to stdout or stderr."};
    case Fault::kLayoutBroken:
      return {
          "`a 0 24`, with `layout: {word: 8}` in the rubric: the 8 bytes before block 0 must hold the size of the whole "
          "block, at least 32, with bit 0 set. Asked only where a rubric says how blocks look.",
          {{"the allocated bit is not set again when a free block is reused",
            "the size is that of the payload where that of the block is meant, or the other way round",
            "header and footer disagree after a split or a coalesce"}},
          "The report names the word and, where the machine can watch it, the store that wrote it last. Compare it with "
          "`layout` in the rubric."};
    case Fault::kOwnCheckerComplains:
      return {
          "`a 0 24`, `f 0`, `a 1 24`: mm_checkheap returns another answer than right after mm_init, or an assert in it "
          "fails, although all replies and payloads are right. It is asked under --check, or where the rubric says so.",
          {{"a list, a counter or a footer is wrong that no request has needed so far",
            "the checker has not kept up with the code, or returns how many blocks it has seen"}},
          "Either the checker or the heap is wrong. Stop with `heapjudge debug --at` at the request after it, and `call "
          "mm_checkheap(0)`."};
    case Fault::kForbiddenFunction:
      return {"list nodes from malloc, or memory from mmap, instead of from the heap that mem_sbrk gives.",
              {{"the C library's malloc, free or calloc is called for the allocator's own data",
                "strdup, asprintf or operator new call malloc"}},
              "Keep the data inside free blocks, or at the start of the heap."};
    case Fault::kTooMuchGlobalData:
      return {"`static char pool[80 << 20];`: blocks or a map of them outside of the heap.",
              {{"a static array holds blocks, nodes or a bit map",
                "tables that are never written: declare them const, they do not count"}},
              "Keep a few list heads in static variables, and the rest at the start of the heap."};
    case Fault::kBadSignature:
      return {"`int mm_free(void *)`, or no mm_realloc at all.",
              {{"a function is static, misspelled, or has other parameters",
                "it is named malloc and renamed under a macro that was not defined: see build: definitions "
                "in the rubric"}},
              "Compare with mm.h: mm_init, mm_malloc, mm_free and mm_realloc."};
  }
  return {};
}

}  // namespace heapjudge
