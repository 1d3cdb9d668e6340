// Lenient where real hand-ins differ and calls work all the same; strict where a call would go wrong.
#include "submission/signature_check.h"

#include <vector>

namespace heapjudge {
namespace {

struct Expected {
  bool pointer_result = false;
  std::vector<ValueKind> parameters;
  const char* shown = "";
};

Expected expected_of(Role role) {
  using enum ValueKind;
  switch (role) {
    case Role::kInit:
      return {false, {}, "()"};
    case Role::kMalloc:
      return {true, {kInteger}, "(size)"};
    case Role::kFree:
      return {false, {kPointer}, "(block)"};
    case Role::kRealloc:
      return {true, {kPointer, kInteger}, "(block, size)"};
    case Role::kCalloc:
      return {true, {kInteger, kInteger}, "(count, size)"};
    case Role::kAligned:
      return {true, {kInteger, kInteger}, "(alignment, size)"};
  }
  return {};
}

std::string count_of(std::size_t parameters) {
  if (parameters == 0) return "no parameter";
  return std::to_string(parameters) + (parameters == 1 ? " parameter" : " parameters");
}

// One course hands mm_init the address of a table of ranges; NULL is passed there.
bool is_accepted_init(const Signature& signature) {
  return signature.parameters.empty() ||
         (signature.parameters.size() == 1 && signature.parameters.front() == ValueKind::kPointer);
}

const char* wanted(ValueKind kind) {
  return kind == ValueKind::kPointer ? "a pointer" : "an integer";
}

}  // namespace

std::optional<std::string> disagreement(const Signature& signature, Role role) {
  const Expected expected = expected_of(role);
  if (role == Role::kInit) {
    if (is_accepted_init(signature)) return std::nullopt;
    return "takes " + count_of(signature.parameters.size()) + "; none is expected";
  }
  if (expected.pointer_result && signature.result != ValueKind::kPointer) return "does not return a pointer";
  if (signature.parameters.empty() && !signature.prototyped) return std::nullopt;
  if (signature.parameters.size() != expected.parameters.size()) {
    return "takes " + count_of(signature.parameters.size()) + "; " + count_of(expected.parameters.size()) +
           " expected: " + expected.shown;
  }
  for (std::size_t i = 0; i < expected.parameters.size(); ++i) {
    if (signature.parameters[i] == expected.parameters[i]) continue;
    return "has parameter " + std::to_string(i + 1) + " of another kind; " + wanted(expected.parameters[i]) +
           " is expected: " + expected.shown;
  }
  return std::nullopt;
}

std::optional<std::string> reason_not_to_call(const Signature& checker) {
  if (checker.parameters.size() > 1) return "takes " + count_of(checker.parameters.size());
  if (checker.parameters.size() == 1 && !is_number(checker.parameters.front())) return "takes no number";
  if (checker.result != ValueKind::kVoid && !is_number(checker.result)) return "does not return a number";
  return std::nullopt;
}

}  // namespace heapjudge
