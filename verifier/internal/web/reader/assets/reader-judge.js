// Judges what a label holds, as label.go does; both are tested with
// testdata/labels.json. It opens nothing: of a unit it gives a path made of the
// parts that were read, of anything else only what to say.
(function () {
  'use strict'
  const maxLabel = 8192
  const maxReadings = 8
  const maxSteps = 400
  const cset82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/
  const alphabet = /^[0-9A-HJKMNP-TV-Z]*$/
  const wrong = (field, fault) => ({ kind: 'wrong', field, fault })

  // serialOf mends what people do when they type a serial (Crockford's base32).
  const serialOf = (typed) => typed.replace(/[ -]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')

  function checkDigitFits (digits) {
    const sum = Array.from(digits.padStart(18, '0')).reduce((n, d, i) => n + Number(d) * (i % 2 ? 1 : 3), 0)
    return sum % 10 === 0
  }

  function gtinFault (gtin) {
    if (!/^(\d{8}|\d{12,14})$/.test(gtin) || /^0+$/.test(gtin)) return 'gtinForm'
    return checkDigitFits(gtin) ? '' : 'gtinCheck'
  }

  // fromReadings finds the units among what a text can mean; the likeliest is
  // the path, the rest are others, which only the server can tell apart. cut
  // says that the text goes on behind its barcode number.
  function fromReadings (all, otherwise, cut) {
    const units = []
    for (const v of all) {
      const path = unitOf(v)
      if (path && units.length < maxReadings && !units.includes(path)) units.push(path)
    }
    if (units.length > 1) return { kind: 'unit', path: units[0], others: units.slice(1) }
    if (units.length) return { kind: 'unit', path: units[0] }
    return all.length && all[0].has('01') ? faultIn(all[0], cut) : otherwise
  }

  function unitOf (v) {
    const gtin = v.get('01') || '', lot = v.get('10') || ''
    const runOn = /^([0-9A-TV-Z]{20})[^0-9A-Z]/i.exec(v.get('21') || '')
    const serial = runOn ? runOn[1] : v.get('21') || ''
    return !gtinFault(gtin) && cset82.test(lot) && cset82.test(serial) && pathOf(gtin, lot, serialOf(serial))
  }

  function faultIn (v, cut) {
    const gtin = gtinFault(v.get('01'))
    if (gtin) return wrong('gtin', gtin)
    if (v.has('10') && !cset82.test(v.get('10'))) return cut ? wrong('', 'incomplete') : wrong('lot', 'lotForm')
    if (!v.has('21')) return { kind: 'product' }
    return cset82.test(v.get('21')) ? wrong('lot', 'lotMissing') : wrong('serial', 'serialForm')
  }

  function pathOf (gtin, lot, serial) {
    return '/01/' + gtin.padStart(14, '0') + '/10/' + encode(lot) + '/21/' + encode(serial)
  }
  const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase())

  // --- element strings -------------------------------------------------------

  // The digits of an application identifier follow from its first two, and so
  // does the length of those values that end without a separator (General
  // Specifications 7.8.5).
  const threeDigits = /^(23|24|25|40|41|42|71)/
  const fourDigits = /^(3[1-69]|43|7[02]|8[0-2])/
  const predefined = { '00': 18, '01': 14, '02': 14, '03': 14, '04': 16, 11: 6, 12: 6, 13: 6, 14: 6, 15: 6, 16: 6, 17: 6, 18: 6, 19: 6, 20: 2, 31: 6, 32: 6, 33: 6, 34: 6, 35: 6, 36: 6, 41: 13 }
  const separators = /<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|<0x1D>|\^\]|_x001D_|\\x1D|\\u001D|\u241d|&#(?:29|x1D);|%1D|[|^]/gi
  const twenty = /^[0-9A-TV-Z]{20}/i
  const dated = /^1[1-7]\d{6}/
  const keyed = /^(10|21|1[1-7]\d{6}|01\d{14})/

  // search runs a reader over a text and collects what it can mean.
  function search (reader, text) {
    const found = []
    let steps = 0
    const go = (rest, values) => {
      if (++steps <= maxSteps) reader(rest, values, go, (v) => found.push(v))
    }
    go(text, new Map())
    return found
  }
  const withValue = (values, ai, value) => values.has(ai) ? values : new Map(values).set(ai, value)

  // elementStrings undoes what the alphanumeric mode of a GS1 QR code does to its
  // text, as some readers hand it on: % is the separator there, and %% a percent sign.
  function elementStrings (text) {
    const plain = search(elements, text)
    if (text.includes('\x1d') || !text.includes('%')) return plain
    return search(elements, text.replace(/%%?/g, (sign) => sign === '%' ? '\x1d' : '%')).concat(plain)
  }

  // elements reads one element and goes on with what is behind it, in every way
  // that is possible where a separator may have been lost.
  function elements (rest, values, go, found) {
    rest = rest.replace(/^\x1d+/, '')
    if (!rest) return found(values)
    const digits = fourDigits.test(rest) ? 4 : threeDigits.test(rest) ? 3 : 2
    const ai = rest.slice(0, digits), body = rest.slice(digits)
    if (!/^\d+$/.test(ai) || ai.length < digits) return values.size ? found(values) : undefined
    for (const n of lengths(ai, body)) go(body.slice(n), withValue(values, ai, body.slice(0, n)))
  }

  // lengths gives how long the value at the front of body can be, the likeliest first.
  function lengths (ai, body) {
    const end = (body + '\x1d').indexOf('\x1d')
    const fixed = predefined[ai.slice(0, 2)]
    if (fixed) return ai === '01' && end > 13 && keyed.test(body.slice(13)) ? [Math.min(fixed, end), 13] : [Math.min(fixed, end)]
    const all = [end]
    for (let n = 1; n < end && n <= 20; n++) {
      const tail = body.slice(n)
      const lot = ai === '10' && ((tail.startsWith('21') && twenty.test(tail.slice(2))) || dated.test(tail))
      if (lot || (ai === '21' && n === 20 && twenty.test(body) && keyed.test(tail))) all.push(n)
    }
    return all
  }

  // bracketed reads one element in brackets. Brackets may stand in a lot as
  // well, so a lot can go on behind the next one.
  function bracketed (rest, values, go, found) {
    if (!rest) return found(values)
    const m = /^\((\d{2,4})\)/.exec(rest)
    if (!m) return
    const body = rest.slice(m[0].length)
    const ends = Array.from(body.matchAll(/\(\d{2,4}\)/g), (x) => x.index).concat(body.length).filter((at) => body[at - 1] !== '\\')
    for (const end of m[1] === '10' ? ends : ends.slice(0, 1)) go(body.slice(end), withValue(values, m[1], body.slice(0, end).replace(/\\\(/g, '(')))
  }

  // --- addresses -------------------------------------------------------------

  const names = { gtin: '01', lot: '10', ser: '21', cpv: '22' }
  const segmentAI = (s) => names[s.toLowerCase()] || (/^\d{2,4}$/.test(s) ? s : '')
  const unescape = (text) => /%(?![0-9a-f]{2})/i.test(text) ? text : text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))

  // pairs reads one pair of segments. A lot whose slash was not escaped, or was
  // unescaped on the way, takes more than one.
  function pairs (segments, values, go, found) {
    const ai = segments.length < 2 ? '' : segmentAI(segments[0])
    if (!ai) return !segments.length || values.get('21') ? found(values) : undefined
    const most = ai === '10' ? Math.min(segments.length, 21) : 2
    for (let n = 2; n <= most; n++) {
      if (n === 2 || n === segments.length || segmentAI(segments[n])) go(segments.slice(n), withValue(values, ai, unescape(segments.slice(1, n).join('/'))))
    }
  }

  // readPath reads the path of an address from its GTIN on, whatever stands
  // before, and the query for what the path does not say. dense leaves out empty segments.
  function readPath (path, query, dense) {
    const segments = dense ? path.split('/').filter(Boolean) : path.replace(/^\/+|\/+$/g, '').split('/')
    let found = []
    for (let i = segments.length - 2; i >= 0 && !found.length; i--) {
      if (segmentAI(segments[i]) === '01') found = search(pairs, segments.slice(i))
    }
    const attributes = new URLSearchParams(query)
    for (const v of found) {
      for (const ai of ['10', '21']) if (!v.has(ai) && attributes.get(ai)) v.set(ai, attributes.get(ai))
    }
    return found
  }

  function isOwn (scheme, host, own) {
    const port = scheme.toLowerCase() === 'https' ? /:443$/ : /:80$/
    return own.includes(host.toLowerCase().replace(port, ''))
  }

  // withScheme gives what a phone would take an address for, or nothing where
  // it is none.
  function withScheme (text) {
    if (text.startsWith('//')) return 'https:' + text
    if (/^(([a-z0-9-]+\.)+[a-z][a-z0-9-]*(:\d+)?|[a-z0-9.-]+:\d+)(\/|$)/i.test(text)) return 'https://' + text
    return /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : ''
  }

  function readAddress (text, own) {
    const address = withScheme(text)
    if (!address) return { kind: 'other' }
    const m = /^(https?):\/\/([a-z0-9.:-]+)(\/[^?#]*)?(\?[^#]*)?(#|$)/i.exec(address)
    if (!m || !/^[-.0-9A-Z_a-z~:/?#[\]@!$&'()*+,;=%]*$/.test(address) || !isOwn(m[1], m[2], own)) return { kind: 'foreign' }
    const path = m[3] || '/'
    if (path.startsWith('/00/') && isContainer(path.slice(4).replace(/^\/+|\/+$/g, ''))) return { kind: 'box' }
    const read = fromReadings(readPath(path, m[4] || '', false), wrong('', 'addressShort'), false)
    if (read.kind === 'unit' || !path.includes('//')) return read
    const whole = fromReadings(readPath(path, m[4] || '', true), read, false)
    return whole.kind === 'unit' ? whole : read
  }

  function isContainer (packed) {
    const m = /^(00|\(00\))?(\d{18})$/.exec(packed)
    return m !== null && checkDigitFits(m[2])
  }

  // judge answers {kind, path, others, field, fault}, as Read of label.go does.
  function judge (text, own) {
    text = text.trim()
    if (text.length > maxLabel) return { kind: 'other' }
    const coded = /^\](d2|Q3|C1|e0)/.test(text)
    text = text.replace(/^\][A-Za-z][0-9A-Za-z]/, '')
    const packed = text.replace(/[\s-]/g, '')
    const marked = text.includes('://') ? text : text.replace(separators, '\x1d')
    if (isContainer(packed)) return { kind: 'box' }
    if (coded || marked.includes('\x1d') || /^(1[1-7]\d{6})*01\d{13}/.test(text)) return fromReadings(elementStrings(marked), { kind: 'other' }, marked.length > 36)
    if (text.startsWith('(')) return fromReadings(search(bracketed, text.replace(/\s/g, '')), { kind: 'other' }, false)
    if (/^(\d{8}|\d{12,14})$/.test(packed)) return gtinFault(packed) ? wrong('gtin', 'gtinCheck') : { kind: 'product' }
    if (serialOf(packed).length === 20 && alphabet.test(serialOf(packed))) return wrong('gtin', 'gtinMissing')
    return readAddress(text, own)
  }

  // --- typing ----------------------------------------------------------------

  // faultOf says what is wrong with one typed field, '' for nothing.
  function faultOf (field, typed) {
    const text = typed.normalize('NFKC').replace(/\s/g, '')
    if (!text) return field + 'Missing'
    if (field === 'gtin') return gtinFault(serialOf(text))
    if (field === 'lot') return cset82.test(text) ? '' : 'lotForm'
    if (!alphabet.test(serialOf(text))) return 'serialLetters'
    return serialOf(text).length === 20 ? '' : 'serialLength'
  }

  // --- addresses of others, for showing --------------------------------------

  // describe takes a foreign text apart so that nothing in it can pass for
  // something else: the host as it is really written, its registrable part,
  // what was put before an @, and every invisible character spelt out.
  function describe (text, own) {
    const shown = { text: visible(text), web: false, host: '', owner: '', login: '', lookalike: false, near: false }
    let url
    try { url = new URL(withScheme(text.trim())) } catch (e) { return shown }
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return shown
    shown.web = true
    shown.host = url.host
    shown.owner = ownerOf(url.hostname) + (url.port && ':' + url.port)
    shown.login = url.username || url.password ? visible(decode(url.username)) : ''
    shown.lookalike = /(^|\.)xn--/.test(url.hostname)
    shown.near = own.some((o) => visible(text).toLowerCase().includes(o)) || own.some((o) => o.split(':')[0].split('.').slice(-2, -1).some((name) => name.length > 3 && url.hostname.includes(name)))
    return shown
  }

  // ownerOf is the part of a host that somebody has registered: its last two
  // names, or three under such as com.cn and co.uk. It is for emphasis only.
  function ownerOf (host) {
    if (/^[\d.]+$/.test(host) || host.startsWith('[')) return host
    const names = host.replace(/\.$/, '').split('.')
    const shared = names.length > 2 && names[names.length - 1].length === 2 && /^(com|net|org|gov|edu|ac|co|or|ne|go|mil)$/.test(names[names.length - 2])
    return names.slice(shared ? -3 : -2).join('.')
  }

  const decode = (text) => { try { return decodeURIComponent(text) } catch (e) { return text } }

  // visible spells out what has no shape of its own or turns the text around.
  function visible (text) {
    const cut = Array.from(text.trim()).slice(0, 300)
    const said = cut.map((c) => /[\p{C}\p{Zl}\p{Zp}]/u.test(c) ? '‹' + c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0') + '›' : c).join('')
    return said + (text.trim().length > said.length && cut.length === 300 ? '…' : '')
  }

  globalThis.touchstoneReader = { judge, faultOf, describe, serialOf, pathOf }
})()
