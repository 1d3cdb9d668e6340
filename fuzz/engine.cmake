# Fuzzing: what runs beside a submission in the fuzzer's process, and what starts it and judges what it proposes.

# In the place of memlib. As memlib, it does without the C++ runtime.
add_library(heapjudge_guard SHARED
  guard/callbacks.cc guard/escape.cc guard/private_heap.cc guard/wrapped_calls.cc
  ${PROJECT_SOURCE_DIR}/driver/student/memlib.cc ${PROJECT_SOURCE_DIR}/driver/student/mapped_area.cc)
target_include_directories(heapjudge_guard
  PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/driver ${PROJECT_SOURCE_DIR}/driver/student/include)
target_compile_options(heapjudge_guard PRIVATE -Wall -Wextra -Wshadow -fno-exceptions -fno-rtti -fno-threadsafe-statics)
set_target_properties(heapjudge_guard PROPERTIES
  LINKER_LANGUAGE C LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/student)

heapjudge_library(guarded_subject
  SOURCES guarded_subject.cc escape_ending.cc static_data.cc
  USES heapjudge_subject
  PACKAGES heapjudge_server heapjudge_guard ${CMAKE_DL_LIBS})

heapjudge_library(guarded_build
  SOURCES guarded_build.cc
  USES heapjudge_session heapjudge_submission heapjudge_subject)
add_dependencies(heapjudge_guarded_build heapjudge_guard)

heapjudge_library(hunter
  SOURCES hunter.cc observation.cc offered_steps.cc
  USES heapjudge_guarded_subject heapjudge_fuzz_input heapjudge_judge)

heapjudge_library(engine SOURCES engine.cc USES heapjudge_fuzz_input)

