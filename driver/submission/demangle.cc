// By the C++ runtime's own demangler.
#include "submission/demangle.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

namespace heapjudge {

std::string demangle(const std::string& name) {
  if (!name.starts_with("_Z")) return name;
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(
      abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &std::free);
  return text != nullptr ? std::string(text.get()) : name;
}

}  // namespace heapjudge
