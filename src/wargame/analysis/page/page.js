// Sorts and searches tables. The page says everything without it.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const value = (row, column) => {
    const cell = row.cells[column];
    const v = cell === undefined ? "" : cell.dataset.v ?? cell.textContent.trim();
    return v !== "" && !Number.isNaN(Number(v)) ? Number(v) : v;
  };
  table.tHead.rows[0].querySelectorAll("th").forEach((head) => {
    const column = head.cellIndex;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const numbers = [...body.rows].some((row) => typeof value(row, column) === "number");
      const now = head.getAttribute("aria-sort");
      const descending = now === null ? numbers : now === "ascending";
      table.querySelectorAll("th[aria-sort]").forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const sign = descending ? -1 : 1;
      body.append(...[...body.rows].sort((one, other) => {
        const a = value(one, column), b = value(other, column);
        if (typeof a === typeof b) return sign * (typeof a === "number" ? a - b : a.localeCompare(b));
        return typeof a === "number" ? -1 : 1; // what has no figure stays last
      }));
    });
  });
}
for (const place of document.querySelectorAll("[data-search]")) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  field.type = "search";
  label.className = "search";
  label.append(place.dataset.search + " ", field);
  place.before(label);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const item of place.querySelectorAll("tbody > tr, article")) {
      item.hidden = wanted !== "" && !item.textContent.toLowerCase().includes(wanted);
    }
    if (wanted !== "") place.querySelectorAll(":scope > details").forEach((each) => { each.open = true; });
  });
}
