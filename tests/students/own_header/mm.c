#include <string.h>
#include "mm.h"
#include "memlib.h"

team_t team = { "C. Student", "1234567" };

int mm_init()
{
    bottom = last_cell = NULL;
    how_many = 0;
}

/* best fit, walking down from the top of the heap */
Cell *cell_for(uint32_t words)
{
    Cell *c, *best = NULL;
    for (c = last_cell; c; c = c->down)
        if (!c->busy && c->words >= words && (!best || c->words < best->words))
            best = c;
    return best;
}

void *mm_malloc(size_t size)
{
    uint32_t words = (size + 15) / 16;
    Cell *c;
    if (!size) return NULL;
    c = cell_for(words);
    if (!c) {
        c = mem_sbrk(sizeof(Cell) + 16 * words);
        if (c == (Cell *) -1) return NULL;
        c->words = words;
        c->down = last_cell;
        last_cell = c;
        how_many++;
    }
    c->busy = 1;
    return c + 1;
}

void mm_free(void *ptr)
{
    ((Cell *) ptr - 1)->busy = 0;
}

void *mm_realloc(void *ptr, size_t size)
{
    Cell *c = (Cell *) ptr - 1;
    void *fresh;
    if (!ptr) return mm_malloc(size);
    if (16 * c->words >= size) return ptr;
    fresh = mm_malloc(size);
    memcpy(fresh, ptr, 16 * c->words);
    mm_free(ptr);
    return fresh;
}
