// The words for the fuzz part of a grade, which all formats share.
#pragma once

#include <string>
#include <vector>

#include "judge/fuzz_part.h"
#include "judge/grade.h"
#include "reports/report.h"

namespace heapjudge {

std::string fuzz_title_of(const FuzzPart& part);   // "fuzz, 10 000 inputs, seed 1"
std::string fuzz_result_of(const FuzzPart& part);  // "2 findings"; "-" when there was no hunt
std::string fuzz_amount_of(const FuzzPart& part);  // "-6.0 of -20"; empty when there was no hunt, or it costs nothing

// What else is to be said: why there was no hunt, what it did without, which findings cost nothing. Not yet printable.
std::vector<std::string> fuzz_remarks_of(const FuzzPart& part);

// "E103 in mm_malloc", printable; the same for no two findings of a part.
std::string fuzz_name_of(const FuzzFinding& finding);

// How else it shows: "E301 in remove_free, E103 in mm_malloc", printable; empty when in one way alone.
std::string symptoms_of(const std::vector<Symptom>& symptoms);

// "; also seen as ...", to stand after a sentence about the finding; or nothing.
std::string and_symptoms_of(const FuzzFinding& finding);

// Whether it makes the submission incorrect.
bool decides(const FuzzPart& part, const FuzzFinding& finding);

// The finding in the anatomy of a failure, with what no replay can show.
std::string text_of_finding(const FuzzFinding& finding, const Identity& identity, const TextStyle& style);

}  // namespace heapjudge
