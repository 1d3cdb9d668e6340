// What is wrong with a file that an operator gave us: `name:line:column: what`.
#pragma once

#include <stdexcept>
#include <string>

namespace heapjudge {

// Thrown for any bad input (trace, rubric, option); caught once, in main, which prints what() and exits 2.
// The text is one line that starts with the place: "name:line:column: what", or "name: what" for a file as
// a whole.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace heapjudge
