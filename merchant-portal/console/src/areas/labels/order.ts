// What is printed: the choices of the page, and the order that the gateway gets for them.
import type { Schemas } from '@/api/client';

export type Order = Schemas['LabelOrder'];
export type Design = Schemas['LabelDesign'];
export type Field = Schemas['LabelField'];
export type Format = Order['format'];
export const formats: Format[] = ['pdf', 'zpl', 'png', 'svg', 'csv', 'xlsx'];

export type Choice = {
  template: string; // of a layout; empty for the design below
  design: Design;
  symbol: 'qr' | 'datamatrix';
  pin: boolean;
  format: Format;
  printer: string;
  dpi: 203 | 300 | 600;
  units: 'all' | 'range' | 'codes';
  first: number; // counted from 1, as people do
  last: number;
  codes: string[]; // of labels to print again
};

export const allFields: Field[] = ['brand', 'name', 'nameEn', 'lot', 'expiry', 'tail', 'serial', 'verify', 'host'];
export const sizes = ['40x30', '50x30', '60x40', '70x50', '100x70'];

export const firstChoice: Choice = {
  template: 'roll-50x30', design: { width: 50, height: 30, fields: allFields }, symbol: 'qr', pin: false, format: 'pdf', printer: '', dpi: 300, units: 'all', first: 1, last: 1, codes: [],
};

export const isList = (f: Format): boolean => f === 'csv' || f === 'xlsx';

// styleOf is how the labels look, as previews, test sheets and orders say it.
export function styleOf({ template, design, symbol, pin }: Choice) {
  return { ...(template ? { template } : { design: { ...design, fields: design.fields?.length ? design.fields : ['none' as Field] } }), symbol, pin };
}

export function orderOf(c: Choice, trial: boolean): Order {
  const order: Order = { format: c.format, from: 0, trial, ...(isList(c.format) ? { symbol: c.symbol, pin: c.pin } : styleOf(c)) };
  if (c.format === 'zpl') order.dpi = c.dpi;
  if (c.printer && (c.format === 'zpl' || c.format === 'pdf')) order.printer = c.printer;
  if (trial) return order;
  if (c.units === 'range') return { ...order, from: c.first - 1, count: c.last - c.first + 1 };
  if (c.units === 'codes') return { ...order, codes: c.codes };
  return order;
}

// codesIn takes apart what was typed at once. An address or a GS1 element string is one code, whatever stands in it.
export const codesIn = (typed: string): string[] => (/[:/\x1d()\]]/.test(typed) ? [typed] : typed.split(/[\s,，;；]+/).filter(Boolean));
