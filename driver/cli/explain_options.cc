// The rows of `explain`, and what they mean.
#include "cli/explain_options.h"

#include "oracle/fault.h"

namespace heapjudge {
namespace {

std::vector<std::string> codes() {
  std::vector<std::string> words;
  for (const Fault fault : all_faults()) words.push_back(code_of(fault));
  return words;
}

}  // namespace

CommandRow explain_row() {
  return {.name = "explain",
          .text = "a rule in words, with the usual causes",
          .options = {{.name = "code",
                       .value = "CODE",
                       .text = "such as E103; all of them when left out",
                       .words = codes}}};
}

ExplainOptions read_explain_options(const Given& given) {
  return {.code = given.text("code").value_or("")};
}

}  // namespace heapjudge
