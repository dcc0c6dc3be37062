// Turns clicks on the links that render.py writes into events of the tab bar, and shows what comes back.
// Runs as the tab bar's js_on_load: `element` is the bar, `trigger(name, data)` calls Python.
// Events: 'example_select' 'open_citation' 'open_document' 'show_turn' 'set_scope' 'list_documents'

window.policyQa?.listening.abort(); // the bar may be mounted again
const listening = new AbortController();
const texts = element.querySelector(".pq-texts").dataset;

function show(view) {
  document.body.dataset.pqView = view;
  for (const tab of element.querySelectorAll(".pq-tab")) {
    tab.setAttribute("aria-selected", String(tab.dataset.view === view));
  }
}

// On a narrow screen the panel lies over the conversation and opens only on the reader's own click.
function openPanel(open) {
  document.body.dataset.pqPanel = open ? "open" : "closed";
}

function citationClicked(turn, number) {
  for (const old of document.querySelectorAll(".pq-active")) old.classList.remove("pq-active");
  const same = `a.pq-cite[href="#cite-${turn}-${number}"], .pq-card[data-cite="${turn}-${number}"]`;
  for (const mark of document.querySelectorAll(same)) mark.classList.add("pq-active");
  openPanel(true);
  trigger("open_citation", { turn, number });
}

function plainText(node) {
  let text = "";
  for (const child of node.childNodes) {
    if (child.nodeName === "BR") text += "\n";
    else text += child.nodeType === Node.TEXT_NODE ? child.data : plainText(child);
  }
  return text;
}

// The clipboard interface exists only on https and localhost; an intranet address has neither.
async function copyText(text) {
  if (window.isSecureContext && navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.createElement("textarea");
  box.value = text;
  box.style.cssText = "position:fixed;opacity:0";
  document.body.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  if (!copied) throw new Error("copy refused");
}

// Numbers stay numbers; of anything else a spreadsheet would make dates and formulas.
function pasteableCell(cell) {
  const fresh = document.createElement(cell.tagName);
  fresh.textContent = plainText(cell);
  const isNumber = /^[-−]?[\d,]+(\.\d+)?[%％]?$/.test(fresh.textContent);
  // Only as it is written here do spreadsheets know this property; a style object would drop it.
  if (!isNumber) fresh.setAttribute("style", "mso-number-format:'\\@'");
  return fresh;
}

// As a table for word processors and spreadsheets, with tabs for everything else; works without https as well.
function copyTable(table) {
  const fresh = document.createElement("table");
  fresh.border = "1";
  for (const row of table.rows) fresh.insertRow().append(...[...row.cells].map(pasteableCell));
  const lines = [...table.rows].map((row) => [...row.cells].map((cell) => plainText(cell).replace(/\s+/g, " ")).join("\t"));
  const fill = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData.setData("text/html", fresh.outerHTML);
    event.clipboardData.setData("text/plain", lines.join("\n"));
  };
  document.addEventListener("copy", fill, { once: true, capture: true });
  const copied = document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  if (!copied) throw new Error("copy refused");
}

async function copyClicked(link, what) {
  const message = link.closest(".pq-actions").parentElement;
  const label = link.textContent;
  try {
    if (what === "table") copyTable(message.querySelector(".pq-answer-table"));
    else await copyText(plainText(message.querySelector(".pq-plain")));
    link.textContent = texts.copied;
  } catch {
    link.textContent = texts.copyFailed;
  }
  setTimeout(() => (link.textContent = label), 1600);
}

function scopeChanged() {
  const ticked = document.querySelectorAll("#pq-files .pq-limit:checked");
  trigger("set_scope", { ids: [...ticked].map((box) => box.value) });
}

