// The door to libdw.
#include "submission/debug_data.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <unistd.h>

#include <optional>

#include "submission/demangle.h"

namespace heapjudge {

struct DebugData::Handle {
  int fd = -1;
  Dwarf* dwarf = nullptr;

  ~Handle() {
    if (dwarf != nullptr) dwarf_end(dwarf);
    if (fd >= 0) ::close(fd);
  }
};

namespace {

template <typename Visit>
void for_each_unit(Dwarf* dwarf, Visit visit) {
  Dwarf_CU* unit = nullptr;
  Dwarf_Die die;
  std::uint8_t unit_type = 0;
  while (dwarf != nullptr && dwarf_get_units(dwarf, unit, &unit, nullptr, &unit_type, &die, nullptr) == 0)
    visit(die);
}

template <typename Visit>
void for_each_child(Dwarf_Die parent, Visit visit) {
  Dwarf_Die child;
  if (dwarf_child(&parent, &child) != 0) return;
  do {
    visit(child);
  } while (dwarf_siblingof(&child, &child) == 0);
}

std::string text_of(Dwarf_Die die, unsigned attribute) {
  Dwarf_Attribute found;
  const char* text = dwarf_formstring(dwarf_attr_integrate(&die, attribute, &found));
  return text != nullptr ? text : "";
}

bool flag_of(Dwarf_Die die, unsigned attribute) {
  Dwarf_Attribute found;
  bool value = false;
  return dwarf_formflag(dwarf_attr_integrate(&die, attribute, &found), &value) == 0 && value;
}

std::size_t number_of(Dwarf_Die die, unsigned attribute) {
  Dwarf_Attribute found;
  Dwarf_Word value = 0;
  return dwarf_formudata(dwarf_attr(&die, attribute, &found), &value) == 0 ? value : 0;
}

ValueKind kind_of_base(Dwarf_Die type) {
  switch (number_of(type, DW_AT_encoding)) {
    case DW_ATE_boolean:
      return ValueKind::kBool;
    case DW_ATE_signed:
    case DW_ATE_unsigned:
    case DW_ATE_signed_char:
    case DW_ATE_unsigned_char:
      return ValueKind::kInteger;
    default:
      return ValueKind::kOther;
  }
}

// What `die` (a function or a parameter) is declared with, typedefs looked through; none: void, const void and the like.
std::optional<Dwarf_Die> type_of(Dwarf_Die die) {
  Dwarf_Attribute attribute;
  Dwarf_Die type;
  if (dwarf_formref_die(dwarf_attr_integrate(&die, DW_AT_type, &attribute), &type) == nullptr) return std::nullopt;
  if (dwarf_peel_type(&type, &type) != 0) return std::nullopt;
  return type;
}

ValueKind kind_of(Dwarf_Die die) {
  const std::optional<Dwarf_Die> declared = type_of(die);
  if (!declared) return ValueKind::kVoid;
  Dwarf_Die type = *declared;
  switch (dwarf_tag(&type)) {
    case DW_TAG_pointer_type:
    case DW_TAG_reference_type:
      return ValueKind::kPointer;
    case DW_TAG_enumeration_type:
      return ValueKind::kInteger;
    case DW_TAG_base_type:
      return kind_of_base(type);
    default:
      return ValueKind::kOther;
  }
}

bool defines_plain_function(Dwarf_Die die) {
  const std::string linkage = text_of(die, DW_AT_linkage_name);
  const char* name = dwarf_diename(&die);
  return dwarf_tag(&die) == DW_TAG_subprogram && name != nullptr && flag_of(die, DW_AT_external) &&
         dwarf_hasattr(&die, DW_AT_declaration) == 0 && dwarf_hasattr(&die, DW_AT_abstract_origin) == 0 &&
         (linkage.empty() || linkage == name);
}

std::size_t result_bytes_of(Dwarf_Die function) {
  return is_number(kind_of(function)) ? number_of(*type_of(function), DW_AT_byte_size) : 0;
}

Signature signature_of(Dwarf_Die die) {
  Signature signature{.name = dwarf_diename(&die), .result = kind_of(die), .parameters = {}};
  signature.result_bytes = result_bytes_of(die);
  signature.prototyped = flag_of(die, DW_AT_prototyped);
  for_each_child(die, [&](Dwarf_Die child) {
    if (dwarf_tag(&child) == DW_TAG_formal_parameter) signature.parameters.push_back(kind_of(child));
  });
  return signature;
}

void collect_signatures(Dwarf_Die scope, std::vector<Signature>& signatures) {
  for_each_child(scope, [&](Dwarf_Die child) {
    if (dwarf_tag(&child) == DW_TAG_namespace) collect_signatures(child, signatures);
    if (defines_plain_function(child)) signatures.push_back(signature_of(child));
  });
}

// The functions around pc, outermost first: one in the text of the library, then those inlined into it.
void collect_calls(Dwarf_Die scope, std::uint64_t pc, std::vector<Dwarf_Die>& calls) {
  for_each_child(scope, [&](Dwarf_Die child) {
    const int tag = dwarf_tag(&child);
    const bool is_call = tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
    if (tag == DW_TAG_namespace) return collect_calls(child, pc, calls);
    if ((!is_call && tag != DW_TAG_lexical_block) || dwarf_haspc(&child, pc) != 1) return;
    if (is_call) calls.push_back(child);
    collect_calls(child, pc, calls);
  });
}

std::string function_name(Dwarf_Die call) {
  const std::string linkage = text_of(call, DW_AT_linkage_name);
  if (!linkage.empty()) return demangle(linkage);
  const char* name = dwarf_diename(&call);
  return name != nullptr ? name : "";
}

// libdw joins relative names with the folder that the compiler ran in.
std::string as_given(Dwarf_Die unit, const char* file) {
  const std::string path = file != nullptr ? file : "";
  const std::string folder = text_of(unit, DW_AT_comp_dir) + "/";
  const bool given_absolute = text_of(unit, DW_AT_name).starts_with('/');
  return !given_absolute && path.starts_with(folder) ? path.substr(folder.size()) : path;
}

SourceFrame line_at(Dwarf_Die unit, std::uint64_t pc) {
  SourceFrame frame;
  Dwarf_Line* line = dwarf_getsrc_die(&unit, pc);
  int number = 0;
  if (line == nullptr || dwarf_lineno(line, &number) != 0 || number <= 0) return frame;
  frame.file = as_given(unit, dwarf_linesrc(line, nullptr, nullptr));
  frame.line = static_cast<std::size_t>(number);
  int column = 0;
  if (dwarf_linecol(line, &column) == 0 && column > 0) frame.column = static_cast<std::size_t>(column);
  return frame;
}

SourceFrame call_site(Dwarf_Die unit, Dwarf_Die inlined) {
  SourceFrame frame;
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  const std::size_t file = number_of(inlined, DW_AT_call_file);
  if (dwarf_getsrcfiles(&unit, &files, &count) == 0 && file < count) {
    frame.file = as_given(unit, dwarf_filesrc(files, file, nullptr, nullptr));
  }
  frame.line = number_of(inlined, DW_AT_call_line);
  frame.column = number_of(inlined, DW_AT_call_column);
  return frame;
}

std::vector<SourceFrame> frames_in(Dwarf_Die unit, std::uint64_t pc) {
  std::vector<Dwarf_Die> calls;
  collect_calls(unit, pc, calls);
  std::vector<SourceFrame> frames{line_at(unit, pc)};
  for (std::size_t i = calls.size(); i-- > 0;) {
    frames.back().function = function_name(calls[i]);
    if (i > 0) frames.push_back(call_site(unit, calls[i]));
  }
  return frames;
}

}  // namespace

DebugData::DebugData(const std::filesystem::path& library) : handle_{std::make_unique<Handle>()} {
  handle_->fd = ::open(library.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle_->fd >= 0) handle_->dwarf = dwarf_begin(handle_->fd, DWARF_C_READ);
}

DebugData::~DebugData() = default;

std::vector<Signature> DebugData::signatures() const {
  std::vector<Signature> signatures;
  for_each_unit(handle_->dwarf, [&](Dwarf_Die unit) { collect_signatures(unit, signatures); });
  return signatures;
}

std::vector<SourceFrame> DebugData::frames_at(std::uint64_t pc) const {
  std::vector<SourceFrame> frames;
  for_each_unit(handle_->dwarf, [&](Dwarf_Die unit) {
    if (frames.empty() && dwarf_haspc(&unit, pc) == 1) frames = frames_in(unit, pc);
  });
  return frames;
}

}  // namespace heapjudge
