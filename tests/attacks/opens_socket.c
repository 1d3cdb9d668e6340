/* Opens a connection. */
#include <netinet/in.h>
#include <sys/socket.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int home = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(home, (struct sockaddr *)&there, sizeof there) == 0) __builtin_trap();
}
