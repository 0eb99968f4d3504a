/** Finds entries, opens what an address or paper needs, and hears keys. */
function start(): void {
  const find = document.getElementById("find");
  const shown = document.getElementById("shown");
  const entries = [...document.querySelectorAll("[data-entry]")];
  const texts = entries.map((entry) => entry.textContent.toLowerCase());
  if (!(find instanceof HTMLInputElement) || shown === null) return;

  const filter = (): void => {
    const words = find.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    let left = 0;
    entries.forEach((entry, index) => {
      const isShown = words.every((word) => texts[index]?.includes(word));
      entry.toggleAttribute("hidden", !isShown);
      if (isShown) left += 1;
    });
    shown.textContent =
      words.length === 0
        ? ""
        : `${left.toLocaleString("en")} of ${entries.length.toLocaleString("en")} entries`;
  };

  const open = (): void => {
    const target = document.getElementById(location.hash.slice(1));
    if (!(target instanceof HTMLDetailsElement)) return;
    target.open = true;
    target.hidden = false;
    target.querySelector("summary")?.focus();
  };

  /** What was closed before somebody printed. */
  let closed: readonly Element[] = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.setAttribute("open", "");
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.removeAttribute("open");
  });
  addEventListener("hashchange", open);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== find) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (event.key === "Escape" && find.value !== "") {
      find.value = "";
      filter();
    }
  });
  find.addEventListener("input", filter);
  open();
}

start();
