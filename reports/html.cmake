# Reports as HTML files.
heapjudge_library(html
  SOURCES history_columns.cc html_heap.cc html_page.cc html_report.cc html_sections.cc html_text.cc latency_columns.cc
  USES heapjudge_identity heapjudge_heap_pictures heapjudge_reports heapjudge_history heapjudge_trace
  PACKAGES fmt::fmt)
