# The engine on allocators made for it. Programs in here load submissions in the place of what local_subject loads.
add_library(heapjudge_guarded_text STATIC guarded_text.cc)
target_link_libraries(heapjudge_guarded_text
  PUBLIC heapjudge_places heapjudge_guarded_build heapjudge_guarded_subject heapjudge_judge heapjudge_submission)

heapjudge_test(guard_test SOURCES guarded_subject_test.cc USES heapjudge_guarded_text heapjudge_trace)

heapjudge_bench(fuzz_bench
  SOURCES ../bench/fuzz_bench.cc
  USES heapjudge_guarded_text heapjudge_hunter heapjudge_engine heapjudge_trace)
if(NOT HEAPJUDGE_SANITIZE)  # else it is of other floors than these
  target_link_libraries(fuzz_bench PRIVATE heapjudge_hot)
endif()

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

# submission_fuzz as libFuzzer's own tools use it, and linked as with two other values of $LIB_FUZZING_ENGINE: an
# archive, and an engine that is not libFuzzer.
if(TARGET submission_fuzz AND HEAPJUDGE_LIBFUZZER)
  string(REPLACE "fuzzer_no_main" "fuzzer" libfuzzer_with_main "${HEAPJUDGE_LIBFUZZER}")
  heapjudge_submission_target(submission_fuzz_by_archive ${libfuzzer_with_main})
  add_library(heapjudge_replay_engine STATIC replay_engine.cc)
  heapjudge_submission_target(submission_fuzz_by_replay heapjudge_replay_engine)
  add_test(NAME target_test
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/target_test.py ${PROJECT_SOURCE_DIR}
            $<TARGET_FILE:guarded_library> $<TARGET_FILE:submission_fuzz> $<TARGET_FILE:submission_fuzz_by_archive>
            $<TARGET_FILE:submission_fuzz_by_replay>)
  set_tests_properties(target_test PROPERTIES TIMEOUT 1200)
endif()
heapjudge_test(families_test SOURCES families_test.cc told_test.cc USES heapjudge_fuzz)
heapjudge_test(graded_hunt_test SOURCES graded_hunt_test.cc USES heapjudge_fuzz heapjudge_trace TIMEOUT 300)
heapjudge_test(waste_test SOURCES waste_test.cc USES heapjudge_fuzz heapjudge_session heapjudge_tiny_allocator TIMEOUT 300)
heapjudge_test(sanitizer_test SOURCES sanitizer_test.cc USES heapjudge_fuzz heapjudge_session heapjudge_trace TIMEOUT 300)
