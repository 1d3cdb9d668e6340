// Compiles a submission, as it is, into a library that the student process loads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace heapjudge {

enum class Abi : std::uint8_t { kLp64, kIlp32 };

struct BuildSettings {
  std::string compiler = "gcc";    // for C; the C++ one is found from it (gcc: g++, clang: clang++)
  std::string standard = "gnu17";  // for C sources
  std::string cxx_standard = "gnu++20";
  std::vector<std::string> flags = {"-O2", "-g"};
  std::vector<std::string> definitions = {"DRIVER"};
  std::vector<std::string> link_flags = {};  // for the linker alone, beside `flags`
  Abi abi = Abi::kLp64;
  double seconds = 60;  // for the whole build; a compiler that takes longer is stopped
};

struct BuildPlaces {
  std::filesystem::path include_dir;  // our mm.h, memlib.h, config.h; searched after the submission's own
  std::filesystem::path memlib;       // the memlib library of this ABI, to link against
  std::filesystem::path scratch_dir;  // exists; objects and the library go here
  // The compiler reads nothing but the submission's folders, these places and the system's own files, where
  // the kernel has Landlock (a note says when not): neither #include nor .incbin nor a symbolic link gets at
  // hidden traces. A submission that needs "../other/file.h" from outside of its folders does not build then.
  bool confined = false;
};

struct Built {
  std::filesystem::path library;
  std::vector<std::filesystem::path> sources;
  std::string compiler;  // "gcc 12.2.0"
  std::string flags;     // "-O2 -g ...", as a person would write them
  double seconds = 0;
  std::size_t pointer_cast_warnings = 0;  // pointers squeezed into smaller integers: a 32-bit habit
  std::vector<std::string> notes;  // "memlib.c left out: Heapjudge brings its own", "needed -fgnu89-inline"
};

struct BuildFailed {
  std::string command;      // the one that failed
  std::string diagnostics;  // the compiler's or linker's own lines, at most 200
};

// Where build() leaves the objects of the submission's own sources, beside the library that it makes of them
// and of what the toolchain adds. inspect() reads these, so that libstdc++ is never held against a student.
std::filesystem::path objects_dir_of(const std::filesystem::path& library);

// `submission`: files, or one folder whose sources are taken. Files of a course's driver (memlib.c,
// mdriver.c,
// ...) are left out. When the build fails as asked, known ways out are tried (-fgnu89-inline, the other
// compiler, mm.c alone where the other sources of a folder do not build with it); the diagnostics are those
// of the first try. Throws InputError for what is not a submission (missing, empty, a binary, a folder
// without sources), and std::runtime_error when the compiler is missing.
std::variant<Built, BuildFailed> build(const std::vector<std::filesystem::path>& submission,
                                       const BuildSettings& settings, const BuildPlaces& places);

}  // namespace heapjudge
