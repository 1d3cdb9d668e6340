/* config.h: the constants that classic submissions expect. Heapjudge's own settings are in the rubric. */
#ifndef HEAPJUDGE_CONFIG_H
#define HEAPJUDGE_CONFIG_H

#ifndef ALIGNMENT
#define ALIGNMENT (2 * sizeof(void *))
#endif
#ifndef MAX_HEAP
#define MAX_HEAP (100 * (1 << 20)) /* bytes */
#endif

#endif
