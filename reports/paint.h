// Colours for a terminal; widths are measured before painting.
#pragma once

#include <string>
#include <string_view>

namespace heapjudge {

class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}

  std::string good(std::string_view text) const { return with("32", text); }
  std::string bad(std::string_view text) const { return with("1;31", text); }
  std::string doubtful(std::string_view text) const { return with("33", text); }
  std::string strong(std::string_view text) const { return with("1", text); }
  std::string quiet(std::string_view text) const { return with("2", text); }

 private:
  std::string with(std::string_view code, std::string_view text) const {
    if (!on_ || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }

  bool on_;
};

}  // namespace heapjudge
