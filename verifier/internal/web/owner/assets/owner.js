// What the owner's pages share. An owner is whoever has a private key; it is
// made on this phone, stands in the fragment of the owner's link, and is never
// sent. The ledger knows the public key. See docs/ownership.md.
window.touchstoneOwner = (function () {
  'use strict'
  const subtle = window.crypto && window.crypto.subtle
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const ecdsa = { name: 'ECDSA', hash: 'SHA-256' }
  const template = document.getElementById('owner-keep')
  const words = template ? JSON.parse(template.dataset.words) : {}

  const hex = (bytes) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('')
  const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (b) => parseInt(b, 16))
  const base64url = (bytes) => btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

  // newKey gives {secret, owner}: the private key as links have it, the public one as the ledger has it.
  async function newKey () {
    const pair = await subtle.generateKey(curve, true, ['sign', 'verify'])
    const jwk = await subtle.exportKey('jwk', pair.privateKey)
    return { secret: jwk.d, owner: hex(await subtle.exportKey('raw', pair.publicKey)) }
  }

  // signer gives what signs with a link's secret, or null where it is not the secret of this public key.
  async function signer (secret, owner) {
    const point = unhex(owner)
    try {
      const jwk = { kty: 'EC', crv: 'P-256', d: secret, x: base64url(point.slice(1, 33)), y: base64url(point.slice(33)) }
      const key = await subtle.importKey('jwk', jwk, curve, false, ['sign'])
      const known = await subtle.importKey('raw', point, curve, false, ['verify'])
      const probe = new Uint8Array(32)
      if (!await subtle.verify(ecdsa, known, await subtle.sign(ecdsa, key, probe), probe)) return null
      return async (lines) => hex(await subtle.sign(ecdsa, key, new TextEncoder().encode(lines.join('\n'))))
    } catch (e) { return null }
  }

  // read gives a unit's answer, also where it is "unavailable".
  async function read (path) {
    const response = await fetch(path, { headers: { Accept: 'application/json' }, cache: 'no-store' })
    return response.json()
  }

  // send posts and gives {status, body}; status is 0 where no answer came.
  async function send (address, body) {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
        body: JSON.stringify(body)
      })
      return { status: response.status, retryAfter: Number(response.headers.get('Retry-After')), body: await response.json() }
    } catch (e) { return { status: 0, body: {} } }
  }

  const link = (secret, path) => location.origin + '/owner?lang=' + document.documentElement.lang + '#' + secret + path
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
  const say = (name, values) => words[name].replace(/\{(\w)\}/g, (_, key) => values[key])
  const chinese = document.documentElement.lang === 'zh-CN'
  // day writes a date as the rest of the page does, in China's time.
  const day = (time) => new Date(time).toLocaleDateString(chinese ? 'sv-SE' : 'en-GB',
    Object.assign({ timeZone: 'Asia/Shanghai' }, chinese ? {} : { year: 'numeric', month: 'short', day: 'numeric' }))

  // Storage that a browser may refuse: nothing depends on it but comfort.
  function kept (storage, name, value) {
    try {
      if (value === undefined) return window[storage].getItem(name)
      if (value === null) window[storage].removeItem(name)
      else window[storage].setItem(name, value)
    } catch (e) {}
    return null
  }

  // mine is what this device knows of its owner's claim to a unit: {key} the public key, {on} since when, {first} whether it
  // was the first; nothing secret. keepMine remembers it.
  const place = (path) => 'touchstone-owner:' + path
  function mine (path) {
    const text = kept('localStorage', place(path))
    try { return text && JSON.parse(text) } catch (e) { return null }
  }
  function keepMine (path, key, first) {
    const known = mine(path) || { on: new Date().toISOString(), first }
    kept('localStorage', place(path), JSON.stringify(Object.assign(known, { key })))
  }

  // show puts the view that gives a link away once, with the ways to keep it.
  function show (into, title, address, qr) {
    into.replaceChildren(template.content.cloneNode(true))
    const view = into.querySelector('.keep')
    const find = (selector) => view.querySelector(selector)
    const status = find('[role=status]')
    find('.do').textContent = title
    find('code').textContent = address
    find('.open').href = address
    find('.copy').addEventListener('click', () => copy(address, find('code')).then(() => { status.textContent = words.copied }))
    find('.print').addEventListener('click', () => window.print())
    if (navigator.share) {
      find('.share').hidden = false
      find('.share').addEventListener('click', () => navigator.share({ url: address }).catch(() => {}))
    }
    if (qr) {
      find('.qr').hidden = false
      find('.qr').addEventListener('click', () => picture(address, qr, find('.picture')))
    }
    into.hidden = false
    view.focus()
    view.scrollIntoView({ block: 'nearest' })
  }

  async function copy (text, element) {
    try { await navigator.clipboard.writeText(text) } catch (e) {
      getSelection().selectAllChildren(element)
      document.execCommand('copy')
    }
  }

  // picture draws the link's QR code on this phone: nobody else may see it.
  async function picture (text, module, anchor) {
    const { generate, correction } = await import(module)
    const small = document.createElement('canvas')
    generate(text, { minCorrectionLevel: correction.M }).toCanvas(small, { on: [0, 0, 0, 255], off: [255, 255, 255, 255] })
    const large = document.createElement('canvas')
    large.width = large.height = small.width * 8
    const context = large.getContext('2d')
    context.imageSmoothingEnabled = false
    context.drawImage(small, 0, 0, large.width, large.height)
    anchor.href = anchor.firstElementChild.src = large.toDataURL('image/png')
    anchor.download = 'owner.png'
    anchor.hidden = false
    anchor.click()
  }

  return { able: !!subtle, chinese, words, newKey, signer, read, send, link, wait, say, day, kept, mine, keepMine, show }
})()
