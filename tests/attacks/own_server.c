/* Defines what the programs around it might call: the functions of the judge, of the host, and of the
   loader. */
#include "honest.inc"

void heapjudge_memlib_begin(const void *run) { (void)run; }
void heapjudge_memlib_take_events(unsigned long *events) { events[0] = events[1] = 16; }
void heapjudge_memlib_empty(void) {}
void *dlsym(void *library, const char *name) { return (void)library, (void)name, NULL; }
int getpid(void) { return 1; }
long syscall(long number, ...) { return number; }
