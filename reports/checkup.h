// What `heapjudge doctor` found, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "judge/checkup.h"
#include "reports/report.h"

namespace heapjudge {

std::string text_of(const std::vector<Checkup>& checkups, const TextStyle& style);

// "schema": "heapjudge-doctor/1", then "can_grade", and "parts" with the members of Checkup.
std::string json_of(const std::vector<Checkup>& checkups);

}  // namespace heapjudge
