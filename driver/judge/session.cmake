# A grading from start to end; what it needs beside the judge itself.
find_library(NETTLE_LIBRARY nettle REQUIRED)
heapjudge_library(identity SOURCES identity.cc PACKAGES ${NETTLE_LIBRARY})

heapjudge_library(session
  SOURCES built_identity.cc debug_run.cc session.cc session_subject.cc session_timing.cc bench_run.cc trace_run.cc reference_build.cc source_lines.cc
          missing_function.cc saved_failure.cc trace_pool.cc scratch_folder.cc tree.cc viewer_files.cc whole_file.cc caller_limits.cc
          reference_name.cc libc_heap.cc
  USES heapjudge_identity heapjudge_judge heapjudge_measure heapjudge_count heapjudge_grading heapjudge_submission heapjudge_subject heapjudge_oracle
       heapjudge_trace
  PACKAGES Threads::Threads fmt::fmt)
target_compile_definitions(heapjudge_session PRIVATE HEAPJUDGE_TREE="${PROJECT_SOURCE_DIR}")
add_dependencies(heapjudge_session heapjudge_libc_replay heapjudge_debug_host)
if(TARGET heapjudge_libc_replay32)
  add_dependencies(heapjudge_session heapjudge_libc_replay32 heapjudge_debug_host32)
endif()
