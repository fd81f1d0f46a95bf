/** The overview: what is asked, what is shown, and asking again every ten seconds. */

import { overview as ask } from "./api.js";
import { Chart } from "./chart.js";
import { byId, html, setText, show } from "./dom.js";
import { calendarDay, country, dataset as datasetName, decimal, device, number, seconds, source } from "./format.js";
import { GroupTable } from "./tables.js";

const AGAIN = 10_000;
const INTERVALS = { "5m": "5 minutes", "15m": "15 minutes", "1h": "hour", "1d": "day" };

const chart = new Chart(byId("chart"));
const tables = {
  pages: new GroupTable(byId("pages"), "Path template", "path", (name) => name),
  sources: new GroupTable(byId("sources"), "Where visits come from", "source", source),
  countries: new GroupTable(byId("countries"), "Country", "country", country),
  devices: new GroupTable(byId("devices"), "Device", "device", device),
};

let period = "today";
let dataset = "";
let timer = 0;
let asked = 0;
let ended = () => {};

/** @param whenEnded called when the session is over */
export function start(whenEnded) {
  ended = whenEnded;
  restore();
  byId("figures").setAttribute("aria-busy", "true");
  refresh();
}

export function stop() {
  clearTimeout(timer);
  asked += 1;
}

function restore() {
  const question = new URLSearchParams(location.search);
  period = ["today", "7d", "30d", "custom"].includes(question.get("period")) ? question.get("period") : "today";
  dataset = question.get("dataset") ?? "";
  byId("from").value = question.get("from") ?? "";
  byId("to").value = question.get("to") ?? "";
  for (const choice of document.querySelectorAll("input[name=period]")) {
    choice.checked = choice.value === period;
  }
  show(byId("custom"), period === "custom");
}

function question() {
  const all = { period };
  if (dataset) {
    all.dataset = dataset;
  }
  if (period === "custom") {
    all.from = byId("from").value;
    all.to = byId("to").value;
  }
  return all;
}

function changed() {
  history.replaceState(null, "", `?${new URLSearchParams(question())}`);
  byId("figures").classList.add("stale");
  refresh();
}

async function refresh() {
  clearTimeout(timer);
  const mine = ++asked;
  const complete = period !== "custom" || (byId("from").value && byId("to").value);
  if (!complete) {
    byId("figures").classList.remove("stale");
    return;
  }
  try {
    const overview = await ask(question());
    if (mine !== asked) {
      return;
    }
    show(byId("problem"), false);
    byId("figures").classList.remove("stale");
    fill(overview);
  } catch (refusal) {
    if (mine !== asked) {
      return;
    }
    if (refusal.status === 401) {
      ended();
      return;
    }
    setText(byId("problem"), refusal.message);
    show(byId("problem"), true);
    byId("figures").classList.add("stale");
  }
  timer = setTimeout(refresh, AGAIN);
}

function fill(overview) {
  const figures = overview.state === "figures";
  datasets(overview);
  show(byId("figures"), figures);
  show(byId("nothing"), !figures);
  setText(byId("span"), overview.from === overview.to
    ? calendarDay(overview.from)
    : `${calendarDay(overview.from)} – ${calendarDay(overview.to)}`);
  if (figures) {
    byId("figures").setAttribute("aria-busy", "false");
    totals(overview);
    chart.show(overview);
    note(overview);
    for (const [name, table] of Object.entries(tables)) {
      table.show(overview[name]);
    }
  } else {
    nothing(overview);
  }
  foot(overview);
}

function datasets(overview) {
  const select = byId("dataset");
  const names = overview.datasets;
  show(select.parentElement, names.length > 0);
  const there = [...select.options].map((option) => option.value);
  if (names.join("\n") !== there.join("\n")) {
    select.replaceChildren(...names.map((name) => html("option", { value: name }, datasetName(name))));
  }
  if (overview.dataset !== undefined && select.value !== overview.dataset) {
    select.value = overview.dataset;
  }
}

function totals(overview) {
  setText(byId("visitors"), number(overview.visitors));
  setText(byId("views"), number(overview.views));
  setText(byId("per-visitor"), decimal(overview.views / overview.visitors));
}

function note(overview) {
  const { interval, points, withoutVisitor } = overview.timeline;
  const notes = [`One point per ${INTERVALS[interval]}.`];
  if (points.some((point) => point.views === undefined)) {
    notes.push("Hatched: fewer than 10 visitors.");
  }
  if (withoutVisitor > 0) {
    notes.push(`Not in the line: ${number(withoutVisitor)} anonymized views, whose time is known to the hour only.`);
  }
  setText(byId("chart-note"), notes.join(" "));
  show(byId("chart-note"), true);
}

function nothing(overview) {
  const few = overview.state === "few";
  setText(byId("nothing-title"), few ? "Fewer than 10 visitors" : "No usage yet");
  setText(byId("nothing-text"), few
    ? "Days of fewer than 10 visitors are not shown. Figures appear here by themselves."
    : "There is no page view in this period. Figures appear here by themselves, seconds after the first visit.");
}

// Of a dataset whose access logs show what browsers signal there is nothing to say.
const SIGNALS = {
  "not-visible": "Opt-out signals of browsers are not visible in its access logs, which make no visitor.",
  "not-collected": "Opt-out signals of browsers are not collected in its access logs."
};

function foot(overview) {
  const parts = [];
  if (overview.policies.length > 0) {
    parts.push(`Policy ${overview.policies.join(", ")}.`);
  }
  if (overview.countedFrom !== undefined) {
    parts.push(overview.countedFrom === "access-log"
      ? "Counted from access logs, where a visitor is known for one day only."
      : "Counted from usage events.");
  }
  if (SIGNALS[overview.signals] !== undefined) {
    parts.push(SIGNALS[overview.signals]);
  }
  if (overview.leftOutDays > 0) {
    parts.push(`${overview.leftOutDays} ${overview.leftOutDays === 1 ? "day" : "days"} of fewer than 10 visitors left out.`);
  }
  parts.push(`Days and times in ${overview.zone}.`);
  parts.push(`As of ${seconds(new Date(overview.asOf), overview.zone)}.`);
  setText(byId("foot-detail"), parts.join(" "));
}

for (const choice of document.querySelectorAll("input[name=period]")) {
  choice.addEventListener("change", () => {
    period = choice.value;
    show(byId("custom"), period === "custom");
    changed();
  });
}
byId("dataset").addEventListener("change", () => {
  dataset = byId("dataset").value;
  changed();
});
byId("from").addEventListener("change", changed);
byId("to").addEventListener("change", changed);
byId("question").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !byId("overview").hidden) {
    refresh();
  }
});
