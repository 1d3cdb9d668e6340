// In the place of fuzz/guided_fuzz.cc where Heapjudge is built without libFuzzer.
#include "check.h"
#include "fuzz/engine.h"

namespace heapjudge {

bool engine_is_guided() { return false; }

void run_guided(const EngineSettings&, const TryInput&) { ensure(false, "there is no libFuzzer to guide anything"); }

}  // namespace heapjudge
