import { expect, test } from 'vitest';
import { codes, diagnose, type Ending, type Finding } from './diagnosis';
import { ssccUnder } from './sscc';

const cases: [typed: string, ending: Ending, finding: Finding][] = [
  [codes.case, 'enter', 'right'], [codes.separator, 'enter', 'right'], [codes.layout, 'enter', 'right'], [codes.enter, 'enter', 'right'],
  ['TS1:ABCDEF', 'enter', 'capsAll'], ['ts1:abcdef', 'enter', 'smallAll'], ['ts1:aBcDeF', 'enter', 'caseSwapped'],
  ['TS2:ABCD', 'enter', 'separatorLost'], ['TS2:AB<GS>CD', 'enter', 'separatorText'], ['TS2:AB{GS}CD', 'enter', 'separatorText'],
  ['TS3>zy/&_%=)1=?QWA', 'enter', 'layout'], ['TS3Mzy)-,1`51%8AZQ', 'enter', 'layout'],
  [`]Q3${codes.case}`, 'enter', 'prefix'], [codes.enter, 'none', 'noEnter'], [codes.enter, 'tab', 'tab'], ['hello', 'enter', 'unknown'],
];

test.each(cases)('%j with %s is %s', (typed, ending, finding) => {
  expect(diagnose(typed, ending).finding).toBe(finding);
});

test('an SSCC lies under its prefix and has its check digit', () => {
  for (const prefix of ['6998801', '699880123', '4006381333']) {
    const sscc = ssccUnder(prefix);
    expect(sscc).toMatch(new RegExp(`^[0-9]${prefix}[0-9]{${17 - prefix.length}}$`));
    const sum = [...sscc].reverse().reduce((s, d, i) => s + Number(d) * (i % 2 ? 3 : 1), 0);
    expect(sum % 10).toBe(0);
  }
});
