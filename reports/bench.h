// Several allocators side by side, as text of many kinds. Pure functions.
#pragma once

#include <string>

#include "judge/bench.h"
#include "reports/report.h"

namespace heapjudge {

// A table of utilization and one of speed, trace by allocator, the means, and the picture.
std::string text_of(const BenchSheet& sheet, const TextStyle& style);

// Utilization to the right, speed upwards, a letter for each allocator that passed everything; dots bound what those of
// the frontier leave behind. Empty when there are fewer than two.
std::string picture_of(const BenchSheet& sheet, const TextStyle& style);

// "schema": "heapjudge-bench/1".
std::string json_of(const BenchSheet& sheet);

// One line for each allocator and trace: allocator,trace,requests,utilization,speed,speed_low,speed_high,pairs,failure.
std::string csv_of(const BenchSheet& sheet);

std::string markdown_of(const BenchSheet& sheet);

}  // namespace heapjudge
