// Makes the after-action report editable where it has blanks, and saves it as a page of its own. Nothing leaves the machine.
"use strict";
{
  const own = document.currentScript.textContent;
  const parts = [...document.querySelectorAll(".aar")];
  const blanks = parts.flatMap((part) => [...part.querySelectorAll("[contenteditable]")]);
  for (const blank of blanks) {
    // Browsers that do not know plain text only take pasted formats too; those are dropped as they come.
    if (blank.contentEditable !== "plaintext-only") {
      blank.contentEditable = "true";
      blank.addEventListener("paste", (event) => {
        event.preventDefault();
        document.getSelection().deleteFromDocument();
        const range = document.getSelection().getRangeAt(0);
        range.insertNode(document.createTextNode(event.clipboardData.getData("text/plain")));
        range.collapse(false);
      });
    }
  }
  const saved = () => {
    const page = document.implementation.createHTMLDocument(document.title);
    for (const each of document.head.querySelectorAll("meta, style")) page.head.append(each.cloneNode(true));
    page.documentElement.lang = document.documentElement.lang;
    const main = page.createElement("main");
    page.body.append(main);
    for (const part of parts) {
      const section = part.closest("section").cloneNode(true);
      section.querySelectorAll("[data-made]").forEach((each) => each.remove());
      main.append(section);
    }
    const script = page.createElement("script");
    script.textContent = own;
    page.body.append(script);
    return "<!DOCTYPE html>\n" + page.documentElement.outerHTML + "\n";
  };
  let changed = false;
  for (const part of parts) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.made = "";
    button.className = "save";
    button.textContent = "Save with what you wrote";
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([saved()], { type: "text/html" }));
      link.download = "after-action-report.html";
      link.click();
      URL.revokeObjectURL(link.href);
      changed = false;
    });
    part.prepend(button);
    part.addEventListener("input", () => { changed = true; });
  }
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
