// What was expected and what was found, and the lives of the blocks involved, line by line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judge/grade.h"

namespace heapjudge {

struct Evidence {
  std::string label;
  std::string text;
  bool is_detail = false;  // may be left out when there is little room
};

std::vector<Evidence> evidence_of(const Finding& finding, const Identity& identity);

// "#2 mm_malloc(40) -> +0x0a0..+0x0c8, live"
std::string life_of(const BlockHistory& history, const std::vector<BlockHistory>& all,
                    const Finding& finding);

}  // namespace heapjudge
