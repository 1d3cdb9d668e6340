/* contracts.h: pre- and postconditions as some courses write them. They hold with -DDEBUG and are free of cost,
   and of evaluation, without. */
#ifndef HEAPJUDGE_CONTRACTS_H
#define HEAPJUDGE_CONTRACTS_H

#include <assert.h>
#include <stdio.h>

#ifdef DEBUG
#define HEAPJUDGE_CONTRACT(condition) assert(condition)
#define HEAPJUDGE_CONTRACT_PRINT(...) ((void)printf(__VA_ARGS__))
#else
#define HEAPJUDGE_CONTRACT(condition) ((void)sizeof((condition) ? 1 : 0))
#define HEAPJUDGE_CONTRACT_PRINT(...) ((void)sizeof(printf(__VA_ARGS__)))
#endif

#ifndef REQUIRES
#define REQUIRES(condition) HEAPJUDGE_CONTRACT(condition)
#endif
#ifndef ENSURES
#define ENSURES(condition) HEAPJUDGE_CONTRACT(condition)
#endif
#ifndef ASSERT
#define ASSERT(condition) HEAPJUDGE_CONTRACT(condition)
#endif

#ifndef dbg_requires
#define dbg_requires(condition) HEAPJUDGE_CONTRACT(condition)
#endif
#ifndef dbg_ensures
#define dbg_ensures(condition) HEAPJUDGE_CONTRACT(condition)
#endif
#ifndef dbg_assert
#define dbg_assert(condition) HEAPJUDGE_CONTRACT(condition)
#endif
#ifndef dbg_printf
#define dbg_printf(...) HEAPJUDGE_CONTRACT_PRINT(__VA_ARGS__)
#endif

#endif
