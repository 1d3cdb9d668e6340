// What an ELF file defines, uses and keeps in static data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace heapjudge {

struct StaticVariable {
  std::string name;
  std::uint64_t bytes = 0;
  bool is_common = false;  // a tentative definition: those of one name are one variable
};

struct DefinedFunction {
  std::string name;
  std::uint64_t address = 0;
  std::uint64_t bytes = 0;
  bool exported = false;  // visible to other files
};

struct ObjectFile {
  std::vector<DefinedFunction> functions;
  std::vector<std::string> undefined;     // names it needs from elsewhere
  std::vector<StaticVariable> variables;  // writable
  std::uint64_t writable_bytes = 0;       // of its sections; common variables are not among them
};

// Reads an object or a shared library, of 32 or 64 bit. Throws std::runtime_error when it is no ELF file.
ObjectFile read_object(const std::filesystem::path& file);

}  // namespace heapjudge
