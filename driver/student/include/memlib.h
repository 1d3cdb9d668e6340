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

/* Empties the heap without calling mm_init. */
void mem_reset_brk(void);

void *mem_heap_lo(void);     /* first byte of the heap */
void *mem_heap_hi(void);     /* last byte of the heap; one below mem_heap_lo() while it is empty */
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
