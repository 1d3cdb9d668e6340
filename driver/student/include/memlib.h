/* memlib: the model of the sbrk heap that an allocator is written over. */
#ifndef HEAPJUDGE_MEMLIB_H
#define HEAPJUDGE_MEMLIB_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Kept for programs that call them; the heap is there before mm_init and stays until the end. mem_init
   empties it. */
void mem_init(void);
void mem_deinit(void);

/* Grows the heap by `increment` bytes and returns the address of the first new one; (void *)-1 with errno
   ENOMEM when the limit is reached, the growth is refused, or increment is negative where the rubric does
   not allow it. mem_sbrk(0) returns the address just past the heap. */
void *mem_sbrk(intptr_t increment);

/* An extension that nobody has to use: memory for large blocks, beside what mem_sbrk grows, which can be given
   back in any order. It is heap all the same. It counts for the utilization and against the limit, it holds
   anything at first, blocks in it are judged as all others are, and a growth by mem_map may be refused as one by
   mem_sbrk may.

   mem_map returns the address of `bytes` bytes, rounded up to whole pages, at the start of a page; NULL with
   errno ENOMEM when the limit is reached, the growth is refused, or 1024 ranges are mapped already. Ranges are
   taken from the upper end of the heap's addresses, where the highest hole is that is large enough.

   mem_unmap gives one back as a whole: `range` is what mem_map has returned, and no block in it is in use. */
void *mem_map(size_t bytes);
void mem_unmap(void *range);

/* Empties the heap, mapped ranges included, without calling mm_init. */
void mem_reset_brk(void);

/* Of what mem_sbrk has granted; mapped ranges lie above it. */
void *mem_heap_lo(void);     /* its first byte */
void *mem_heap_hi(void);     /* its last byte; one below mem_heap_lo() while it is empty */
size_t mem_heapsize(void);   /* bytes */
size_t mem_pagesize(void);   /* bytes */

/* As the functions of <string.h>; some courses rename those to these. */
void *mem_memcpy(void *to, const void *from, size_t n);
void *mem_memmove(void *to, const void *from, size_t n);
void *mem_memset(void *to, int value, size_t n);

#ifdef __cplusplus
}
#endif

#endif
