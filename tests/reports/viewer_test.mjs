// The HTML reports in a real browser, with the network off: node viewer_test.mjs HEAPJUDGE SOURCE_DIR BUILD_DIR.
// Ends with status 77, which ctest counts as skipped, where there is no viewer or no Chromium that starts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const [heapjudge, sourceDir, buildDir] = process.argv.slice(2).map((path) => resolve(path));
const tools = join(buildDir, "viewer_tools");

function skip(why) {
  console.log(`SKIPPED: ${why}`);
  process.exit(77);
}

const script = join(buildDir, "viewer", "viewer.js");
if (!existsSync(script) || statSync(script).size === 0) skip("the viewer is not built");
if (!existsSync(join(tools, "fetched.stamp"))) skip("the packages that drive a browser were not fetched");
const require = createRequire(join(tools, "package.json"));
const { chromium } = require("playwright-core");
const axe = require("axe-core");

const program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!program) skip("there is no Chromium");
// Its own sandbox does not go with root; what it shows are files of ours.
const browser = await chromium
  .launch({ executablePath: program, args: process.getuid() === 0 ? ["--no-sandbox"] : [] })
  .catch((error) => skip(`Chromium does not start: ${error.message.split("\n")[0]}`));

const folder = mkdtempSync(join(tmpdir(), "heapjudge-viewer-"));

// A failed submission is status 1, and no error here.
function run(...words) {
  try {
    return execFileSync(heapjudge, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw new Error(`${words.join(" ")}: ${error.status} ${error.stderr}`);
  }
}

const hostileName = '"><img src=x onerror=document.title=1><script>document.title=2<';
copyFileSync(join(sourceDir, "tests", "guilty", "encloses.c"), join(folder, `${hostileName}.c`));
copyFileSync(join(sourceDir, "tests", "guilty", "encloses.c"), join(folder, "guilty.c"));
writeFileSync(join(folder, `${hostileName}.rep`), "0\n4\n6\n1\na 0 16\na 1 16\na 2 200\nf 2\nf 0\na 3 112\n");
run("heap", "implicit:first", "-f", "grow-pinned", "--vs", "segregated", "--html", "heap.html");
run("heap", "bins", "-f", "random-bimodal", "--html", "mapped.html");
run("grade", `./${hostileName}.c`, "-f", `./${hostileName}.rep`, "--no-speed", "--html", "hostile.html");
run("grade", "implicit", "-k", "coalesce or phases or short-hello", "--no-speed", "--html", "grade.html");

// A page and what it complains of. Nothing but the file itself may be asked for.
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  await context.setOffline(true);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  const url = pathToFileURL(join(folder, file)).href;
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && request.url() !== url) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(url);
  const live = options.javaScriptEnabled !== false;
  if (live) await page.locator(".view .summary").first().filter({ hasText: "after #" }).waitFor();
  return { page, close: async () => (assert.deepEqual(complaints, []), context.close()) };
}

const pictures = [".carpet", ".map", ".curves canvas", ".share canvas", ".holes", ".latency"];

// What each canvas shows, as a text; after what was asked for is drawn.
async function looks(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shown = {};
  for (const picture of pictures) {
    shown[picture] = await page.locator(picture).evaluateAll((all) => all.map((canvas) => canvas.toDataURL()));
  }
  return shown;
}

function assertEachChanged(before, now, which) {
  for (const picture of which) {
    assert.ok(before[picture].length > 0, `${picture} is there`);
    before[picture].forEach((look, i) => assert.notEqual(now[picture][i], look, `${picture} ${i} changes`));
  }
}

const field = (page, name) => page.getByRole("spinbutton", { name, exact: true }).first();
const at = async (page) => Number(await field(page, "request, as a number").inputValue());
const shown = async (page) => [Number(await field(page, "from").inputValue()), Number(await field(page, "to").inputValue())];

async function goTo(page, request) {
  await field(page, "request, as a number").fill(String(request));
  await field(page, "request, as a number").press("Enter");
}

async function drag(page, locator, from, to) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  await page.mouse.move(box.x + box.width * from, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
}

test("its types hold", () => {
  execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", tools], { stdio: "inherit" });
});

