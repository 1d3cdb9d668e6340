// Threads that pull blocks out of each other's hands: each swaps one of its own for one that lies on the
// table, and frees or resizes what it got. Everything is freed in the end. All of them share one arena of the
// C library, and most blocks are too large for what it keeps for each thread: a freed one soon belongs to
// another thread.
#include <malloc.h>
#include <stdlib.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 30000;

std::array<std::atomic<void*>, 64> g_table;

void pull_and_push(unsigned thread) {
  unsigned random = thread * 2654435761u + 1;
  for (int round = 0; round < kRounds; ++round) {
    random = random * 1664525u + 1013904223u;
    void* const mine = malloc(16 + (random >> 20) % 4096);
    void* const theirs = g_table[(random >> 8) % g_table.size()].exchange(mine);
    if ((random >> 16) % 4 == 0) {
      free(realloc(theirs, 16 + (random >> 12) % 8192));
    } else {
      free(theirs);
    }
  }
}

}  // namespace

int main() {
  mallopt(M_ARENA_MAX, 1);
  std::vector<std::thread> threads;
  for (unsigned thread = 0; thread < kThreads; ++thread) threads.emplace_back(pull_and_push, thread);
  for (std::thread& thread : threads) thread.join();
  for (std::atomic<void*>& place : g_table) free(place);
}
