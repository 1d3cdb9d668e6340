/* Asks to be run before all initialisers. */
#include "honest.inc"

static void first(void) {}

__attribute__((section(".preinit_array"), used)) static void (*entry)(void) = first;
