// Unpacks raw DEFLATE (RFC 1951) with a dictionary, which the browser's own
// DecompressionStream does not take. Whatever is wrong with the data throws.
(function () {
  'use strict'
  const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
  const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
  const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  function need (ok) { if (!ok) throw new Error('not in DEFLATE') }

  function reader (data) {
    let at = 0 // in bits
    return {
      bits (n) {
        let value = 0
        for (let i = 0; i < n; i++, at++) {
          need(at >> 3 < data.length)
          value |= (data[at >> 3] >> (at & 7) & 1) << i
        }
        return value
      },
      align () { at = (at + 7) & ~7 }
    }
  }

  // codes gives, from the length of each symbol's code, how many codes of each length there are, and the symbols in their order.
  function codes (lengths) {
    const counts = new Array(16).fill(0)
    lengths.forEach((n) => counts[n]++)
    counts[0] = 0
    const symbols = []
    for (let n = 1; n < 16; n++) lengths.forEach((length, symbol) => { if (length === n) symbols.push(symbol) })
    return { counts, symbols }
  }

  function symbol (r, { counts, symbols }) {
    let code = 0
    let first = 0
    let index = 0
    for (let n = 1; n < 16; n++) {
      code |= r.bits(1)
      if (code - first < counts[n]) return symbols[index + code - first]
      index += counts[n]
      first = (first + counts[n]) << 1
      code <<= 1
    }
    return need(false)
  }

  const run = (n, value) => new Array(n).fill(value)
  const fixed = [codes([...run(144, 8), ...run(112, 9), ...run(24, 7), ...run(8, 8)]), codes(run(30, 5))]

  function dynamic (r) {
    const literals = r.bits(5) + 257
    const distances = r.bits(5) + 1
    const some = r.bits(4) + 4
    const short = run(19, 0)
    for (let i = 0; i < some; i++) short[orderOfLengths[i]] = r.bits(3)
    const table = codes(short)
    const lengths = []
    while (lengths.length < literals + distances) {
      const s = symbol(r, table)
      need(s !== 16 || lengths.length > 0)
      if (s < 16) lengths.push(s)
      else if (s === 16) lengths.push(...run(3 + r.bits(2), lengths[lengths.length - 1]))
      else lengths.push(...run(s === 17 ? 3 + r.bits(3) : 11 + r.bits(7), 0))
    }
    need(lengths.length === literals + distances)
    return [codes(lengths.slice(0, literals)), codes(lengths.slice(literals))]
  }

  // inflate gives what data unpacks to, at most limit bytes.
  globalThis.touchstoneInflate = function (data, dictionary, limit) {
    const out = Array.from(dictionary)
    const end = out.length + limit
    const r = reader(data)
    function put (byte) { need(out.length < end); out.push(byte) }
    function block ([literals, distances]) {
      for (let s = symbol(r, literals); s !== 256; s = symbol(r, literals)) {
        if (s < 256) { put(s); continue }
        need(s < 286)
        const length = lengthBase[s - 257] + r.bits(lengthBits[s - 257])
        const d = symbol(r, distances)
        need(d < 30)
        const bits = d < 4 ? 0 : (d >> 1) - 1
        const distance = (d < 4 ? d : (2 + (d & 1)) << bits) + 1 + r.bits(bits)
        need(distance <= out.length)
        for (let i = 0; i < length; i++) put(out[out.length - distance])
      }
    }
    for (let last = 0; !last;) {
      last = r.bits(1)
      const kind = r.bits(2)
      need(kind < 3)
      if (kind === 0) {
        r.align()
        const n = r.bits(16)
        need((r.bits(16) ^ n) === 0xffff)
        for (let i = 0; i < n; i++) put(r.bits(8))
      } else block(kind === 1 ? fixed : dynamic(r))
    }
    return Uint8Array.from(out.slice(dictionary.length))
  }
})()