# libFuzzer comes with clang, and is linked in whatever compiles Heapjudge.
find_program(HEAPJUDGE_CLANG clang)
if(HEAPJUDGE_CLANG)
  execute_process(COMMAND ${HEAPJUDGE_CLANG} --print-runtime-dir
    OUTPUT_VARIABLE runtime_dir OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  find_library(HEAPJUDGE_LIBFUZZER NAMES clang_rt.fuzzer_no_main-x86_64 PATHS ${runtime_dir} NO_DEFAULT_PATH)
endif()
set(guiding guided_fuzz.cc custom_mutator.cc)
if(NOT HEAPJUDGE_LIBFUZZER)
  set(guiding unguided.cc)
  message(WARNING "libFuzzer is missing: fuzzing will not be guided by coverage")
endif()

# What a hunt does all the time, once more and as one file, so that the compiler sees across the floors: some 7 % faster,
# as with link-time optimization. A program that is linked with it takes nothing of these files from their floors.
add_library(heapjudge_hot OBJECT
  decode_input.cc generator.cc guarded_subject.cc hunter.cc input_format.cc live_choice.cc motifs.cc motifs_beyond.cc
  mutate.cc observation.cc repertoire.cc size_source.cc static_data.cc)
foreach(part judge/books judge/command_plan judge/mapped_heap judge/own_checks judge/payload_check judge/replay
             judge/reply_rules oracle/block_order oracle/range_set oracle/shadow_heap oracle/shadow_state student/server
             trace/live_blocks trace/trace wire/payload_pattern)
  target_sources(heapjudge_hot PRIVATE ${PROJECT_SOURCE_DIR}/driver/${part}.cc)
endforeach()
target_link_libraries(heapjudge_hot PRIVATE heapjudge_plain_options)
# Position independent as a program is: as in a library, gcc would take each function for one that may be replaced.
target_compile_options(heapjudge_hot PRIVATE -fPIE $<$<CONFIG:Release>:-O3>)
set_target_properties(heapjudge_hot PROPERTIES
  UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0 POSITION_INDEPENDENT_CODE OFF)

# The fuzzing process. Nothing of libFuzzer may be seen by a submission: its counters are the guard's to announce.
add_executable(heapjudge_fuzz_host submission_host.cc ${PROJECT_SOURCE_DIR}/driver/student/confine.cc ${guiding})
heapjudge_plain(hunting heapjudge_options heapjudge_hot heapjudge_hunter heapjudge_engine heapjudge_guarded_subject)
target_link_libraries(heapjudge_fuzz_host
  PRIVATE ${hunting} Threads::Threads $<$<BOOL:${HEAPJUDGE_LIBFUZZER}>:${HEAPJUDGE_LIBFUZZER}>)
target_link_options(heapjudge_fuzz_host PRIVATE -Wl,--exclude-libs,ALL)
set_target_properties(heapjudge_fuzz_host PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/student)

# Doors: the disjoint sets of Boost in families.cc.
find_package(Boost 1.81 REQUIRED)
heapjudge_library(fuzz
  SOURCES corpus.cc crew.cc escape_ending.cc families.cc fuzz_build.cc graded_hunt.cc heap_meter.cc hunt_process.cc
          kept_traces.cc offered_steps.cc proposal.cc reuse.cc sanitized_submission.cc sanitizer_report.cc session.cc
          told.cc trial.cc verdicts.cc waste.cc waste_hunt.cc waste_session.cc worker.cc
  USES heapjudge_guarded_build heapjudge_engine heapjudge_fuzz_input heapjudge_session heapjudge_grading heapjudge_subject
  PACKAGES heapjudge_student Boost::headers Threads::Threads)
add_dependencies(heapjudge_fuzz heapjudge_fuzz_host)

# What a submission runs in under the sanitizers. Their run-time library is a shared one, so that the submission's library
# finds it there; a submission is compiled with the compiler that this one comes from. gcc's for undefined behaviour closes
# the file that it was told to write to, and so is left out.
set(HEAPJUDGE_SANITIZING_COMPILER gcc)
set(sanitizing -fsanitize=address)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(HEAPJUDGE_SANITIZING_COMPILER clang)
  set(sanitizing -fsanitize=address,undefined -shared-libsan)
  set(sanitizer_rpath -Wl,-rpath,${runtime_dir})
endif()
target_compile_definitions(heapjudge_fuzz PRIVATE HEAPJUDGE_SANITIZING_COMPILER="${HEAPJUDGE_SANITIZING_COMPILER}")
include(CheckCXXSourceCompiles)
list(JOIN sanitizing " " CMAKE_REQUIRED_FLAGS)
check_cxx_source_compiles("#include <sanitizer/asan_interface.h>\nint main() {}" HEAPJUDGE_HAS_SANITIZERS)
unset(CMAKE_REQUIRED_FLAGS)
if(HEAPJUDGE_HAS_SANITIZERS)
  add_executable(heapjudge_sanitizer_host sanitizer/host.cc static_data.cc
    ${PROJECT_SOURCE_DIR}/driver/student/confine.cc ${PROJECT_SOURCE_DIR}/driver/student/entry_points.cc
    ${PROJECT_SOURCE_DIR}/driver/student/server.cc ${PROJECT_SOURCE_DIR}/driver/wire/payload_pattern.cc)
  target_include_directories(heapjudge_sanitizer_host PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/driver)
  target_compile_options(heapjudge_sanitizer_host
    PRIVATE -Wall -Wextra -Wshadow -fno-exceptions -fno-rtti -fno-omit-frame-pointer ${sanitizing})
  target_link_options(heapjudge_sanitizer_host PRIVATE ${sanitizing} -rdynamic ${sanitizer_rpath})
  target_link_libraries(heapjudge_sanitizer_host PRIVATE heapjudge_memlib ${CMAKE_DL_LIBS})
  set_target_properties(heapjudge_sanitizer_host PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/student)
  add_dependencies(heapjudge_fuzz heapjudge_sanitizer_host)
endif()

# heapjudge_submission_target(submission_fuzz ENGINE): the same as an ordinary target of libFuzzer or of another engine
# with its interface, which is what $LIB_FUZZING_ENGINE says: a flag of the linker, or an archive.
function(heapjudge_submission_target name engine)
  add_executable(${name} ${PROJECT_SOURCE_DIR}/fuzz/submission_fuzz.cc ${PROJECT_SOURCE_DIR}/fuzz/custom_mutator.cc)
  heapjudge_plain(hunting
    heapjudge_options heapjudge_hot heapjudge_hunter heapjudge_engine heapjudge_guarded_subject heapjudge_submission)
  target_link_libraries(${name} PRIVATE ${hunting} ${engine} Threads::Threads)
  target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL)
endfunction()

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(HEAPJUDGE_FUZZING_ENGINE "$ENV{LIB_FUZZING_ENGINE}")
  if(NOT HEAPJUDGE_FUZZING_ENGINE)
    set(HEAPJUDGE_FUZZING_ENGINE -fsanitize=fuzzer)
  endif()
  heapjudge_submission_target(submission_fuzz ${HEAPJUDGE_FUZZING_ENGINE})
endif()

# What it takes in as --library=.
add_executable(guarded_library guarded_library.cc)
target_link_libraries(guarded_library PRIVATE heapjudge_guarded_build heapjudge_judge)
