// Specs of generated traces as YAML files; traces/README.md describes them.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "generate/spec.h"

namespace heapjudge {

// Parses a spec. `changes` are `key=value`, where key is a path through the file (phases.0.stream.requests,
// lists counted from 0) and value is YAML; they are made before anything is read. A spec without a name is
// called as its file. Throws InputError with `name:line:column: what was expected`.
Spec parse_spec(const std::filesystem::path& file, std::string_view yaml,
                std::span<const std::string> changes = {});
Spec load_spec(const std::filesystem::path& file, std::span<const std::string> changes = {});

}  // namespace heapjudge
