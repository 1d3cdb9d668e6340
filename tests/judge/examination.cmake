heapjudge_test(examine_test
  SOURCES examine_test.cc evidence_test.cc mapped_heap_test.cc own_checks_test.cc replayer_test.cc
  USES heapjudge_judge)
heapjudge_fuzzer(replies_fuzz SOURCES ${PROJECT_SOURCE_DIR}/fuzz/replies_fuzz.cc USES heapjudge_judge)
heapjudge_bench(replay_bench SOURCES ../bench/replay_bench.cc USES heapjudge_judge heapjudge_tiny_allocator heapjudge_local_subject)
heapjudge_test(measure_test
  SOURCES clock_requests_test.cc measure_test.cc median_interval_test.cc real_contender.cc
  USES heapjudge_measure heapjudge_tiny_allocator)
heapjudge_test(count_instructions_test
  SOURCES count_instructions_test.cc
  USES heapjudge_count heapjudge_tiny_allocator
  TIMEOUT 300)
heapjudge_test(checkup_test SOURCES checkup_test.cc USES heapjudge_checkup)
