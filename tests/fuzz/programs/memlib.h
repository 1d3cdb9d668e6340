#include <stddef.h>
#include <unistd.h>

void mem_init(void);
void mem_reset_brk(void);
void *mem_sbrk(int increment);
void *mem_heap_lo(void);
void *mem_heap_hi(void);
size_t mem_heapsize(void);
size_t mem_pagesize(void);
