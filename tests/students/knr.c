/* In the style of the first edition. */
#include "mm.h"
#include "memlib.h"

static char *freed; /* addresses of payloads; the size stands 16 below, the link 8 below */

#define SIZE(p) (*(size_t *)((p) - 16))
#define LINK(p) (*(char **)((p) - 8))

int mm_init()
{
	freed = 0;
	return 0;
}

void *mm_malloc(size)
size_t size;
{
	register char *p, *before = 0;

	if (!size)
		return 0;
	size = (size + 15) / 16 * 16;
	for (p = freed; p; before = p, p = LINK(p))
		if (SIZE(p) >= size)
			break;
	if (p) {
		if (before)
			LINK(before) = LINK(p);
		else
			freed = LINK(p);
		return p;
	}
	p = mem_sbrk(size + 16);
	if (p == (char *)-1)
		return 0;
	p += 16;
	SIZE(p) = size;
	return p;
}

void mm_free(p)
void *p;
{
	if (!p)
		return;
	LINK((char *)p) = freed;
	freed = p;
}

void *mm_realloc(p, size)
void *p;
size_t size;
{
	char *from = p, *to, *q;
	size_t n;

	if (!p)
		return mm_malloc(size);
	if (SIZE(from) >= size)
		return p;
	q = to = mm_malloc(size);
	if (!to)
		return 0;
	for (n = SIZE(from); n; n--)
		*to++ = *from++;
	mm_free(p);
	return q;
}
