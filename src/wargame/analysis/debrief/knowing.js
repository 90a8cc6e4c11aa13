// Who knew what when: of two seats and a turn, what the one knew that the other did not. Without it the table tells it all.
"use strict";
(() => {
  const place = document.querySelector("[data-knowing]");
  if (!place) return;
  const seats = [...place.querySelectorAll("thead th")].map((head) => head.textContent);
  const rows = [...place.querySelectorAll("tbody tr")];
  const last = Number(place.dataset.knowing);
  const form = document.createElement("div");
  form.className = "asking";
  const ask = (label, names, chosen) => {
    const field = document.createElement("select");
    const around = document.createElement("label");
    names.forEach((name, i) => field.add(new Option(name, String(i), i === chosen, i === chosen)));
    around.append(label + " ", field);
    form.append(around);
    field.addEventListener("change", show);
    return field;
  };
  const one = ask("What did", seats, 0);
  const other = ask("know that did not", seats, Math.min(1, seats.length - 1));
  const turns = Array.from({length: last + 1}, (_, i) => (i ? `turn ${i}` : "the set-up"));
  const turn = ask("at the end of", turns, last);
  const found = document.createElement("p");
  found.setAttribute("role", "status");
  const all = document.createElement("button");
  all.type = "button";
  all.className = "verify";
  all.textContent = "Show everything again";
  all.addEventListener("click", () => {
    rows.forEach((row) => { row.hidden = false; });
    columns(seats.map((_, i) => i));
    found.textContent = "";
  });
  form.append(all);
  place.closest("details").before(form, found);
  // A seat's part is "from" or "from-until"; empty where it never knew.
  const knew = (part, at) => {
    if (part === "") return false;
    const [from, until] = part.split("-").map(Number);
    return from <= at && !(until <= at);
  };
  function columns(shown) {
    for (const row of place.querySelectorAll("tr")) {
      seats.forEach((_, i) => { row.cells[i + 1].hidden = !shown.includes(i); });
    }
  }
  function show() {
    if (one.value === other.value) other.value = String((Number(one.value) + 1) % seats.length);
    const a = Number(one.value), b = Number(other.value), at = Number(turn.value);
    let count = 0;
    for (const row of rows) {
      const parts = row.dataset.k.split(",");
      row.hidden = !(knew(parts[a], at) && !knew(parts[b], at));
      count += row.hidden ? 0 : 1;
    }
    columns([a, b]);
    place.closest("details").open = true;
    found.textContent = `${seats[a]} knew ${count} ${count === 1 ? "thing" : "things"} that ${seats[b]} did not.`;
  }
})();