test("a click on the carpet moves the block map", async () => {
  const { page, close } = await open("heap.html");
  const before = await looks(page);
  const carpet = page.locator(".carpet").first();
  const box = await carpet.boundingBox();
  const was = await at(page);
  await carpet.click({ position: { x: box.width * 0.3, y: 60 } });
  assertEachChanged(before, await looks(page), [".map", ".carpet"]);
  assert.notEqual(await at(page), was);
  const words = await page.locator(".summary").first().innerText();
  assert.match(words.replaceAll("\u00a0", ""), new RegExp(`after #${await at(page)} the heap is`));
  await close();
});

test("zoom links all views, wherever it starts", async () => {
  for (const start of [".carpet", ".curves .u-over", ".share .u-over", ".holes", ".latency"]) {
    const { page, close } = await open("heap.html");
    const before = await looks(page);
    const all = await shown(page);
    await drag(page, page.locator(start).first(), 0.4, 0.6);
    const [first, last] = await shown(page);
    assert.ok(first > all[0] && last < all[1] && last - first < (all[1] - all[0]) / 2, `${start}: ${first} to ${last}`);
    assertEachChanged(before, await looks(page), [".carpet", ".curves canvas", ".share canvas", ".holes", ".latency"]);
    await page.getByRole("button", { name: "Show all requests" }).click();
    assert.deepEqual(await shown(page), all);
    await close();
  }
});

