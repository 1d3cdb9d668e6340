#include <unistd.h>
void mem_init(void);
void *mem_sbrk(int incr);
void *mem_heap_lo(void);
void *mem_heap_hi(void);
