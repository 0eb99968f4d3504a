import type { PageData } from "./map-data";

/** The data that the page was made with; whoever made the script made it too. */
export function embeddedData(): PageData {
  return JSON.parse(document.getElementById("data")?.textContent ?? "") as PageData;
}
