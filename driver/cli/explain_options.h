// The options of `heapjudge explain`.
#pragma once

#include <string>

#include "cli/option_table.h"

namespace heapjudge {

struct ExplainOptions {
  std::string code;  // empty: all of them
};

CommandRow explain_row();
ExplainOptions read_explain_options(const Given& given);

}  // namespace heapjudge
