// The phases of a generated trace, each of which writes its requests.
#pragma once

#include "generate/spec.h"
#include "generate/trace_writer.h"
#include "trace/random.h"

namespace heapjudge {

// Each is a pure function of the phase, the random numbers, and the live blocks it finds. A program frees
// what it allocated, in the order in which it would.
void write_phase(const Stream& stream, TraceWriter& trace, Random& random);
void write_phase(const Grow& grow, TraceWriter& trace, Random& random);
void write_phase(const Merge& merge, TraceWriter& trace, Random& random);
void write_phase(const TreeProgram& program, TraceWriter& trace, Random& random);
void write_phase(const TableProgram& program, TraceWriter& trace, Random& random);
void write_phase(const StringProgram& program, TraceWriter& trace, Random& random);
void write_phase(const NgramProgram& program, TraceWriter& trace, Random& random);
void write_phase(const DiagramProgram& program, TraceWriter& trace, Random& random);
void write_phase(const WorstCase& worst, TraceWriter& trace, Random& random);
void write_phase(const HugeSizes& sizes, TraceWriter& trace, Random& random);
void write_phase(const CallocOverflows& overflows, TraceWriter& trace, Random& random);

}  // namespace heapjudge
