import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const FIRST_ROWS = 80;
const MORE_ROWS = 160;

/** The page scrolls where it is narrow (rootMargin), and the sheet in it where it is wide (scrollMargin). */
const NEAR: IntersectionObserverInit & { readonly scrollMargin: string } = {
  rootMargin: "600px",
  scrollMargin: "600px",
};

/**
 * How many rows to draw: a screenful at first, more as the reader comes near the last one, all of them on paper. What the
 * rows are for (`subject`) starts anew.
 */
export function useRowsInSight(
  total: number,
  subject: string,
  isPrinting: boolean,
): { readonly drawn: number; readonly sentinel: RefObject<HTMLTableRowElement | null> } {
  const [sight, setSight] = useState({ subject, rows: FIRST_ROWS });
  const rows = sight.subject === subject ? sight.rows : FIRST_ROWS;
  const sentinel = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (sentinel.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSight({ subject, rows: rows + MORE_ROWS });
    }, NEAR);
    observer.observe(sentinel.current);
    return () => observer.disconnect();
  }, [rows, subject, total, isPrinting]);
  return { drawn: isPrinting ? total : Math.min(rows, total), sentinel };
}