const actions = {
  cite: (rest) => citationClicked(...rest.split("-").map(Number)),
  turn: (rest) => {
    openPanel(true);
    trigger("show_turn", { turn: Number(rest) });
  },
  doc: (rest) => {
    openPanel(true);
    trigger("open_document", { id: rest });
  },
  ask: (_, link) => trigger("example_select", { text: link.textContent }),
  copy: (_, link) => copyClicked(link, "text"),
  table: (_, link) => copyClicked(link, "table"),
  scope: () => {
    for (const box of document.querySelectorAll("#pq-files .pq-limit")) box.checked = false;
    scopeChanged();
  },
  panel: (rest) => openPanel(rest === "open"),
};

function clicked(event) {
  const tab = event.target.closest(".pq-tab");
  if (tab) {
    show(tab.dataset.view);
    if (tab.dataset.view === "documents") trigger("list_documents");
    return;
  }
  const link = event.target.closest("a[href^='#']");
  const parts = link?.getAttribute("href").match(/^#(cite|turn|doc|ask|copy|table|scope|panel)-(.*)$/);
  if (parts) {
    event.preventDefault();
    event.stopPropagation();
    actions[parts[1]](parts[2], link);
    return;
  }
  const card = event.target.closest(".pq-card");
  if (card && window.getSelection().isCollapsed) actions.cite(card.dataset.cite);
}

function filterRows() {
  const list = document.querySelector("#pq-files .pq-documents");
  if (!list) return;
  const wanted = list.querySelector(".pq-search").value.trim().toLowerCase();
  let shown = 0;
  for (const row of list.querySelectorAll(".pq-row")) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
    shown += row.hidden ? 0 : 1;
  }
  list.classList.toggle("pq-nothing", shown === 0);
}

const options = { signal: listening.signal, capture: true };
document.addEventListener("click", clicked, options);
document.addEventListener("input", (event) => event.target.matches?.(".pq-search") && filterRows(), options);
document.addEventListener("change", (event) => event.target.matches?.(".pq-limit") && scopeChanged(), options);

// Blocks off screen have only an estimated height, so the place is sought again while it settles.
function bringIntoView(mark, frames) {
  const tall = mark.getBoundingClientRect().height > mark.closest(".pq-source-body").clientHeight * 0.8;
  mark.scrollIntoView({ block: tall ? "start" : "center", inline: "nearest" });
  if (frames > 0) requestAnimationFrame(() => mark.isConnected && bringIntoView(mark, frames - 1));
}

// Gradio reads the raw HTML of every message aloud, in English; the text itself is there to be read.
function nameMessages() {
  for (const message of document.querySelectorAll("#pq-conversation [data-testid][aria-label]")) {
    const name = message.dataset.testid === "user" ? texts.question : texts.answer;
    if (message.getAttribute("aria-label") !== name) message.setAttribute("aria-label", name);
  }
  document.querySelector("#pq-conversation [role='log']")?.setAttribute("aria-label", texts.conversation);
}
const naming = new MutationObserver(nameMessages);
naming.observe(element.closest("#pq-work"), { childList: true, subtree: true }); // the chatbot may come later
listening.signal.addEventListener("abort", () => naming.disconnect());

window.policyQa = {
  listening,
  openPanel,
  cardsShown(cards) {
    if (cards.querySelector("[data-view='citations']")) {
      show("citations");
      cards.scrollTop = 0;
    }
  },
  sourceShown(source) {
    if (!source.querySelector("[data-view='source']")) return;
    show("source");
    const body = source.querySelector(".pq-source-body");
    // An empty cell holds nothing to mark.
    const mark = ["mark", ".pq-cited-cell", ".pq-cited-row"].map((name) => body?.querySelector(name)).find(Boolean);
    if (mark) bringIntoView(mark, 4);
    else body?.scrollTo(0, 0);
  },
  documentsShown(documents) {
    // A re-rendered box keeps the state the reader gave it; the server's word is the attribute.
    for (const box of documents.querySelectorAll(".pq-limit")) box.checked = box.hasAttribute("checked");
    filterRows();
  },
};
show("documents");
openPanel(false);
