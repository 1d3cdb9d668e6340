/*
 * Best fit: the free blocks in a binary search tree by size, and blocks of equal size in a ring behind the one
 * that stands in the tree.
 *
 *   in use:  | head | payload ...                                    |
 *   free:    | head | left | right | parent | next | prev | ... size |
 *
 * The head is the size of the block (a multiple of 16); bit 0: it is in use; bit 1: the block below it is; bit 2:
 * it stands in the tree, not only in a ring. The heap begins with a word of padding and ends with the head of a
 * block of size 0 that is always in use.
 */
#include <stdint.h>
#include <string.h>

#include "memlib.h"
#include "mm.h"

typedef struct node {
  size_t head;
  struct node *left, *right, *parent; /* while bit 2 is set */
  struct node *next, *prev;           /* the ring of equals */
} node_t;

#define WORD sizeof(size_t)
#define UNIT ((size_t)16)
#define MIN_BLOCK ((size_t)64)
#define USED ((size_t)1)
#define BELOW_USED ((size_t)2)
#define IN_TREE ((size_t)4)
#define TOO_LARGE ((size_t)1 << 45)

static node_t *root;
static char *top; /* the end mark, just below the heap's end */

static size_t size_of(const node_t *n) { return n->head & ~(UNIT - 1); }
static node_t *above(node_t *n) { return (node_t *)((char *)n + size_of(n)); }
static size_t *end_word(node_t *n) { return (size_t *)above(n) - 1; }
static node_t *below(node_t *n) { return (node_t *)((char *)n - ((size_t *)n)[-1]); }
static void *payload(node_t *n) { return (char *)n + WORD; }
static node_t *node_of(void *p) { return (node_t *)((char *)p - WORD); }

static size_t block_size(size_t request) {
  size_t size = (request + WORD + UNIT - 1) & ~(UNIT - 1);
  return size > MIN_BLOCK ? size : MIN_BLOCK;
}

/* Where the tree points to `n`. */
static node_t **place_of(node_t *n) {
  if (n->parent == NULL) return &root;
  return n->parent->left == n ? &n->parent->left : &n->parent->right;
}

static void insert(node_t *n) {
  node_t **place = &root, *parent = NULL, *equal;
  n->next = n->prev = n;
  while (*place != NULL && size_of(*place) != size_of(n)) {
    parent = *place;
    place = size_of(n) < size_of(parent) ? &parent->left : &parent->right;
  }
  if (*place != NULL) {
    equal = *place;
    n->next = equal->next;
    n->prev = equal;
    equal->next->prev = n;
    equal->next = n;
    return;
  }
  n->left = n->right = NULL;
  n->parent = parent;
  n->head |= IN_TREE;
  *place = n;
}

/* Puts `n`, which is in no tree, into the place of `old`. */
static void replace(node_t *old, node_t *n) {
  *place_of(old) = n;
  n->parent = old->parent;
  n->left = old->left;
  n->right = old->right;
  if (n->left != NULL) n->left->parent = n;
  if (n->right != NULL) n->right->parent = n;
  n->head |= IN_TREE;
}

/* Hangs the only subtree of `n` in its place. */
static void splice_out(node_t *n) {
  node_t *child = n->left != NULL ? n->left : n->right;
  *place_of(n) = child;
  if (child != NULL) child->parent = n->parent;
}

static void take_out(node_t *n) {
  node_t *heir;
  n->next->prev = n->prev;
  n->prev->next = n->next;
  if (!(n->head & IN_TREE)) return;
  if (n->next != n) {
    replace(n, n->next);
  } else if (n->left == NULL || n->right == NULL) {
    splice_out(n);
  } else {
    heir = n->right;
    while (heir->left != NULL) heir = heir->left;
    splice_out(heir);
    replace(n, heir);
  }
  n->head &= ~IN_TREE;
}

static node_t *best_fit(size_t size) {
  node_t *n = root, *best = NULL;
  while (n != NULL) {
    if (size_of(n) < size) {
      n = n->right;
    } else {
      best = n;
      n = n->left;
    }
  }
  return best != NULL && best->next != best ? best->next : best;
}

