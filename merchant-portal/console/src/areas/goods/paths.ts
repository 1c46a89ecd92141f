type Named = { gtin: string; lot: string };

export const batchPath = ({ gtin, lot }: Named): string => `/batches/${gtin}/${encodeURIComponent(lot)}`;

// labelsPath leads to the labels of batches: `batch` stands once for each, as GTIN/LOT.
export function labelsPath(batches: Named[]): string {
  const query = new URLSearchParams();
  for (const { gtin, lot } of batches) query.append('batch', `${gtin}/${lot}`);
  return `/labels?${query}`;
}