test("all of it can be done with the keyboard", async () => {
  const { page, close } = await open("heap.html");
  await page.locator(".carpet").first().focus();
  const was = await at(page);
  await page.keyboard.press("ArrowRight");
  assert.equal(await at(page), was + 1);
  await page.keyboard.press("Home");
  assert.equal(await at(page), 1);
  await page.keyboard.press("+");
  const [first, last] = await shown(page);
  assert.equal(first, 1);
  await page.keyboard.press("-");
  assert.ok((await shown(page))[1] > last);
  const button = page.getByRole("button", { name: "Zoom in" });
  for (let i = 0; i < 40 && !(await button.evaluate((one) => one === document.activeElement)); ++i) {
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("Enter");
  assert.equal((await shown(page))[1], last);
  await close();
});

test("the figures are those that heapjudge heap prints", async () => {
  for (const [file, allocator, trace, requests] of [
    ["heap.html", "implicit:first", "grow-pinned", [1, 700, 2929, 5836]],
    ["mapped.html", "bins", "random-bimodal", [1, 1234, 6436]],
  ]) {
    const { page, close } = await open(file);
    for (const request of requests) {
      await goTo(page, request);
      await looks(page);
      const words = (await page.locator(".summary").first().innerText()).replaceAll("\u00a0", " ").split(";")[0];
      const printed = run("heap", allocator, "-f", trace, "--at", String(request)).replaceAll(/\s+/g, " ");
      assert.ok(printed.includes(words), `${words}\nis not in\n${printed}`);
    }
    await close();
  }
});

test("the words about holes are those that heapjudge heap prints, of any window", async () => {
  const { page, close } = await open("mapped.html");
  for (const [first, last] of [[1, 6436], [1001, 1100], [2000, 5000]]) {
    await page.getByRole("button", { name: "Show all requests" }).click();
    await field(page, "from").fill(String(first));
    await field(page, "from").press("Enter");
    await field(page, "to").fill(String(last));
    await field(page, "to").press("Enter");
    await looks(page);
    assert.deepEqual(await shown(page), [first, last]);
    const words = (await page.locator(".holes-words").first().innerText()).replaceAll("\u00a0", " ");
    assert.match(words, /^holes of .* bytes take the most/);
    const printed = run("heap", "bins", "-f", "random-bimodal", "--picture", "holes", "--zoom", `${first}:${last}`).replaceAll(/\s+/g, " ");
    assert.ok(printed.includes(words), `${words}\nis not in\n${printed}`);
  }
  await close();
});

test("what is pointed at among the times is told, and the words are of the whole trace", async () => {
  const { page, close } = await open("mapped.html");
  const canvas = page.locator(".latency").first();
  await canvas.scrollIntoViewIfNeeded();
  const words = await page.locator("figure", { has: page.locator(".latency") }).locator(".summary").innerText();
  assert.match(words, /^Over the whole trace half of the requests take up to .* of all the time$/);
  assert.ok((await canvas.getAttribute("aria-label")).endsWith(words.replace("Over the whole trace ", "")));
  const box = await canvas.boundingBox();
  const pointed = page.locator("figure", { has: page.locator(".latency") }).locator(".pointed");
  let told = "";
  for (let y = 4; y < box.height && told === ""; y += 4) {
    await page.mouse.move(box.x + box.width / 2, box.y + y);
    told = await pointed.innerText();
  }
  assert.match(told.replaceAll("\u00a0", " "), /^#[0-9 ]+ takes about [0-9.]+ [num]s to (allocate|free), as a mean of \d+ replays?$/);
  await close();
});

test("two allocators are drawn on one scale of times", async () => {
  const { page, close } = await open("heap.html");
  const labels = await page.locator(".latency").evaluateAll((all) => all.length);
  assert.equal(labels, 2);
  const axes = await page.locator(".latency").evaluateAll((all) =>
    all.map((canvas) => [...canvas.getContext("2d").getImageData(0, 0, 60 * devicePixelRatio, canvas.height).data].join()),
  );
  assert.equal(axes[0], axes[1]);
  await close();
});

test("what a submission is called stays text", async () => {
  const { page, close } = await open("hostile.html");
  assert.equal(await page.locator("img").count(), 0);
  assert.ok((await page.title()).startsWith(`./${hostileName}.c`), await page.title());
  assert.ok((await page.locator("h1").innerText()).includes("<script>"));
  assert.match(await page.locator("#failures").innerText(), /E103/);
  await close();
});

test("light and dark differ, and neither leaves a picture without contrast", async () => {
  const looksOf = {};
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open("heap.html", { colorScheme });
    looksOf[colorScheme] = await looks(page);
    const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
    assert.notEqual(ink, paper);
    await close();
  }
  assertEachChanged(looksOf.light, looksOf.dark, pictures);
});

test("it turns dark while it is open", async () => {
  const { page, close } = await open("heap.html", { colorScheme: "light" });
  const light = await looks(page);
  await page.emulateMedia({ colorScheme: "dark" });
  assertEachChanged(light, await looks(page), pictures);
  await close();
});

test("on paper everything is open and still", async () => {
  const { page, close } = await open("grade.html", { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".view:visible").count(), 0);
  for (const still of await page.locator(".still").all()) assert.ok(await still.locator("svg").first().isVisible());
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.ok((await page.pdf()).length > 10000);
  await close();
});

test("a screen of 420 pixels is enough", async () => {
  for (const file of ["heap.html", "grade.html", "hostile.html"]) {
    const { page, close } = await open(file, { viewport: { width: 420, height: 800 } });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 420, file);
    const { width } = await page.locator(".carpet").first().boundingBox();
    assert.ok(width > 300 && width <= 420, `${file}: a carpet of ${width}`);
    await close();
  }
});

test("with scripts off all of it is there", async () => {
  const { page, close } = await open("grade.html", { javaScriptEnabled: false });
  assert.equal(await page.locator("#traces tbody tr").count(), 3);
  assert.ok(await page.locator(".still svg").first().isVisible());
  assert.ok(await page.getByText("Scripts are off").isVisible());
  await page.locator("details.figures summary").first().click();
  assert.ok((await page.locator("details.figures").first().locator("tbody tr").count()) > 1);
  await close();
});

test("a link from the table opens the trace", async () => {
  const { page, close } = await open("grade.html");
  await page.locator("#traces a").last().click();
  await page.locator("details.trace").last().locator(".summary").filter({ hasText: "after #" }).waitFor();
  await close();
});

test("screen readers and the eyes of many find no fault", async () => {
  for (const [file, colorScheme] of [["heap.html", "light"], ["grade.html", "dark"], ["hostile.html", "light"]]) {
    const { page, close } = await open(file, { colorScheme, bypassCSP: true });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`), [], file);
    await close();
  }
});

// The last one, whatever became of the others: Node.js 18 calls an after() of the whole file too early.
test("the browser ends", async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});
