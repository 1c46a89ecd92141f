// Claims a unit from its page. The owner's key is made and kept on this phone
// before anything is sent, so that whatever becomes of the answer, the same
// claim can be sent again and its link is not lost.
(function () {
  'use strict'
  const own = window.touchstoneOwner
  const path = location.pathname
  const mine = own.mine(path)

  // On the owner's own device the page reads as the owner should read it. This
  // script comes before the others, which find the sections that are there then.
  const asOwner = document.getElementById('as-owner')
  const owns = asOwner && mine && mine.key === asOwner.dataset.key
  if (owns) {
    document.querySelector('main').replaceChildren(asOwner.content)
    document.body.className = asOwner.dataset.verdict
    document.title = asOwner.dataset.title
  }

  const section = document.getElementById('owner')
  if (!section) return
  const claimed = 'touchstone-claim:' + path // this tab: the key
  const form = section.querySelector('form')

  const pending = () => JSON.parse(own.kept('sessionStorage', claimed) || 'null')

  function done (key) {
    own.keepMine(path, key.owner, true)
    if (asOwner && !owns) return location.reload()
    const view = document.createElement('div')
    for (const spent of section.querySelectorAll('p, form')) spent.remove()
    const invitation = document.querySelector('a[href="#owner"]')
    if (invitation) invitation.remove()
    section.append(view)
    own.show(view, own.words.claimed, own.link(key.secret, path), section.dataset.qr)
  }

  // tell says what was wrong and how often there are tries.
  function tell (answer) {
    const text = [answer.body.title || own.words.failed]
    if (answer.body.triesLeft > 0) text.push(own.say('triesLeft', { n: answer.body.triesLeft }))
    if (answer.body.triesLeft === 0) {
      const seconds = answer.retryAfter || 86400
      text.push(own.say('lockedUntil', { t: new Date(Date.now() + seconds * 1000).toLocaleString(own.chinese ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' }) }))
    }
    status(text.join(own.chinese ? '。' : '. ').replace(/[.。]$/, '') + (own.chinese ? '。' : '.'), true)
  }

  function status (text, wrong) {
    const line = form.querySelector('[role=status]')
    line.className = wrong ? 'alarm' : ''
    line.textContent = text
    form.elements.pin.setAttribute('aria-invalid', String(!!wrong))
  }

  // claim sends until it is known what became of it. With the same key, sending again is safe.
  async function claim () {
    let key = pending()
    if (!key) {
      key = await own.newKey()
      own.kept('sessionStorage', claimed, JSON.stringify(key))
    }
    status(own.words.claiming)
    for (let tries = 0; tries < 25; tries++) {
      const answer = await own.send('/api/v1/activations', { uri: location.origin + path, pin: form.elements.pin.value, owner: key.owner })
      if (answer.status === 200) return done(key)
      const open = answer.status === 202 || answer.status === 0 || answer.status > 500 || (answer.status === 429 && tries > 0 && answer.body.code === 'TOO_MANY_REQUESTS')
      if (!open) return tell(answer)
      status(own.words.unknown)
      await own.wait(4000)
    }
    status(own.words.failed, true)
  }

  if (form && own.able) {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const button = form.querySelector('button')
      if (button.disabled) return
      button.disabled = true
      form.setAttribute('aria-busy', 'true')
      claim().catch(() => status(own.words.failed, true)).then(() => {
        button.disabled = false
        form.removeAttribute('aria-busy')
      })
    })
  }

  // Whoever comes back: after a claim whose answer was lost, or as the owner on the same device.
  const key = pending()
  if (key) own.read(path).then((a) => { if (a.owner && a.owner.key === key.owner) done(key) }).catch(() => {})
  if (mine && mine.first && !owns && !form) {
    const note = document.createElement('p')
    note.className = 'mine'
    note.textContent = own.say('mine', { d: own.day(mine.on) })
    document.querySelector('.advice').prepend(note)
  }
})()
