# heapjudge heap.
target_sources(heapjudge_command_line PRIVATE heap_options.cc)
target_sources(heapjudge_commands PRIVATE heap.cc)
target_link_libraries(heapjudge_commands PUBLIC heapjudge_heap_pictures heapjudge_history)
