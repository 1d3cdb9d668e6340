extern int mm_init(void);
extern void *mm_malloc(unsigned long size);
extern void mm_free(void *ptr);
extern void *mm_realloc(void *ptr, unsigned long size);
