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
