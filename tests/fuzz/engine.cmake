# The engine on allocators made for it. Programs in here load submissions in the place of what local_subject loads.
add_library(heapjudge_guarded_text STATIC guarded_text.cc)
target_link_libraries(heapjudge_guarded_text
  PUBLIC heapjudge_places heapjudge_guarded_build heapjudge_guarded_subject heapjudge_judge heapjudge_submission)

heapjudge_test(guard_test SOURCES guarded_subject_test.cc USES heapjudge_guarded_text heapjudge_trace)

heapjudge_bench(fuzz_bench
  SOURCES ../bench/fuzz_bench.cc
  USES heapjudge_guarded_text heapjudge_hunter heapjudge_engine heapjudge_trace)

heapjudge_test(hunter_test
  SOURCES hunter_test.cc
  USES heapjudge_hunter heapjudge_engine heapjudge_guarded_build heapjudge_guarded_subject heapjudge_judge
  TIMEOUT 600)

heapjudge_test(fuzz_session_test SOURCES fuzz_session_test.cc USES heapjudge_fuzz heapjudge_trace TIMEOUT 300)

heapjudge_test(fuzz_report_test
  SOURCES fuzz_report_test.cc ../reports/examples.cc ../reports/findings.cc ../reports/golden.cc
          ../reports/random_finding.cc
  USES heapjudge_reports)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME fuzz_schema_test
  COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/reports/validate_json.py
          ${PROJECT_SOURCE_DIR}/reports/schema/heapjudge-fuzz-1.schema.json
          ${PROJECT_SOURCE_DIR}/tests/golden/fuzz/findings.json ${PROJECT_SOURCE_DIR}/tests/golden/fuzz/nothing.json
          ${PROJECT_SOURCE_DIR}/tests/golden/fuzz/waste.json)

heapjudge_test(graded_hunt_test SOURCES graded_hunt_test.cc USES heapjudge_fuzz heapjudge_trace TIMEOUT 300)
heapjudge_test(waste_test SOURCES waste_test.cc USES heapjudge_fuzz heapjudge_session TIMEOUT 300)
heapjudge_test(sanitizer_test SOURCES sanitizer_test.cc USES heapjudge_fuzz heapjudge_session heapjudge_trace TIMEOUT 300)
