// Judges what a label holds, as label.go does; both are tested with
// testdata/labels.json. It opens nothing: of a unit it gives a path made of the
// parts that were read, of anything else only what to say.
(function () {
  'use strict'
  const maxLabel = 8192
  const cset82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/
  const alphabet = /^[0-9A-HJKMNP-TV-Z]*$/
  const wrong = (field, fault) => ({ kind: 'wrong', field, fault })

  // serialOf mends what people do when they type a serial (Crockford's base32).
  const serialOf = (typed) => typed.replace(/[ -]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')

  function checkDigitFits (digits) {
    const sum = Array.from(digits.padStart(14, '0')).reduce((n, d, i) => n + Number(d) * (i % 2 ? 1 : 3), 0)
    return sum % 10 === 0
  }

  function gtinFault (gtin) {
    if (!/^(\d{8}|\d{12,14})$/.test(gtin) || /^0+$/.test(gtin)) return 'gtinForm'
    return checkDigitFits(gtin) ? '' : 'gtinCheck'
  }

  // fromElements finds the unit among the values of application identifiers.
  function fromElements (values, otherwise) {
    if (!values || !values.has('01')) return otherwise
    const gtin = values.get('01'), lot = values.get('10'), serial = values.get('21')
    const fault = gtin.length === 14 ? gtinFault(gtin) : 'gtinForm'
    if (fault) return wrong('gtin', fault)
    if (lot !== undefined && !cset82.test(lot)) return wrong('lot', 'lotForm')
    if (serial === undefined) return { kind: 'product' }
    if (!cset82.test(serial)) return wrong('serial', 'serialForm')
    if (lot === undefined) return wrong('lot', 'lotMissing')
    return { kind: 'unit', path: pathOf(gtin, lot, serialOf(serial)) }
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

  function readElements (text) {
    const values = new Map()
    let rest = text.replace(/^\x1d+|\x1d+$/g, '')
    while (rest) {
      const digits = fourDigits.test(rest) ? 4 : threeDigits.test(rest) ? 3 : 2
      const ai = rest.slice(0, digits)
      if (!/^\d+$/.test(ai) || ai.length < digits) return null
      rest = rest.slice(digits)
      const end = (rest + '\x1d').indexOf('\x1d')
      const length = Math.min(predefined[ai.slice(0, 2)] || end, end)
      if (!values.has(ai)) values.set(ai, rest.slice(0, length))
      rest = rest.slice(length).replace(/^\x1d/, '')
    }
    return values
  }

  function readBracketed (text) {
    const values = new Map()
    const rest = text.replace(/\((\d{2,4})\)((?:\\\(|[^(])*)/g, (_, ai, value) => {
      if (!values.has(ai)) values.set(ai, value.replace(/\\\(/g, '('))
      return ''
    })
    return rest ? null : values
  }

  // --- addresses -------------------------------------------------------------

  const names = { gtin: '01', lot: '10', ser: '21', cpv: '22' }

  function readPath (path) {
    const segments = path.split('/').slice(1)
    const aiAt = (i) => names[segments[i]] || segments[i]
    let start = segments.length - 2
    while (start >= 0 && aiAt(start) !== '01') start -= 2
    if (start < 0) return null
    const values = new Map()
    for (let i = start; i < segments.length; i += 2) {
      if (!/^\d{2,4}$/.test(aiAt(i))) return null
      values.set(aiAt(i), segments[i + 1].replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))))
    }
    if (/^(\d{8}|\d{12,13})$/.test(values.get('01'))) values.set('01', values.get('01').padStart(14, '0'))
    return values
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
    const m = /^(https?):\/\/([a-z0-9.:-]+)(\/[^?#]*)?([?#]|$)/i.exec(address)
    if (!m || !/^[-.0-9A-Z_a-z~:/?#[\]@!$&'()*+,;=%]*$/.test(address) || !isOwn(m[1], m[2], own)) return { kind: 'foreign' }
    return fromElements(readPath(m[3] || '/'), wrong('', 'addressShort'))
  }

  // judge answers {kind, path, field, fault}, as readLabel of label.go does.
  function judge (text, own) {
    text = text.trim()
    if (text.length > maxLabel) return { kind: 'other' }
    const coded = /^\](d2|Q3|C1|e0)/.test(text)
    text = text.replace(/^\][A-Za-z][0-9A-Za-z]/, '')
    const packed = text.replace(/[\s-]/g, '')
    if (coded || /^(\x1d|01\d{14})/.test(text)) return fromElements(readElements(text), { kind: 'other' })
    if (text.startsWith('(')) return fromElements(readBracketed(text.replace(/\s/g, '')), { kind: 'other' })
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
