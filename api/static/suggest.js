// Suggestions under a field with data-suggest (ARIA combobox); without them the form asks as before.
// data-suggest: the kind of things to suggest, empty for any. data-go: choosing one opens its page.
const pause = 120;

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  list.hidden = true;
  field.after(list);
  field.parentElement.classList.add("suggesting");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let rows = [];
  let at = -1;
  let asked = 0;
  let waiting;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = to;
    const chosen = list.children[at];
    if (!chosen) return field.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", chosen.id);
  };
  const choose = (row) => {
    close();
    if ("go" in field.dataset) {
      const lang = new URLSearchParams(location.search).get("lang");
      const more = lang ? `&lang=${encodeURIComponent(lang)}` : "";
      location.assign(`/about?thing=${encodeURIComponent(row.iri)}${more}`);
    } else {
      field.value = row.key ?? row.iri;
    }
  };
  const show = (found) => {
    rows = found;
    list.replaceChildren(...rows.map((row, n) => {
      const line = document.createElement("li");
      line.id = `${list.id}-${n}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.append(row.label);
      const kind = document.createElement("span");
      kind.className = "soft";
      kind.textContent = ` ${row.hint}`;
      line.append(kind);
      line.addEventListener("mousedown", (event) => { event.preventDefault(); choose(row); });
      return line;
    }));
    at = -1;
    list.hidden = rows.length === 0;
    field.setAttribute("aria-expanded", String(rows.length > 0));
    field.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const words = field.value.trim();
    const mine = ++asked;
    if (!words) return close();
    const wish = new URLSearchParams({ q: words, limit: "8", lang: document.documentElement.lang });
    if (field.dataset.suggest) wish.set("kind", field.dataset.suggest);
    try {
      const answer = await fetch(`/api/v1/suggest?${wish}`, { headers: { Accept: "application/json" } });
      const found = answer.ok ? (await answer.json()).rows : [];
      if (mine === asked && document.activeElement === field) show(found);
    } catch {
      close();
    }
  };

  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, pause); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      ask();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((at + 1 + step + rows.length + 1) % (rows.length + 1) - 1);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      choose(rows[at]);
    }
  });
}
