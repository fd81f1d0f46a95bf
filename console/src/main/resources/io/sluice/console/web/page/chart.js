/** The line of page views over time. */

import { html, setText, svg } from "./dom.js";
import { compact, day, dayAndTime, dayNumber, minutesOfDay, number, time } from "./format.js";

const TOP = 12;
const BOTTOM = 26;
/** Minutes between labels. */
const STEPS = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 10080];
const LENGTHS = { "5m": 5 * 60e3, "15m": 15 * 60e3, "1h": 3600e3, "1d": 86400e3 };

/** Round steps of an axis that end above the largest value. */
export function ticks(largest) {
  const rough = Math.max(largest, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 2.5, 5, 10].map((f) => f * power).find((s) => s >= rough && Number.isInteger(s)) ?? 1);
  const all = [];
  for (let value = 0; value < largest + step; value += step) {
    all.push(value);
    if (value >= largest && value > 0) {
      break;
    }
  }
  return all;
}

export class Chart {
  #holder;
  #tip = html("div", { class: "tip", hidden: "" });
  #said = html("p", { class: "hidden-text", "aria-live": "polite" });
  #svg = svg("svg", { role: "img", tabindex: "0" });
  #overview = null;
  #active = null;
  #drawn = "";

  constructor(holder) {
    this.#holder = holder;
    holder.append(this.#svg, this.#tip, this.#said);
    new ResizeObserver(() => this.#draw()).observe(holder);
    this.#svg.addEventListener("pointermove", (event) => this.#point(this.#nearest(event), false));
    this.#svg.addEventListener("pointerleave", () => this.#point(null, false));
    this.#svg.addEventListener("blur", () => this.#point(null, false));
    this.#svg.addEventListener("keydown", (event) => this.#key(event));
  }

  show(overview) {
    this.#overview = overview;
    this.#draw();
  }

  get #points() {
    return this.#overview.timeline.points;
  }

  #label(index) {
    const { zone, timeline } = this.#overview;
    const at = new Date(this.#points[index].at);
    return timeline.interval === "1d" ? day(at, zone) : dayAndTime(at, zone);
  }

  #value(index) {
    const { views } = this.#points[index];
    return views === undefined ? "fewer than 10 visitors" : `${number(views)} ${views === 1 ? "view" : "views"}`;
  }

  #draw() {
    const width = this.#holder.clientWidth;
    const height = this.#holder.clientHeight;
    if (!this.#overview || width === 0) {
      return;
    }
    const drawing = JSON.stringify([width, height, this.#overview.timeline, this.#overview.zone, this.#unfinished()]);
    if (drawing === this.#drawn) {
      return;
    }
    this.#drawn = drawing;
    const known = this.#points.map((point) => point.views).filter((views) => views !== undefined);
    const steps = ticks(Math.max(0, ...known));
    const highest = steps[steps.length - 1];
    const left = 14 + 7.5 * Math.max(...steps.map((step) => compact(step).length));
    const right = width - 10;
    const count = this.#points.length;
    this.scale = {
      left,
      right,
      base: height - BOTTOM,
      x: (index) => (count === 1 ? (left + right) / 2 : left + (index * (right - left)) / (count - 1)),
      y: (views) => height - BOTTOM - (views / highest) * (height - BOTTOM - TOP),
    };
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#svg.setAttribute("aria-label", this.#summary(known));
    this.#svg.replaceChildren(
      this.#hatch(),
      ...this.#rules(steps),
      ...this.#gaps(),
      ...this.#lines(),
      ...this.#times(),
      svg("g", { class: "pointer" }),
    );
    this.#point(this.#active === null ? null : Math.min(this.#active, count - 1), false);
  }

