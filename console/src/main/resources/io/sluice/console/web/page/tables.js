/** Tables of groups with a bar each; rows are kept from one refresh to the next. */

import { html, setText, show } from "./dom.js";
import { isSpecial, number } from "./format.js";

const FIRST = 8;

export class GroupTable {
  #holder;
  #heading;
  #kind;
  #label;
  #rows = new Map();
  #all = false;
  #groups = [];
  #body = html("tbody");
  #table;
  #none = html("p", { class: "none", hidden: "" }, "Nothing to show.");
  #more = html("button", { type: "button", class: "quiet more", hidden: "", "aria-expanded": "false" });

  /**
   * @param heading of the first column
   * @param kind class of the rows
   * @param label how a name is written
   */
  constructor(holder, heading, kind, label) {
    this.#holder = holder;
    this.#heading = heading;
    this.#kind = kind;
    this.#label = label;
    this.#table = html("table", {},
      html("thead", {}, html("tr", {},
        html("th", { scope: "col" }, heading),
        html("th", { scope: "col" }, "Views"),
        html("th", { scope: "col" }, "Visitors"))),
      this.#body);
    this.#more.addEventListener("click", () => {
      this.#all = !this.#all;
      this.#fill();
    });
    holder.append(this.#table, this.#none, this.#more);
  }

  show(groups) {
    this.#groups = groups;
    this.#fill();
  }

  #fill() {
    const flat = this.#groups.flatMap((group) => [
      { ...group, key: group.name, below: false },
      ...(group.sites ?? []).map((site) => ({ ...site, key: `${group.name}\n${site.name}`, below: true })),
    ]);
    const shown = this.#all || flat.length <= FIRST + 2 ? flat : flat.slice(0, FIRST);
    const most = Math.max(1, ...flat.map((group) => group.views));
    const kept = new Set();
    shown.forEach((group, place) => {
      const row = this.#row(group);
      kept.add(group.key);
      setText(row.views, number(group.views));
      setText(row.visitors, number(group.visitors));
      row.bar.style.width = `${((100 * group.views) / most).toFixed(1)}%`;
      if (this.#body.children[place] !== row.node) {
        this.#body.insertBefore(row.node, this.#body.children[place] ?? null);
      }
    });
    for (const [key, row] of this.#rows) {
      if (!kept.has(key)) {
        row.node.remove();
        this.#rows.delete(key);
      }
    }
    show(this.#table, flat.length > 0);
    show(this.#none, flat.length === 0);
    show(this.#more, flat.length > FIRST + 2);
    setText(this.#more, this.#all ? "Show fewer" : `Show all ${flat.length}`);
    this.#more.setAttribute("aria-expanded", String(this.#all));
  }

  #row(group) {
    const known = this.#rows.get(group.key);
    if (known) {
      return known;
    }
    const bar = html("span", { class: "bar", "aria-hidden": "true" });
    const special = isSpecial(group.name);
    const name = html("span", { class: "name" }, special || group.below ? group.name : this.#label(group.name));
    const views = html("td");
    const visitors = html("td");
    const classes = [this.#kind, special ? "special" : "", group.below ? "below" : ""].filter(Boolean).join(" ");
    const row = { node: html("tr", { class: classes }, html("th", { scope: "row" }, bar, name), views, visitors), bar, views, visitors };
    this.#rows.set(group.key, row);
    return row;
  }
}
