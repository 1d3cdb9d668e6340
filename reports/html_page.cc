// The head first, then what is to be read, then the script: so that a reader need not wait for it.
#include "reports/html_page.h"

#include <fmt/format.h>

#include "check.h"
#include "judge/identity.h"
#include "reports/png.h"
#include "reports/svg_page.h"

namespace heapjudge {
namespace {

std::string hash_of(std::string_view text) {
  const Sha256 hash = sha256_of(text);
  return "'sha256-" + base64_of({reinterpret_cast<const char*>(hash.data()), hash.size()}) + "'";
}

// What may stand in the document as it is.
const std::string& enclosed(const std::string& text, std::string_view end) {
  ensure(text.find(end) == text.npos, "html: a part of the viewer would end its element");
  return text;
}

std::string style_element(const std::string& style) {
  return style.empty() ? "" : "<style>" + enclosed(style, "</style") + "</style>\n";
}

std::string policy_of(const ViewerFiles& viewer) {
  std::string styles = hash_of(viewer.style);
  if (!viewer.script_style.empty()) styles += " " + hash_of(viewer.script_style);
  const std::string scripts = viewer.script.empty() ? "'none'" : hash_of(viewer.script);
  return "default-src 'none'; img-src data:; style-src " + styles + "; script-src " + scripts +
         "; base-uri 'none'; form-action 'none'";
}

}  // namespace

std::string html_page(std::string_view title, const Html& body, const HtmlInputs& inputs) {
  const ViewerFiles& viewer = inputs.viewer;
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{}</title>\n",
      policy_of(viewer), escaped_xml(title));
  page += style_element(viewer.style) + style_element(viewer.script.empty() ? "" : viewer.script_style);
  page += "</head>\n<body>\n" + body.markup() + "</body>\n";
  if (!viewer.script.empty()) page += "<script>" + enclosed(viewer.script, "</script") + "</script>\n";
  return page + "</html>\n";
}

}  // namespace heapjudge
