// Theory of operation: the objects of the submission's own sources tell what the student uses and keeps (the
// library also holds what the toolchain added); the library tells what can be called; its debug information
// tells how. Where no objects lie beside a library, the library stands for them.
#include "submission/inspect.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "submission/build.h"
#include "submission/debug_data.h"
#include "submission/demangle.h"
#include "submission/object_file.h"
#include "submission/signature_check.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::vector<ObjectFile> own_objects(const fs::path& library) {
  std::vector<ObjectFile> objects;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(objects_dir_of(library), error)) {
    if (entry.path().extension() == ".o") objects.push_back(read_object(entry.path()));
  }
  if (objects.empty()) objects.push_back(read_object(library));
  return objects;
}

std::set<std::string> exported_functions(const ObjectFile& library) {
  std::set<std::string> names;
  for (const DefinedFunction& function : library.functions) {
    if (function.exported) names.insert(function.name);
  }
  return names;
}

// Needed from outside: not defined in another source of the submission.
std::set<std::string> used_from_outside(const std::vector<ObjectFile>& objects) {
  std::set<std::string> names;
  for (const ObjectFile& object : objects) names.insert(object.undefined.begin(), object.undefined.end());
  for (const ObjectFile& object : objects) {
    for (const DefinedFunction& function : object.functions) {
      if (function.exported) names.erase(function.name);
    }
  }
  return names;
}

// C++'s ways to say malloc.
bool is_operator_new(const std::string& name) {
  return name.starts_with("_Znw") || name.starts_with("_Zna");
}

std::vector<StaticFinding> forbidden_uses(const std::vector<ObjectFile>& objects,
                                          const InspectSettings& settings) {
  const auto& forbidden = settings.forbidden_functions;
  const auto is_forbidden = [&](const std::string& name) {
    return std::find(forbidden.begin(), forbidden.end(), is_operator_new(name) ? "malloc" : name) !=
           forbidden.end();
  };
  std::vector<StaticFinding> findings;
  for (const std::string& name : used_from_outside(objects)) {
    if (!is_forbidden(name)) continue;
    const std::string shown = is_operator_new(name) ? "operator new" : name;
    findings.push_back(
        {Fault::kForbiddenFunction, shown,
         "the submission calls " + shown + ", which is not allowed: its memory comes from mem_sbrk"});
  }
  return findings;
}

struct GlobalData {
  std::uint64_t bytes = 0;
  StaticVariable largest;
};

GlobalData global_data(const std::vector<ObjectFile>& objects) {
  GlobalData data;
  std::map<std::string, std::uint64_t> common;
  for (const ObjectFile& object : objects) {
    data.bytes += object.writable_bytes;
    for (const StaticVariable& variable : object.variables) {
      if (variable.bytes > data.largest.bytes) data.largest = variable;
      if (variable.is_common) common[variable.name] = std::max(common[variable.name], variable.bytes);
    }
  }
  for (const auto& [name, bytes] : common) data.bytes += bytes;
  return data;
}

// gcc numbers the statics of functions: "heap.0".
std::string variable_name(const std::string& symbol) {
  return symbol.starts_with("_Z") ? demangle(symbol) : symbol.substr(0, symbol.find('.', 1));
}

StaticFinding too_much_data(const GlobalData& data, std::uint64_t allowed) {
  const std::string name = variable_name(data.largest.name);
  return {
      Fault::kTooMuchGlobalData, name.empty() ? std::to_string(data.bytes) : name,
      std::to_string(data.bytes) + " bytes of global data, " + std::to_string(allowed) + " are allowed" +
          (name.empty() ? "" : "; the largest is " + name + " with " + std::to_string(data.largest.bytes))};
}

StaticFinding missing(const std::string& name, const std::set<std::string>& exported) {
  const auto is_mangled = [&](const std::string& symbol) {
    return symbol.starts_with("_Z") && demangle(symbol).starts_with(name + "(");
  };
  const bool mangled = std::any_of(exported.begin(), exported.end(), is_mangled);
  return {Fault::kBadSignature, name,
          mangled ? name + " is a C++ function: declare it extern \"C\"" : name + " is not defined"};
}

