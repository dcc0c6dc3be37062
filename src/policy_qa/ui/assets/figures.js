// The tab of figures: sends the filters a moment after the last key, opens sources, moves through rows by the arrow keys.
// Runs as the form's js_on_load: `element` holds the form, `trigger(name, data)` calls Python.
// Events: 'filter_figures' 'open_figure' 'export_figures'

window.policyQaFigures?.listening.abort(); // the form may be mounted again
const listening = new AbortController();
const waitMs = 100;
let timer = 0;
let loaded = false;
let order = "";

function filters() {
  const inputs = element.querySelectorAll(".pq-filters input");
  return Object.fromEntries([...inputs].map((input) => [input.name, input.value]));
}

function request(page = 1) {
  clearTimeout(timer);
  document.getElementById("pq-figure-list")?.classList.add("pq-stale");
  trigger("filter_figures", { ...filters(), order, page, first: !loaded });
  loaded = true;
}

function showMain(main) {
  document.body.dataset.pqMain = main;
  for (const tab of document.querySelectorAll(".pq-main-tab")) {
    tab.setAttribute("aria-selected", String(tab.dataset.main === main));
  }
  if (main !== "figures") return;
  if (!loaded) request();
  element.querySelector(".pq-filters input").focus({ preventScroll: true });
}

function openFigure(row) {
  for (const old of document.querySelectorAll(".pq-figure-row.pq-active")) old.classList.remove("pq-active");
  row.classList.add("pq-active");
  window.policyQa.openPanel(true);
  trigger("open_figure", { id: row.dataset.figure });
}

function clicked(event) {
  const main = event.target.closest(".pq-main-tab");
  if (main) return showMain(main.dataset.main);
  const exporting = event.target.closest(".pq-export");
  if (exporting) return trigger("export_figures", { ...filters(), order, format: exporting.dataset.format });
  const sorting = event.target.closest(".pq-sort");
  if (sorting) {
    order = sorting.dataset.order;
    return request();
  }
  if (event.target.closest(".pq-filters-clear")) {
    element.querySelector(".pq-filters").reset();
    order = "";
    return request();
  }
  const page = event.target.closest("a[href^='#figures-']");
  if (page) {
    event.preventDefault();
    return request(Number(page.getAttribute("href").slice("#figures-".length)));
  }
  const row = event.target.closest(".pq-figure-row");
  if (!row) return;
  if (event.target.closest("a")) event.preventDefault();
  if (event.target.closest("a") || window.getSelection().isCollapsed) openFigure(row);
}

// What an input method is still composing is no word yet.
function changed(event) {
  if (event.isComposing || !event.target.closest?.("#pq-figure-form .pq-filters")) return;
  clearTimeout(timer);
  timer = setTimeout(request, waitMs);
}

function keyPressed(event) {
  const link = event.target.closest?.(".pq-figure-open");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!link || !step) return;
  const links = [...document.querySelectorAll(".pq-figure-open")];
  links[links.indexOf(link) + step]?.focus();
  event.preventDefault();
}

const options = { signal: listening.signal, capture: true };
document.addEventListener("click", clicked, options);
document.addEventListener("input", changed, options);
document.addEventListener("compositionend", changed, options);
document.addEventListener("keydown", keyPressed, options);
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".pq-filters")) return;
  event.preventDefault();
  request();
}, options);

window.policyQaFigures = {
  listening,
  shown(list) {
    document.getElementById("pq-figure-list")?.classList.remove("pq-stale");
    document.getElementById("pq-figure-view")?.scrollTo(0, 0);
    list.scrollTop = 0;
  },
  // The server has put the file where the hidden button leads; its address reaches the page a moment later.
  download() {
    document.querySelector("#pq-download a, a#pq-download, #pq-download")?.click();
  },
};
showMain("chat");
