// Puts the editor in the place of the form. Without it, or when it is left, the form asks the same.
// Nothing but this service is asked: no prefix.cc, no Linked Open Vocabularies.
const form = document.getElementById("sparql-form");
const box = document.getElementById("yasgui");
const field = form.elements.namedItem("query");
const german = document.documentElement.lang === "de";
const words = german
  ? { form: "Einfaches Formular", editor: "Editor", tab: "Abfrage" }
  : { form: "Plain form", editor: "Editor", tab: "Query" };
const endpoint = new URL(form.action).href;
const prefixes = JSON.parse(box.dataset.prefixes);

// What the editor proposes for classes and properties comes from our own vocabulary.
const terms = (kind) => async () => {
  const asked = new URL(endpoint);
  asked.searchParams.set("query", box.dataset[kind]);
  const got = await fetch(asked, { headers: { Accept: "application/sparql-results+json" } });
  const rows = got.ok ? (await got.json()).results.bindings : [];
  return rows.map((row) => row.term.value);
};
for (const [from, name] of [["class", "classes"], ["property", "properties"]]) {
  Yasgui.Yasqe.forkAutocompleter(from, { name: `our-${name}`, bulk: true, get: terms(name) });
}

box.hidden = false;
form.hidden = true;
const yasgui = new Yasgui(box, {
  requestConfig: { endpoint, method: "POST" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  copyEndpointOnNewTab: false,
  persistenceId: "lotse-sparql",
  tabName: words.tab,
  populateFromUrl: false,
  yasqe: {
    prefixCcApi: null,
    createShareableLink: (yasqe) => `${endpoint}?${new URLSearchParams({ query: yasqe.getValue() })}`,
    autocompleters: ["prefixes", "variables", "our-classes", "our-properties"],
    value: field.value,
  },
  yasr: { prefixes },
});

// A query that came with the page, or an example, opens in a tab of its own (once).
const open = (name, value) => {
  yasgui.addTab(true, { name, yasqe: { value } }, { avoidDuplicateTabs: true });
};
if (field.dataset.given !== undefined || !yasgui.getTab()) open(words.tab, field.value);
for (const example of document.querySelectorAll("a.example")) {
  example.addEventListener("click", (event) => {
    event.preventDefault();
    open(example.textContent, new URL(example.href).searchParams.get("query"));
    box.scrollIntoView({ block: "start" });
  });
}

const result = document.getElementById("result");
yasgui.on("query", () => result?.remove());

const change = document.createElement("button");
change.type = "button";
change.className = "plain";
const name = () => { change.textContent = form.hidden ? words.form : words.editor; };
change.addEventListener("click", () => {
  if (form.hidden) field.value = yasgui.getTab().getYasqe().getValue();
  form.hidden = !form.hidden;
  box.hidden = !form.hidden;
  name();
});
name();
box.before(change);