class Inspector {
 public:
  Inspector(const fs::path& library, const InspectSettings& settings)
      : settings_{settings}, exported_{exported_functions(read_object(library))} {
    for (const Signature& signature : DebugData(library).signatures())
      signatures_.emplace(signature.name, signature);
  }

  Inspection inspect(const std::vector<ObjectFile>& objects) {
    require("init", Role::kInit);
    require("malloc", Role::kMalloc);
    require("free", Role::kFree);
    result_.has_realloc = offers("realloc", Role::kRealloc);
    result_.has_calloc = offers("calloc", Role::kCalloc);
    result_.aligned_function = aligned_function();
    result_.checker = own_checker();
    for (const std::string& verb : settings_.required_functions) require_present(verb);
    result_.init = init_convention();
    for (StaticFinding& finding : forbidden_uses(objects, settings_))
      result_.findings.push_back(std::move(finding));
    const GlobalData data = global_data(objects);
    result_.global_bytes = data.bytes;
    if (data.bytes > settings_.max_global_bytes) {
      result_.findings.push_back(too_much_data(data, settings_.max_global_bytes));
    }
    return std::move(result_);
  }

 private:
  bool has(const std::string& name) const { return exported_.contains(name); }

  const Signature* signature_of(const std::string& name) const {
    const auto found = signatures_.find(name);
    return found != signatures_.end() ? &found->second : nullptr;
  }

  void require(const std::string& verb, Role role) {
    if (!offers(verb, role)) result_.findings.push_back(missing(settings_.prefix + verb, exported_));
  }

  // What is there with another signature was told already, and so were init, malloc and free.
  void require_present(const std::string& verb) {
    const std::string name = settings_.prefix + verb;
    const auto is_told = [&](const StaticFinding& finding) { return finding.subject == name; };
    if (has(name) || std::any_of(result_.findings.begin(), result_.findings.end(), is_told)) return;
    result_.findings.push_back(missing(name, exported_));
  }

  bool offers(const std::string& verb, Role role) {
    const std::string name = settings_.prefix + verb;
    if (!has(name)) return false;
    const Signature* signature = signature_of(name);
    const auto complaint = signature != nullptr ? disagreement(*signature, role) : std::nullopt;
    if (complaint) result_.findings.push_back({Fault::kBadSignature, name, name + " " + *complaint});
    return true;
  }

  // Optional, and its name not reserved, so one of another signature is no offence: it is not called.
  std::string aligned_function() const {
    for (const char* verb : {"memalign", "aligned_alloc"}) {
      const std::string name = settings_.prefix + verb;
      const Signature* signature = signature_of(name);
      if (has(name) && (signature == nullptr || !disagreement(*signature, Role::kAligned))) return name;
    }
    return {};
  }

  // Nobody prescribes its name or its type, and to call one with what it does not take could crash it.
  OwnChecker own_checker() const {
    for (const std::string& name : {settings_.prefix + "checkheap", settings_.prefix + "check_heap",
                                    settings_.prefix + "heapcheck", settings_.prefix + "heap_check",
                                    settings_.prefix + "check", std::string("checkheap"), std::string("check_heap")}) {
      if (!has(name)) continue;
      const Signature* signature = signature_of(name);
      if (signature == nullptr) return {.not_called = name + " has no debug information that tells its type"};
      if (const auto why = reason_not_to_call(*signature)) return {.not_called = name + " " + *why};
      return {.function = name, .result_bytes = signature->result_bytes};
    }
    return {};
  }

  InitConvention init_convention() const {
    const Signature* init = signature_of(settings_.prefix + "init");
    const bool is_bool = init != nullptr && init->result == ValueKind::kBool;
    return is_bool ? InitConvention::kTrueIsSuccess : InitConvention::kZeroIsSuccess;
  }

  const InspectSettings& settings_;
  std::set<std::string> exported_;
  std::map<std::string, Signature> signatures_;
  Inspection result_;
};

}  // namespace

Inspection inspect(const fs::path& library, const InspectSettings& settings) {
  return Inspector(library, settings).inspect(own_objects(library));
}

}  // namespace heapjudge
