import { REVIEW_SEVERITIES, type Severity } from "./review-finding";
import { safeMarkup, type Html } from "../html/markup";
import type { ReviewCounts } from "./review";

/** One review in a chart. */
export interface TrendPoint {
  readonly name: string;
  readonly counts: ReviewCounts;
}

const HEIGHT = 96;
const STEP = 64;
const BAR = 28;
const MOST = 12;

/** Findings of the last reviews as stacked bars, the most severe below; each bar says its numbers. */
export function trendChart(points: readonly TrendPoint[]): Html {
  const shown = points.slice(-MOST);
  const total = ({ counts }: TrendPoint): number =>
    REVIEW_SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
  const highest = Math.max(1, ...shown.map(total));
  const bars = shown.map((point, index) => {
    let below = 0;
    const x = index * STEP + (STEP - BAR) / 2;
    const parts = REVIEW_SEVERITIES.map((severity: Severity): Html => {
      const height = (point.counts[severity] / highest) * HEIGHT;
      below += height;
      return safeMarkup`<rect
        class="${severity}"
        x="${x}"
        y="${(HEIGHT + 14 - below).toFixed(1)}"
        width="${BAR}"
        height="${height.toFixed(1)}"
      ></rect>`;
    });
    const words = `${point.name}: ${REVIEW_SEVERITIES.map((severity) => `${String(point.counts[severity])} ${severity}`).join(", ")}`;
    return safeMarkup`<g
      ><title>${words}</title>${parts}<text
        x="${index * STEP + STEP / 2}"
        y="${(HEIGHT + 10 - below).toFixed(1)}"
        >${total(point)}</text
      ><text x="${index * STEP + STEP / 2}" y="${HEIGHT + 30}">${point.name}</text></g
    >`;
  });
  const width = Math.max(1, shown.length) * STEP;
  return safeMarkup`<svg
    class="trend"
    viewBox="0 0 ${width} ${HEIGHT + 38}"
    width="${width}"
    height="${HEIGHT + 38}"
    role="img"
    aria-label="Findings of the last reviews"
  >
    ${bars}
  </svg>`;
}