  #summary(known) {
    if (known.length === 0) {
      return "Views over time: nothing to show yet.";
    }
    const last = this.#points.length - 1;
    return `Views over time, ${this.#label(0)} to ${this.#label(last)}, at most ${number(Math.max(...known))} views. `
      + "Move with the arrow keys.";
  }

  #hatch() {
    return svg("defs", {},
      svg("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        svg("line", { class: "hatch", x1: 0, y1: 0, x2: 0, y2: 7 })));
  }

  #rules(steps) {
    const { left, right, y } = this.scale;
    return steps.flatMap((step) => [
      svg("line", { class: step === 0 ? "base" : "rule", x1: left, x2: right, y1: y(step), y2: y(step) }),
      svg("text", { class: "tick", x: left - 8, y: y(step) + 4, "text-anchor": "end" }, compact(step)),
    ]);
  }

  /** Runs of points that are shown, each as its first and last index. */
  #runs(shown) {
    const runs = [];
    this.#points.forEach((point, index) => {
      if ((point.views !== undefined) !== shown) {
        return;
      }
      const last = runs[runs.length - 1];
      if (last && last[1] === index - 1) {
        last[1] = index;
      } else {
        runs.push([index, index]);
      }
    });
    return runs;
  }

  #gaps() {
    const { left, right, base, x } = this.scale;
    const half = this.#points.length > 1 ? (x(1) - x(0)) / 2 : (right - left) / 2;
    return this.#runs(false).map(([first, last]) => {
      const from = Math.max(left, x(first) - half);
      const to = Math.min(right, x(last) + half);
      return svg("rect", { class: "gap", x: from, y: TOP, width: Math.max(2, to - from), height: base - TOP });
    });
  }

  #unfinished() {
    const { asOf, timeline } = this.#overview;
    const last = timeline.points[timeline.points.length - 1];
    return last !== undefined && Date.parse(asOf) < Date.parse(last.at) + LENGTHS[timeline.interval];
  }

  #lines() {
    const { base, x, y } = this.scale;
    const at = (index) => `${x(index).toFixed(1)},${y(this.#points[index].views).toFixed(1)}`;
    const path = (first, last) => {
      const steps = [];
      for (let index = first; index <= last; index += 1) {
        steps.push(at(index));
      }
      return `M${steps.join("L")}`;
    };
    return this.#runs(true).flatMap(([first, last]) => {
      if (first === last) {
        return this.#points[first].views === 0 ? [] : [svg("circle", { class: "dot", cx: x(first), cy: y(this.#points[first].views), r: 3.5 })];
      }
      const solid = last === this.#points.length - 1 && this.#unfinished() ? last - 1 : last;
      const parts = [
        svg("path", { class: "area", d: `${path(first, last)}L${x(last)},${base}L${x(first)},${base}Z` }),
      ];
      if (solid > first) {
        parts.push(svg("path", { class: "line", d: path(first, solid) }));
      }
      if (solid < last) {
        parts.push(svg("path", { class: "line unfinished", d: path(solid, last) }));
      }
      return parts;
    });
  }

  /** Labels at round times of the day, or every so many days. */
  #times() {
    const { left, right, base, x } = this.scale;
    const { timeline, zone } = this.#overview;
    const room = Math.max(2, Math.floor((right - left) / 76));
    const each = LENGTHS[timeline.interval] / 60e3;
    const step = STEPS.find((minutes) => (this.#points.length * each) / minutes <= room) ?? 10080;
    const labels = [];
    this.#points.forEach((point, index) => {
      const at = new Date(point.at);
      const minutes = minutesOfDay(at, zone);
      const round = step < 1440
        ? minutes % step === 0
        : (each < 1440 ? minutes === 0 : true) && dayNumber(at, zone) % (step / 1440) === 0;
      if (round || this.#points.length === 1) {
        const text = timeline.interval === "1d" || minutes === 0 ? day(at, zone) : time(at, zone);
        const anchor = x(index) < left + 16 ? "start" : x(index) > right - 16 ? "end" : "middle";
        labels.push(svg("text", { class: "tick", x: x(index), y: base + 18, "text-anchor": anchor }, text));
      }
    });
    return labels;
  }

  #nearest(event) {
    if (!this.scale || this.#points.length === 0) {
      return null;
    }
    const { left, right } = this.scale;
    const inside = event.clientX - this.#svg.getBoundingClientRect().left;
    const share = Math.min(1, Math.max(0, (inside - left) / (right - left)));
    return Math.round(share * (this.#points.length - 1));
  }

  #key(event) {
    if (!this.#overview || this.#points.length === 0) {
      return;
    }
    const last = this.#points.length - 1;
    const here = this.#active;
    const next = {
      ArrowLeft: here === null ? last : Math.max(0, here - 1),
      ArrowRight: here === null ? 0 : Math.min(last, here + 1),
      Home: 0,
      End: last,
      Escape: null,
    };
    if (Object.hasOwn(next, event.key)) {
      event.preventDefault();
      this.#point(next[event.key], true);
    }
  }

  #point(index, aloud) {
    this.#active = index;
    const pointer = this.#svg.querySelector(".pointer");
    if (!pointer) {
      return;
    }
    pointer.replaceChildren();
    this.#tip.hidden = index === null;
    if (index === null) {
      return;
    }
    const { base, x, y } = this.scale;
    const views = this.#points[index].views;
    pointer.append(svg("line", { class: "cursor", x1: x(index), x2: x(index), y1: TOP, y2: base }));
    if (views !== undefined) {
      pointer.append(svg("circle", { class: "focus-dot", cx: x(index), cy: y(views), r: 5 }));
    }
    this.#tip.replaceChildren(html("strong", {}, this.#value(index)), this.#label(index));
    const beside = x(index) + 12;
    const room = this.#holder.clientWidth - this.#tip.offsetWidth;
    this.#tip.style.left = `${beside > room ? Math.max(0, x(index) - 12 - this.#tip.offsetWidth) : beside}px`;
    this.#tip.style.top = `${TOP}px`;
    if (aloud) {
      setText(this.#said, `${this.#label(index)}: ${this.#value(index)}`);
    }
  }
}
