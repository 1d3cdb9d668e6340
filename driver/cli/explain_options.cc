// The rows of `explain`, and what they mean.
#include "cli/explain_options.h"

namespace heapjudge {

CommandRow explain_row() {
  return {.name = "explain",
          .text = "a rule in words, with the usual causes",
          .options = {{.name = "code", .value = "CODE", .text = "such as E103; all of them when left out"}}};
}

ExplainOptions read_explain_options(const Given& given) {
  return {.code = given.text("code").value_or("")};
}

}  // namespace heapjudge
