heapjudge_test(session_test
  SOURCES session_test.cc saved_failure_test.cc trace_pool_test.cc identity_test.cc scratch_folder_test.cc
          whole_file_test.cc reference_name_test.cc libc_heap_test.cc
  USES heapjudge_session TIMEOUT 300)
