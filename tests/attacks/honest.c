/* What the attacks are measured against. */
#include "honest.inc"
