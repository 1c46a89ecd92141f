// The owner's page: reads the secret from the fragment of its own address,
// shows the item, and signs what the owner does on this phone.
(function () {
  'use strict'
  const own = window.touchstoneOwner
  const page = document.querySelector('main')
  const id = (name) => document.getElementById(name)
  const says = id('says')
  const transactions = { pass_on: 'PassOnUnit', renew_key: 'RenewOwnerKey', report_stolen: 'ReportUnitStolen', withdraw_report: 'WithdrawStolenReport' }
  const [, secret, path, handed] = /^#([\w-]{43})(\/01\/[^?#]+)(\?handed)?$/.exec(location.hash) || []
  const next = 'touchstone-next:' + path // this tab: the key that is about to come into force
  let unit, sign

  function refuse (name) {
    says.className = 'alarm'
    says.textContent = own.words[name]
  }

  function tell (text) {
    says.className = ''
    says.textContent = text
  }

  async function load () {
    if (!secret) return refuse('invalid')
    if (!own.able) return refuse('noCrypto')
    unit = await own.read(path)
    if (unit.verdict === 'unavailable' && !unit.owner) return refuse('failed')
    sign = unit.owner && unit.owner.key && unit.item && await own.signer(secret, unit.owner.key)
    if (sign) {
      own.keepMine(path, unit.owner.key, false)
      return show()
    }
    const last = JSON.parse(own.kept('sessionStorage', next) || 'null')
    if (last && unit.owner && unit.owner.key === last.owner) return give(last) // its answer was lost
    refuse('invalid')
  }

  function show () {
    const { item, owner } = unit
    const stolen = !!owner.stolenAt
    const name = item.name[document.documentElement.lang] || item.name['zh-CN']
    document.querySelector('#mine .name').textContent = name
    id('lot').textContent = item.lot
    id('tail').textContent = item.serial.slice(-6)
    id('since').textContent = own.day(owner.since)
    id('passed').textContent = owner.passedOn
    id('state').textContent = stolen ? own.say('stolenOn', { d: own.day(owner.stolenAt) }) : own.words.normal
    id('page').href = path + '?lang=' + document.documentElement.lang
    document.querySelector('#pass .item').textContent = name + ' · ' + item.lot + ' · ' + item.serial.slice(-6)
    id('mine').hidden = false
    id('renew').hidden = !handed
    id('pass').hidden = id('report').hidden = stolen
    id('found').hidden = !stolen
    if (!says.textContent) tell(own.words.yours)
  }

  // give shows the link of a key that has come into force.
  function give (key) {
    for (const section of document.querySelectorAll('section')) section.hidden = true
    tell('')
    const address = own.link(key.secret, path)
    if (key.act === 'renew_key') own.keepMine(path, key.owner, false)
    if (key.act === 'renew_key') history.replaceState(null, '', address)
    own.show(id('keep'), own.words[key.act === 'pass_on' ? 'passed' : 'renewed'], key.act === 'pass_on' ? address + '?handed' : address, page.dataset.qr)
  }

  // act signs and sends until it is known what became of it. The ledger takes each
  // signature once, so that sending it again is safe.
  async function act (name, key) {
    const { item, owner } = unit
    const renewed = key ? key.owner : ''
    const request = { uri: location.origin + path, act: name }
    if (key) request.owner = renewed
    request.signature = await sign(['touchstone/owner/v1', transactions[name], item.gtin, item.lot, item.serial, owner.acts, renewed])
    tell(own.words.claiming)
    for (let tries = 0; tries < 25; tries++) {
      const answer = await own.send('/api/v1/ownership', request)
      if (answer.status === 200) return true
      const now = (await own.read(path).catch(() => ({}))).owner
      if (now && now.acts > owner.acts) return now.key === (renewed || owner.key)
      if (answer.status > 0 && answer.status !== 202 && answer.status <= 500 && !(answer.status === 429 && tries > 0)) {
        says.className = 'alarm'
        says.textContent = answer.body.title || own.words.failed
        return false
      }
      tell(own.words.unknown)
      await own.wait(4000)
    }
    refuse('failed')
    return false
  }

  // change puts another key in force; it is kept before anything is sent.
  async function change (name) {
    const key = Object.assign(await own.newKey(), { act: name })
    own.kept('sessionStorage', next, JSON.stringify(key))
    if (await act(name, key)) give(key)
  }

  async function report (name, done) {
    if (!await act(name)) return
    await load()
    tell(own.words[done])
  }

  const acts = {
    renew: () => change('renew_key'),
    pass: () => change('pass_on'),
    report: () => report('report_stolen', 'reported'),
    found: () => report('withdraw_report', 'foundDone')
  }

  for (const section of document.querySelectorAll('.deed')) {
    const start = section.querySelector('.start')
    const open = (is) => {
      start.hidden = is
      start.nextElementSibling.hidden = !is
      section.querySelector(is ? '.confirm' : '.start').focus()
    }
    if (start) {
      start.addEventListener('click', () => open(true))
      section.querySelector('.cancel').addEventListener('click', () => open(false))
    }
    section.querySelector('.confirm').addEventListener('click', async () => {
      const buttons = document.querySelectorAll('.deed button')
      buttons.forEach((b) => { b.disabled = true })
      await acts[section.id]().catch(() => refuse('failed'))
      buttons.forEach((b) => { b.disabled = false })
      if (start) { start.hidden = false; start.nextElementSibling.hidden = true }
    })
  }

  for (const a of document.querySelectorAll('nav a')) a.setAttribute('href', a.getAttribute('href') + location.hash)
  window.addEventListener('hashchange', () => location.reload())
  tell(own.words.reading)
  load().then(() => { if (says.textContent === own.words.reading) tell(own.words.yours) }, () => refuse('failed'))
})()
