// What is wrong with a scanner's settings, from what it typed for a code whose content is known.
export const codes = {
  case: 'TS1:AbCdEf',
  separator: 'TS2:AB\x1dCD',
  layout: 'TS3:yz-/?&=(1)_QWA',
  enter: 'TS4:ENTER',
} as const;

export type Test = keyof typeof codes;
export type Ending = 'enter' | 'tab' | 'none';
export type Finding = 'right' | 'capsAll' | 'smallAll' | 'caseSwapped' | 'separatorLost' | 'separatorText' | 'layout' | 'prefix' | 'noEnter' | 'tab' | 'unknown';

const marks = ['<GS>', '{GS}', '^]', '|', '_x001D_', '~', '@'];
const letters = (s: string) => s.replace(/[^0-9a-z]/gi, '').toLowerCase();

// testOf finds which of the four codes was meant, however it was mangled.
export function testOf(typed: string): Test | undefined {
  const number = /ts([1-4])/i.exec(typed)?.[1] ?? /([1-4])/.exec(typed)?.[1];
  return number ? (Object.keys(codes) as Test[])[Number(number) - 1] : undefined;
}

export function diagnose(typed: string, ending: Ending): { test?: Test; finding: Finding } {
  const test = testOf(typed);
  if (!test) return { finding: 'unknown' };
  const want = codes[test];
  if (ending === 'none') return { test, finding: 'noEnter' };
  if (ending === 'tab') return { test, finding: 'tab' };
  return { test, finding: typed === want ? 'right' : faultOf(typed, want, test) };
}

function faultOf(typed: string, want: string, test: Test): Finding {
  if (typed.endsWith(want) || /^\][A-Za-z][0-9]/.test(typed)) return 'prefix';
  if (test === 'separator' && typed === want.replace('\x1d', '')) return 'separatorLost';
  if (test === 'separator' && marks.some((m) => typed === want.replace('\x1d', m))) return 'separatorText';
  if (typed === want.toUpperCase()) return 'capsAll';
  if (typed === want.toLowerCase()) return 'smallAll';
  if (typed.toLowerCase() === want.toLowerCase()) return 'caseSwapped';
  return letters(typed).length >= 3 ? 'layout' : 'unknown';
}
