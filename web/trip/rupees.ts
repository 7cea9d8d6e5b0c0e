/** `1,250.50` or `₹1250` → 125050 and 125000; null for what is no amount. */
export function parseRupees(text: string): number | null {
  const plain = text.replace(/^\s*₹/u, '').replaceAll(/[\s,]/gu, '');
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(plain);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

/** 125050 → `1250.50`, 125000 → `1250`: as one types it. */
export const rupeesText = (minor: number): string =>
  minor % 100 === 0 ? String(minor / 100) : (minor / 100).toFixed(2);
