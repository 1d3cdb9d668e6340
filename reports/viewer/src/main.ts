// Puts linked views in the place of the static pictures, section by section, as they are opened.
//
// A section: <details class="trace" data-name data-requests data-first data-last data-at> with <div class="still"> around
// its pictures and one <script class="history" data-subject> for each allocator, which <script class="latencies"
// data-words> may follow. Without a history it stays as it is.
import { readHistory } from "./history";
import { type Latencies, readLatencies } from "./latencies";
import { ViewState } from "./state";
import { onThemeChange } from "./theme";
import { type Subject, TraceView } from "./view";

const views: TraceView[] = [];

async function enliven(section: HTMLDetailsElement): Promise<void> {
  const still = section.querySelector<HTMLElement>(".still");
  const scripts = [...section.querySelectorAll<HTMLScriptElement>("script.history")];
  if (still === null || scripts.length === 0 || section.classList.contains("live")) return;
  section.classList.add("live");
  try {
    const subjects: Subject[] = [];
    for (const script of scripts) {
      const history = await readHistory(script.textContent ?? "");
      subjects.push({ name: script.dataset.subject ?? "", history, latencies: await latenciesAfter(script) });
    }
    const { name = "", requests, first, last, at } = section.dataset;
    const state = new ViewState(Number(requests), Number(at));
    state.zoomTo(Number(first), Number(last));
    const view = new TraceView(name, subjects, state);
    views.push(view);
    still.before(view.element);
    still.classList.add("replaced");
    view.redraw();
  } catch (error) {
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = `These pictures stay still: ${error instanceof Error ? error.message : String(error)}.`;
    still.before(note);
  }
}

async function latenciesAfter(script: HTMLScriptElement): Promise<Latencies | null> {
  const next = script.nextElementSibling;
  if (!(next instanceof HTMLScriptElement) || next.className !== "latencies") return null;
  return readLatencies(next.textContent ?? "", next.dataset.words ?? "");
}

function openTarget(): void {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (target instanceof HTMLDetailsElement) target.open = true;
}

for (const note of document.querySelectorAll<HTMLElement>(".scriptless")) note.hidden = true;
const sections = [...document.querySelectorAll<HTMLDetailsElement>("details.trace")];
for (const section of sections) {
  section.addEventListener("toggle", () => {
    if (section.open) void enliven(section);
  });
  if (section.open) void enliven(section);
}
addEventListener("hashchange", openTarget);
openTarget();
addEventListener("beforeprint", () => {
  for (const section of document.querySelectorAll("details")) section.open = true;
});
onThemeChange(() => {
  for (const view of views) view.redraw();
});
