// How long is waited for what most likely never ends.
#pragma once

namespace heapjudge {

// CPU seconds, where a request that hangs is run many times over: in short traces none needs as long. A rubric's own
// deadline holds where it is shorter.
inline constexpr double kSecondsToCallItHung = 0.5;

}  // namespace heapjudge
