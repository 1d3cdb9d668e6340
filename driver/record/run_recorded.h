// Runs a program with the recorder inside.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "record/log_file.h"

namespace heapjudge {

// What a build has made; throws std::runtime_error when it is not there, or where the loader could not be
// told of it: LD_PRELOAD divides its paths at blanks and colons.
std::filesystem::path recorder_library();

struct RecordedCommand {
  std::filesystem::path program;
  std::vector<std::string> words;  // the first is what the program is called by
};

struct ProgramEnd {
  int exit_status = 0;
  int signal = 0;  // 0 for a program that ended by itself
};

// Runs it with our streams, environment and working folder, and waits for it, but not for its children.
// `started` is called with its process id. Throws std::runtime_error when it cannot be started.
ProgramEnd run_recorded(const RecordedCommand& command, const std::filesystem::path& recorder, LogFile& log,
                        const std::function<void(pid_t)>& started);

}  // namespace heapjudge
