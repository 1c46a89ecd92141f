// Bars stand where text will be and take its place, so that nothing jumps.
export function Bars({ rows = 4 }: { rows?: number }) {
  return <div className="bars" aria-busy="true">{Array.from({ length: rows }, (_, i) => <span key={i} />)}</div>;
}
