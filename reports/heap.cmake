# Pictures of a heap, as text and as SVG.
heapjudge_library(heap_pictures
  SOURCES heap_axis.cc heap_chart.cc heap_latency.cc heap_scale.cc heap_summary.cc heap_svg.cc heap_svg_map.cc heap_svg_series.cc
          heap_text.cc heap_text_map.cc heap_text_series.cc png.cc svg_page.cc
  USES heapjudge_reports heapjudge_history heapjudge_trace
  PACKAGES fmt::fmt)