/* Makes what lies at `n` a free block, joined with its neighbours. */
static void release(node_t *n, size_t size, size_t below_used) {
  node_t *next = (node_t *)((char *)n + size);
  if ((next->head & USED) == 0) {
    take_out(next);
    size += size_of(next);
  }
  if (!below_used) {
    n = below(n);
    take_out(n);
    size += size_of(n);
    below_used = n->head & BELOW_USED;
  }
  n->head = size | below_used;
  *end_word(n) = size;
  above(n)->head &= ~BELOW_USED;
  insert(n);
}

/* What the last block lacks is added to it. 0 when the heap may not grow. */
static int extend(size_t size) {
  node_t *end = (node_t *)top;
  size_t below_used = end->head & BELOW_USED;
  size_t lacking = below_used ? size : size - size_of(below(end));
  if (mem_sbrk((intptr_t)lacking) == (void *)-1) return 0;
  top += lacking;
  ((node_t *)top)->head = USED;
  release(end, lacking, below_used);
  return 1;
}

/* Puts `size` bytes of a block to use, and frees the rest if it can be a block. */
static void use(node_t *n, size_t size) {
  size_t rest = size_of(n) - size;
  size_t below_used = n->head & BELOW_USED;
  if (rest >= MIN_BLOCK) {
    n->head = size | below_used | USED;
    release(above(n), rest, BELOW_USED);
  } else {
    n->head = size_of(n) | below_used | USED;
    above(n)->head |= BELOW_USED;
  }
}

int mm_init(void) {
  char *bottom = mem_sbrk((intptr_t)UNIT);
  if (bottom == (void *)-1) return -1;
  top = bottom + WORD;
  ((node_t *)top)->head = USED | BELOW_USED;
  root = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  node_t *n;
  size_t needed = block_size(size);
  if (size == 0 || size > TOO_LARGE) return NULL;
  n = best_fit(needed);
  if (n == NULL) {
    if (!extend(needed)) return NULL;
    n = best_fit(needed);
  }
  take_out(n);
  use(n, needed);
  return payload(n);
}

void mm_free(void *p) {
  node_t *n = node_of(p);
  if (p == NULL) return;
  release(n, size_of(n), n->head & BELOW_USED);
}

void *mm_realloc(void *p, size_t size) {
  node_t *n, *next;
  size_t needed, room;
  void *moved;
  if (p == NULL) return mm_malloc(size);
  if (size == 0) {
    mm_free(p);
    return NULL;
  }
  if (size > TOO_LARGE) return NULL;
  n = node_of(p);
  needed = block_size(size);
  room = size_of(n);
  if (needed <= room) {
    use(n, needed);
    return p;
  }
  next = above(n);
  if (!(next->head & USED)) room += size_of(next);
  if (room < needed && (char *)n + room == top) {
    room = needed - size_of(n);
    room = extend(room < MIN_BLOCK ? MIN_BLOCK : room) ? needed : 0;
  }
  if (room >= needed) {
    next = above(n);
    take_out(next);
    n->head += size_of(next);
    use(n, needed);
    return p;
  }
  moved = mm_malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, p, size_of(n) - WORD);
  mm_free(p);
  return moved;
}

void *mm_calloc(size_t count, size_t size) {
  unsigned char *p;
  size_t i, bytes = count * size;
  if (size != 0 && bytes / size != count) return NULL;
  p = mm_malloc(bytes);
  for (i = 0; p != NULL && i < bytes; i++) p[i] = 0;
  return p;
}

/* The aligned payload lies in a block that is large enough to give the lower part back. */
void *mm_memalign(size_t alignment, size_t size) {
  size_t whole, gap;
  node_t *n, *low;
  char *p;
  if (alignment <= UNIT) return mm_malloc(size);
  if (size == 0 || size > TOO_LARGE || alignment > TOO_LARGE) return NULL;
  p = mm_malloc(block_size(size) + alignment + MIN_BLOCK);
  if (p == NULL) return NULL;
  gap = (size_t)(-(uintptr_t)p & (alignment - 1));
  if (gap == 0) {
    use(node_of(p), block_size(size));
    return p;
  }
  while (gap < MIN_BLOCK) gap += alignment;
  low = node_of(p);
  whole = size_of(low);
  n = node_of(p + gap);
  n->head = (whole - gap) | USED;
  release(low, gap, low->head & BELOW_USED);
  use(n, block_size(size));
  return payload(n);
}
