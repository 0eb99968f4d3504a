import { render } from "preact";

import { AccessMap } from "./access-map";
import { AccessMapPage } from "./app";
import { embeddedData } from "./embedded";
import "./page.css";

const map = new AccessMap(embeddedData());
const page = document.getElementById("page");

/** At once: the browser does not wait before it prints. */
function draw(isPrinting: boolean): void {
  if (page !== null) render(<AccessMapPage map={map} isPrinting={isPrinting} />, page);
}

draw(false);
addEventListener("beforeprint", () => draw(true));
addEventListener("afterprint", () => draw(false));
matchMedia("print").addEventListener("change", ({ matches }) => draw(matches));
