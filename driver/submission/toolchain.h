// The compiler of a submission: how it is called, and what its words mean.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "submission/build.h"

namespace heapjudge {

// One way to build: the settings as asked, or with a known way out of a failure.
struct Toolchain {
  std::string compiler;       // for C
  bool gnu89_inline = false;  // C sources get -fgnu89-inline

  bool is_clang() const;
  std::string cxx_compiler() const;  // g++-12 for gcc-12
  std::string other() const;         // gcc for clang, clang for gcc
  std::string name() const;          // "gcc", without folders
};

enum class Diagnostics {
  kCounted,  // one line each, warnings included: to be counted, not shown
  kShown     // for people: errors with the source lines and notes, no warnings
};

// Flags as a person would write them: "-std=gnu17 -O2 -g -DDRIVER".
std::vector<std::string> flags_of(const BuildSettings& settings, bool cxx);

struct CompileStep {
  std::filesystem::path source;
  std::filesystem::path object;
  std::vector<std::filesystem::path> include_dirs;
  std::filesystem::path our_include_dir;
};
std::vector<std::string> compile_command(const Toolchain& toolchain, const BuildSettings& settings,
                                         const CompileStep& step, Diagnostics diagnostics);

struct LinkStep {
  std::vector<std::filesystem::path> objects;
  std::filesystem::path library;
  std::filesystem::path memlib;
  bool cxx = false;
};
std::vector<std::string> link_command(const Toolchain& toolchain, const BuildSettings& settings,
                                      const LinkStep& step);

// The command as it could be typed into a shell.
std::string to_shell(const std::vector<std::string>& command);

// Warnings that a pointer is cut to a smaller integer or made from one.
std::size_t count_pointer_casts(const std::string& output);

// What is shown of a tool's output: at most `max_lines` lines of at most 500 bytes without control
// characters, then one that tells how many more there were.
std::string presentable(const std::string& output, std::size_t max_lines);

}  // namespace heapjudge
