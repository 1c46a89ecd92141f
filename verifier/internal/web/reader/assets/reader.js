// The page /scan at work: camera, photo and typing, each when the one before
// it cannot be had. It goes to pages of our own only, by a path that the judge
// made; what else a code says is shown as text.
(function () {
  'use strict'
  const $ = (id) => document.getElementById(id)
  const page = $('main')
  const texts = JSON.parse(page.dataset.texts)
  const own = [page.dataset.own, location.host]
  const { judge, faultOf, describe, serialOf, pathOf } = globalThis.touchstoneReader
  const { load, inFrame, inPhoto } = globalThis.touchstoneDecoder

  // say tells the reader what is going on, by the name of a text.
  function say (name) {
    const state = $('state')
    if (state.dataset.state === name) return
    state.dataset.state = name
    state.classList.remove('trouble')
    state.textContent = texts[name] || ''
  }

  // offer shows or hides the button that opens the camera.
  function offer (name) {
    $('start').hidden = !name
    if (name) $('open').querySelector('span').textContent = texts[name] || openWords
  }
  const openWords = $('open').textContent.trim()

  // A text that can mean several units goes as it is to the page that can tell.
  const goTo = ({ path, others }, text) => go(others ? '/?uri=' + encodeURIComponent(text) : path)

  function go (path) {
    stop()
    say('found')
    if (navigator.vibrate) navigator.vibrate(60)
    const chosen = new URLSearchParams(location.search).has('lang') ? (path.includes('?') ? '&' : '?') + 'lang=' + document.documentElement.lang : ''
    location.assign(path + chosen)
  }

  // --- what was read ---------------------------------------------------------

  // best picks what matters most among the codes of a picture.
  function best (codes) {
    const judged = codes.map((text) => ({ text, ...judge(text, own) }))
    return ['unit', 'foreign', 'wrong', 'other', 'box', 'product'].map((kind) => judged.find((j) => j.kind === kind)).find(Boolean)
  }

  // warn shows what a code of somebody else says, with nothing to tap.
  function warn (text) {
    const said = describe(text, own)
    const card = $('stranger')
    const host = card.querySelector('[data-host]')
    const notes = card.querySelector('[data-notes]')
    card.querySelector('[data-kind]').textContent = texts[said.web ? 'warnWeb' : judge(text, own).kind === 'other' ? 'warnText' : 'warnApp']
    card.querySelector('[data-said]').textContent = said.text
    card.querySelector('[name=code]').value = Array.from(text.trim()).slice(0, 500).join('') // sent only where it is reported
    const owner = document.createElement('b')
    owner.textContent = said.owner
    host.hidden = !said.web
    host.querySelector('bdi').replaceChildren(said.host.slice(0, said.host.length - said.owner.length), owner)
    notes.replaceChildren(...[[said.login, 'hiddenName'], [said.lookalike, 'lookalike'], [said.near, 'lookalikeOf']].filter(([is]) => is).map(([, name]) => {
      const note = document.createElement('li')
      note.textContent = texts[name]
      return note
    }))
    notes.hidden = !notes.childElementCount
    card.hidden = false
    card.focus()
  }

  // --- camera ----------------------------------------------------------------

  const video = $('view').querySelector('video')
  const patience = [[60000, 'paused'], [20000, 'tipsPhoto'], [8000, 'tips'], [0, 'looking']] // milliseconds without a code
  const strangeLooks = 3 // how often a foreign code must be seen, and no other: ours may stand beside it
  let stream = null
  let session = 0 // a number for each opening, so that what is late is dropped
  let camera = null // the one chosen, by its id
  let wanted = false // the camera shall be open while the page is seen

  // obstacle names what stands against the camera before it is asked for.
  function obstacle () {
    if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) return ''
    if (/MicroMessenger/i.test(navigator.userAgent)) return 'wechat'
    return window.isSecureContext ? 'unsupported' : 'insecure'
  }

  function reasonOf (e) {
    if (e.name === 'NotAllowedError' || e.name === 'SecurityError') return 'refused'
    if (e.name === 'NotFoundError' || e.name === 'OverconstrainedError') return 'noCamera'
    return e.name === 'NotReadableError' || e.name === 'AbortError' ? 'busy' : 'unsupported'
  }

  // fall says why it does not go on this way, and leaves the ways that are left.
  function fall (name) {
    stop()
    say(name)
    $('state').classList.add('trouble')
    $('typing').open = true
    offer(!obstacle() && !['noCamera', 'unsupported', 'noDecoder'].includes(name) && 'openCamera')
    $('photos').hidden = name === 'noDecoder'
  }

  async function open () {
    close()
    wanted = true
    const mine = session
    const late = () => mine !== session
    $('stranger').hidden = true
    offer(false)
    say('asking')
    const decoder = load()
    decoder.catch(() => {}) // it is waited for below
    let got
    try {
      got = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...(camera ? { deviceId: { exact: camera } } : { facingMode: { ideal: 'environment' } }), width: { ideal: 1280 }, height: { ideal: 720 } } })
    } catch (e) { return late() || fall(reasonOf(e)) }
    if (late()) return release(got)
    stream = got
    try {
      await show(got)
      say('loading')
      const detector = await decoder
      if (!late()) await look(detector, mine, { since: Date.now(), turn: 0, strange: 0 })
    } catch (e) { if (!late()) fall(e.reason || 'unsupported') }
  }

  const release = (some) => some.getTracks().forEach((track) => track.stop())

  function close () {
    session++
    if (stream) release(stream)
    stream = video.srcObject = null
    $('view').hidden = true
  }

  function stop () {
    wanted = false
    close()
  }

  // show fills the view, with the camera's own tools where it has them.
  async function show (some) {
    video.srcObject = some
    $('view').hidden = false
    const track = some.getVideoTracks()[0]
    const can = track.getCapabilities ? track.getCapabilities() : {}
    if (can.focusMode && can.focusMode.includes('continuous')) track.applyConstraints({ advanced: [{ focusMode: 'continuous' }] }).catch(() => {})
    $('torch').hidden = !can.torch
    light(track, false)
    $('torch').onclick = () => light(track, $('torch').getAttribute('aria-pressed') !== 'true')
    await video.play()
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === 'videoinput').map((d) => d.deviceId)
    $('other').hidden = cameras.length < 2
    $('other').onclick = () => {
      camera = cameras[(cameras.indexOf(track.getSettings().deviceId) + 1) % cameras.length]
      open()
    }
  }

  function light (track, on) {
    $('torch').textContent = texts[on ? 'torchOff' : 'torchOn']
    $('torch').setAttribute('aria-pressed', on)
    if (!$('torch').hidden) track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {})
  }

  // look reads frame after frame until there is something to do.
  async function look (detector, mine, seen) {
    const found = video.readyState >= 2 ? best(await inFrame(detector, video, seen.turn++)) : null
    if (mine !== session) return
    if (found && found.kind === 'unit') return goTo(found, found.text)
    const foreign = found && (found.kind === 'foreign' || found.kind === 'other')
    if (found) seen.strange = foreign ? seen.strange + 1 : 0
    if (seen.strange === strangeLooks) {
      stop()
      say('')
      offer('again')
      return warn(found.text)
    }
    if (found && !foreign) seen.hint = { name: found.kind === 'wrong' ? 'incomplete' : found.kind, until: Date.now() + 4000 }
    const waited = patience.find(([ms]) => Date.now() - seen.since >= ms)[1]
    say(seen.hint && seen.hint.until > Date.now() ? seen.hint.name : waited)
    if (waited === 'paused') {
      stop()
      return offer('again')
    }
    setTimeout(() => look(detector, mine, seen).catch((e) => mine === session && fall(e.reason || 'noDecoder')), 60)
  }

  $('open').addEventListener('click', open)
  $('close').addEventListener('click', () => { stop(); say(''); offer('openCamera') })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close()
    else if (wanted) open()
  })
  window.addEventListener('pagehide', close)
  window.addEventListener('pageshow', (event) => { if (event.persisted) begin() })

  // --- photo -----------------------------------------------------------------

  async function readPhoto (file) {
    stop()
    $('stranger').hidden = true
    say('photoBusy')
    const mine = session
    const found = await load().then((detector) => inPhoto(detector, file)).then(best, (e) => ({ kind: e.reason || 'noDecoder' }))
    if (mine !== session) return
    if (!found) return fall('photoNone')
    if (found.kind === 'unit') return goTo(found, found.text)
    if (!found.text) return fall(found.kind)
    if (found.kind !== 'foreign' && found.kind !== 'other') return fall(found.kind === 'wrong' ? 'incomplete' : found.kind)
    say('')
    offer(!obstacle() && 'again')
    warn(found.text)
  }

  for (const input of $('photos').querySelectorAll('input')) {
    input.addEventListener('change', () => {
      if (input.files[0]) readPhoto(input.files[0])
      input.value = '' // the same photo may be chosen again
    })
  }

  // --- typing ----------------------------------------------------------------

  const fields = ['gtin', 'lot', 'serial']
  const inputs = Object.fromEntries([...fields, 'uri'].map((name) => [name, page.querySelector('input[name=' + name + ']')]))

  function blame (name, text) {
    $('fault-' + name).textContent = text
    inputs[name].setAttribute('aria-invalid', Boolean(text))
  }
  const check = (name) => blame(name, texts[faultOf(name, inputs[name].value)] || '')

  for (const name of fields) {
    inputs[name].addEventListener('change', () => check(name))
    inputs[name].addEventListener('input', () => {
      if (name === 'serial' && faultOf(name, inputs.serial.value) === 'serialLength') blame(name, serialOf(inputs.serial.value.normalize('NFKC')).length + ' / 20')
      else if ($('fault-' + name).textContent) check(name)
    })
    // All that a code says may be pasted anywhere: it fills the three fields.
    inputs[name].addEventListener('paste', (event) => {
      const { kind, path, others } = judge((event.clipboardData.getData('text') || '').normalize('NFKC'), own)
      if (kind !== 'unit' || others) return
      event.preventDefault()
      const [, , gtin, , lot, , serial] = path.split('/').map(decodeURIComponent)
      Object.entries({ gtin, lot, serial }).forEach(([field, value]) => { inputs[field].value = value; check(field) })
    })
  }

  inputs.serial.form.addEventListener('submit', (event) => {
    event.preventDefault()
    fields.forEach(check)
    const first = fields.find((name) => faultOf(name, inputs[name].value))
    if (first) return inputs[first].focus()
    const plain = (name) => inputs[name].value.normalize('NFKC').replace(/\s/g, '')
    go(pathOf(serialOf(plain('gtin')), plain('lot'), serialOf(plain('serial'))))
  })

  inputs.uri.addEventListener('input', () => blame('uri', ''))
  inputs.uri.form.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = inputs.uri.value.normalize('NFKC')
    const { kind, path, others, fault } = judge(text, own)
    if (kind === 'unit') return goTo({ path, others }, text)
    blame('uri', texts[fault || kind])
    if (kind === 'foreign') {
      stop()
      say('')
      offer(!obstacle() && 'again')
      return warn(inputs.uri.value)
    }
    inputs.uri.focus()
  })

  // --- beginning -------------------------------------------------------------

  function begin () {
    const against = typeof WebAssembly !== 'object' ? 'noDecoder' : obstacle()
    $('photos').hidden = false
    $('take').hidden = !navigator.maxTouchPoints // without a touch screen it would be the same as choosing
    $('typing').open = false
    say('')
    offer('openCamera')
    if (against) return fall(against)
    if (!navigator.permissions) return
    navigator.permissions.query({ name: 'camera' }).then((p) => { if (p.state === 'granted' && !wanted && !document.hidden) open() }).catch(() => {}) // not every browser can be asked
  }
  begin()
})()
