// The two codes of a logistic label, as SVG: what they hold is the same.
import { datamatrix, drawingSVG, gs1_128 } from 'bwip-js/browser';

export function bars(sscc: string): string {
  return gs1_128({ bcid: 'gs1-128', text: `(00)${sscc}`, scale: 1, height: 20 }, drawingSVG()).replace('<svg ', '<svg preserveAspectRatio="none" ');
}

// square holds what the bars hold: ^FNC1 marks it as GS1's.
export function square(sscc: string): string {
  return datamatrix({ bcid: 'datamatrix', text: `^FNC100${sscc}`, parsefnc: true, scale: 2 }, drawingSVG());
}
