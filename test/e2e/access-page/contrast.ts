/** A text that is hard to read: what it says, and the ratio of its colour to what is behind it. */
export interface FaintText {
  readonly text: string;
  readonly ratio: number;
}

/**
 * The texts on the page below WCAG's AA, 4.5 to 1. Runs in the browser, so it refers to nothing outside of itself.
 * https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function faintTexts(): readonly FaintText[] {
  const channels = (color: string): readonly number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = color.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element: Element): readonly number[] => {
    for (let one: Element | null = element; one !== null; one = one.parentElement) {
      const [red = 0, green = 0, blue = 0, opacity = 1] = channels(getComputedStyle(one).backgroundColor);
      if (opacity === 1) return [red, green, blue];
    }
    // Paper.
    return [255, 255, 255];
  };
  const found: FaintText[] = [];
  for (const element of document.querySelectorAll("body *:not(script)")) {
    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
    const value = element instanceof HTMLInputElement ? element.placeholder : "";
    const text = [...own.map(({ textContent }) => textContent ?? ""), value].join("").trim();
    if (text === "" || !element.checkVisibility({ visibilityProperty: true })) continue;
    const style = value === "" ? getComputedStyle(element) : getComputedStyle(element, "::placeholder");
    const [one, other] = [luminance(channels(style.color).slice(0, 3)), luminance(groundOf(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) found.push({ text, ratio: Math.round(ratio * 100) / 100 });
  }
  return found;
}
