type Named = { gtin: string; lot: string };

export const batchPath = ({ gtin, lot }: Named): string => `/batches/${gtin}/${encodeURIComponent(lot)}`;

// labelsPath leads to the labels of batches: `batch` stands once for each, as GTIN/LOT.
export function labelsPath(batches: Named[]): string {
  const query = new URLSearchParams();
  for (const { gtin, lot } of batches) query.append('batch', `${gtin}/${lot}`);
  return `/labels?${query}`;
}

// makePath leads to the making of a new batch out of units of this one.
export const makePath = ({ gtin, lot }: Named): string => `/batches/make?${new URLSearchParams({ of: `${gtin}/${lot}` })}`;
