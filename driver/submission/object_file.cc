// The door to libelf.
#include "submission/object_file.h"

#include <fcntl.h>
#include <gelf.h>
#include <unistd.h>

#include <stdexcept>

namespace heapjudge {
namespace {

class ElfFile {
 public:
  explicit ElfFile(const std::filesystem::path& file) : fd_{::open(file.c_str(), O_RDONLY | O_CLOEXEC)} {
    elf_version(EV_CURRENT);
    elf_ = fd_ < 0 ? nullptr : elf_begin(fd_, ELF_C_READ_MMAP, nullptr);
    if (elf_ != nullptr && elf_kind(elf_) == ELF_K_ELF) return;
    close();
    throw std::runtime_error(file.string() + ": not an ELF file");
  }
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;
  ~ElfFile() { close(); }

  Elf* get() const { return elf_; }

 private:
  void close() {
    if (elf_ != nullptr) elf_end(elf_);
    if (fd_ >= 0) ::close(fd_);
  }

  int fd_;
  Elf* elf_ = nullptr;
};

// Lists that the loader walks through, and its own notes.
bool is_for_the_loader(const GElf_Shdr& section) {
  return section.sh_type == SHT_INIT_ARRAY || section.sh_type == SHT_FINI_ARRAY ||
         section.sh_type == SHT_PREINIT_ARRAY || section.sh_type == SHT_DYNAMIC;
}

// Constant once the loader has filled in addresses. Libraries are linked with -z relro, so that a variable
// put there by name cannot be written and is worth nothing as a hiding place.
bool is_sealed_by_the_loader(const std::string& name) {
  return name.starts_with(".data.rel.ro") || name == ".ctors" || name == ".dtors" || name == ".eh_frame";
}

bool is_written_at_run_time(Elf* elf, std::size_t names, const GElf_Shdr& section) {
  if ((section.sh_flags & SHF_ALLOC) == 0 || (section.sh_flags & SHF_WRITE) == 0) return false;
  const char* name = elf_strptr(elf, names, section.sh_name);
  return !is_for_the_loader(section) && !is_sealed_by_the_loader(name != nullptr ? name : "");
}

class Reader {
 public:
  explicit Reader(Elf* elf) : elf_{elf} { elf_getshdrstrndx(elf_, &section_names_); }

  ObjectFile read() {
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf_, section)) != nullptr;) {
      GElf_Shdr header;
      if (gelf_getshdr(section, &header) == nullptr) continue;
      if (is_written_at_run_time(elf_, section_names_, header)) object_.writable_bytes += header.sh_size;
      if (header.sh_type == SHT_SYMTAB || header.sh_type == SHT_DYNSYM) read_symbols(section, header);
    }
    return std::move(object_);
  }

 private:
  void read_symbols(Elf_Scn* section, const GElf_Shdr& header) {
    Elf_Data* data = elf_getdata(section, nullptr);
    if (data == nullptr || header.sh_entsize == 0) return;
    const auto count = static_cast<int>(header.sh_size / header.sh_entsize);
    for (int i = 1; i < count; ++i) {
      GElf_Sym symbol;
      if (gelf_getsym(data, i, &symbol) == nullptr) continue;
      const char* name = elf_strptr(elf_, header.sh_link, symbol.st_name);
      if (name != nullptr && *name != '\0') add(name, symbol);
    }
  }

  void add(const char* name, const GElf_Sym& symbol) {
    const int type = GELF_ST_TYPE(symbol.st_info);
    const bool global = GELF_ST_BIND(symbol.st_info) != STB_LOCAL;
    const bool visible = GELF_ST_VISIBILITY(symbol.st_other) == STV_DEFAULT;
    if (symbol.st_shndx == SHN_UNDEF) {
      object_.undefined.emplace_back(name);
    } else if (symbol.st_shndx == SHN_COMMON) {
      object_.variables.push_back({name, symbol.st_size, true});
    } else if (type == STT_FUNC || type == STT_GNU_IFUNC) {
      object_.functions.push_back({name, symbol.st_value, symbol.st_size, global && visible});
    } else if ((type == STT_OBJECT || type == STT_TLS) && in_writable_section(symbol)) {
      object_.variables.push_back({name, symbol.st_size, false});
    }
  }

  bool in_writable_section(const GElf_Sym& symbol) const {
    GElf_Shdr header;
    Elf_Scn* section = elf_getscn(elf_, symbol.st_shndx);
    return section != nullptr && gelf_getshdr(section, &header) != nullptr &&
           is_written_at_run_time(elf_, section_names_, header);
  }

  Elf* elf_;
  std::size_t section_names_ = 0;
  ObjectFile object_;
};

}  // namespace

ObjectFile read_object(const std::filesystem::path& file) {
  const ElfFile elf(file);
  return Reader(elf.get()).read();
}

}  // namespace heapjudge
