#define ALIGNMENT 16
#define MAX_HEAP (20 << 20)
