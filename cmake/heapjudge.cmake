# How a floor, a test, a benchmark and a fuzz target are declared.

add_library(heapjudge_plain_options INTERFACE)
target_include_directories(heapjudge_plain_options INTERFACE ${PROJECT_SOURCE_DIR}/driver ${PROJECT_SOURCE_DIR})
target_compile_options(heapjudge_plain_options INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wswitch-enum)
# Settings are structs with defaults and designated initialisers; gcc 12 complains of every member left out.
target_compile_options(heapjudge_plain_options INTERFACE -Wno-missing-field-initializers)
# gcc 12 takes the inside of std::string, once it is inlined, for a copy past the end.
foreach(warning array-bounds stringop-overflow)
  target_compile_options(heapjudge_plain_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-${warning}>)
endforeach()
if(HEAPJUDGE_WERROR)
  target_compile_options(heapjudge_plain_options INTERFACE -Werror)
endif()
add_library(heapjudge_options INTERFACE)
target_link_libraries(heapjudge_options INTERFACE heapjudge_plain_options)
if(HEAPJUDGE_SANITIZE)
  target_compile_options(heapjudge_options INTERFACE -fsanitize=${HEAPJUDGE_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(heapjudge_options INTERFACE -fsanitize=${HEAPJUDGE_SANITIZE})
endif()

# heapjudge_library(trace SOURCES a.cc b.cc USES heapjudge_wire PACKAGES fmt::fmt)
# USES is the arrow diagram: the floors below that the headers of this one name. PACKAGES stay private. Where our own code
# is under sanitizers, heapjudge_plain_trace is the same floor without them.
function(heapjudge_library floor)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PACKAGES" ${ARGN})
  add_library(heapjudge_${floor} STATIC ${ARG_SOURCES})
  target_link_libraries(heapjudge_${floor} PUBLIC heapjudge_options ${ARG_USES} PRIVATE ${ARG_PACKAGES})
  if(HEAPJUDGE_SANITIZE)
    heapjudge_plain(plain_uses ${ARG_USES})
    heapjudge_plain(plain_packages ${ARG_PACKAGES})
    add_library(heapjudge_plain_${floor} STATIC EXCLUDE_FROM_ALL ${ARG_SOURCES})
    target_link_libraries(heapjudge_plain_${floor}
      PUBLIC heapjudge_plain_options ${plain_uses} PRIVATE ${plain_packages})
  endif()
endfunction()

# heapjudge_plain(libraries heapjudge_trace fmt::fmt): of each floor the one without sanitizers, for what shares its
# process with a submission: that has no room for AddressSanitizer's shadow where the submission's heap is to be.
function(heapjudge_plain result)
  set(plain "")
  foreach(library ${ARGN})
    string(REGEX REPLACE "^heapjudge_" "heapjudge_plain_" candidate "${library}")
    if(TARGET ${candidate})
      set(library ${candidate})
    endif()
    list(APPEND plain ${library})
  endforeach()
  set(${result} ${plain} PARENT_SCOPE)
endfunction()

find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)

# What tests and benchmarks share: where the repository and the build are.
add_library(heapjudge_places STATIC ${PROJECT_SOURCE_DIR}/tests/places.cc
  ${PROJECT_SOURCE_DIR}/tests/temporary_folder.cc)
target_link_libraries(heapjudge_places PUBLIC heapjudge_options)

# One precompiled <gtest/gtest.h> for all tests. It fits only where it was compiled with the same flags, and a
# library's -fPIC is not a program's -fPIE: so neither gets any, and the compiler's own default holds.
add_library(heapjudge_test_main STATIC ${PROJECT_SOURCE_DIR}/tests/test_main.cc)
target_link_libraries(heapjudge_test_main PUBLIC heapjudge_places GTest::gtest fmt::fmt)
set_target_properties(heapjudge_test_main PROPERTIES POSITION_INDEPENDENT_CODE OFF)
target_precompile_headers(heapjudge_test_main PRIVATE <gtest/gtest.h> <string> <vector> <variant> <optional>)

# heapjudge_test(trace_test SOURCES trace_test.cc USES heapjudge_trace): a program that is one test of ctest. TIMEOUT is
# what it may take on an ordinary machine, in seconds; the slowest ones take four times as long.
function(heapjudge_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;USES;PACKAGES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE heapjudge_test_main ${ARG_USES} ${ARG_PACKAGES})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_precompile_headers(${name} REUSE_FROM heapjudge_test_main)
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  math(EXPR most_seconds "4 * ${ARG_TIMEOUT}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${most_seconds}
    ENVIRONMENT "HEAPJUDGE_SOURCE_DIR=${PROJECT_SOURCE_DIR};HEAPJUDGE_BINARY_DIR=${PROJECT_BINARY_DIR}")
endfunction()

# heapjudge_bench(parse_bench SOURCES parse_bench.cc USES heapjudge_trace); one short run of it is a test, so
# that it keeps working. Times are never asserted.
function(heapjudge_bench name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PACKAGES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE heapjudge_options benchmark::benchmark ${ARG_USES} ${ARG_PACKAGES})
  add_test(NAME ${name} COMMAND ${name} --benchmark_min_time=0.001)
  set_tests_properties(${name} PROPERTIES TIMEOUT 1200 LABELS bench
    ENVIRONMENT "HEAPJUDGE_SOURCE_DIR=${PROJECT_SOURCE_DIR};HEAPJUDGE_BINARY_DIR=${PROJECT_BINARY_DIR}")
endfunction()

# heapjudge_fuzzer(parse_fuzz SOURCES parse_fuzz.cc USES heapjudge_trace): a libFuzzer target (clang only) whose
# test runs a fixed number of inputs from a fixed seed.
function(heapjudge_fuzzer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PACKAGES" ${ARGN})
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(STATUS "${name}: left out, libFuzzer needs clang")
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE heapjudge_options ${ARG_USES} ${ARG_PACKAGES})
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_test(NAME ${name} COMMAND ${name} -runs=100000 -seed=1 -timeout=10 -max_len=4096)
  set_tests_properties(${name} PROPERTIES TIMEOUT 600 LABELS fuzz WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
