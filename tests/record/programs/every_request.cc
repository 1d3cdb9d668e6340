// Asks for a block in each way there is, in a known order.
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include <cstdint>

int main() {
  void* volatile blocks[12];
  blocks[0] = malloc(1001);
  blocks[1] = calloc(7, 1002);
  blocks[2] = realloc(nullptr, 1003);
  blocks[2] = realloc(blocks[2], 1004);
  blocks[3] = reallocarray(nullptr, 5, 201);
  blocks[3] = reallocarray(blocks[3], 6, 201);
  blocks[4] = memalign(64, 1006);
  void* aligned = nullptr;
  if (posix_memalign(&aligned, 128, 1007) != 0) return 1;
  blocks[5] = aligned;
  blocks[6] = aligned_alloc(256, 1024);
  blocks[7] = valloc(1008);
  blocks[8] = pvalloc(1009);
  blocks[9] = new char[1010];
  blocks[10] = strdup("eleven bytes");
  blocks[11] = realloc(malloc(1011), 0);
  volatile std::size_t too_much = PTRDIFF_MAX;
  void* volatile refused = malloc(too_much);
  refused = reallocarray(blocks[0], too_much, 3);
  if (refused != nullptr) return 1;
  delete[] static_cast<char*>(blocks[9]);
  blocks[9] = nullptr;
  for (void* block : blocks) free(block);
}
