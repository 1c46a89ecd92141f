import type { FormatterModule } from 'i18next';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 20 });

// figure writes a number as people read it, in groups: 1,000,000. Both languages group alike.
export const figure = (n: number): string => grouped.format(n);

// figures makes texts do so with every number that they are given: i18next.use(figures), with interpolation.alwaysFormat.
export const figures: FormatterModule = {
  type: 'formatter',
  init() {},
  add() {},
  addCached() {},
  format: (value: unknown) => (typeof value === 'number' ? figure(value) : (value as string)),
};
