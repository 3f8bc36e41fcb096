// Puts a button beside each command; without it, the command is there to be selected.
const say = document.documentElement.lang === "de"
  ? { copy: "Kopieren", done: "Kopiert" }
  : { copy: "Copy", done: "Copied" };
if (navigator.clipboard) {
  for (const code of document.querySelectorAll("code[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = say.copy;
    button.setAttribute("aria-label", `${say.copy}: ${code.textContent}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = say.done;
      setTimeout(() => { button.textContent = say.copy; }, 2000);
    });
    code.after(" ", button);
  }
}
