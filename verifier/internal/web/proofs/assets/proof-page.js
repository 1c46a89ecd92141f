// Lets the reader's own browser check the proof of the unit that the page is
// about, once the page is there, and says how it went. Where the verdict is
// genuine, what the organisations signed must bear it out: else no tick stands.
(function () {
  'use strict'
  var source = document.getElementById('proof-data')
  var card = document.getElementById('proof')
  if (!source || !card) return
  var data = JSON.parse(source.textContent)
  var genuine = data.verdict === 'genuine'

  function shape (name) { return document.getElementById('shape-' + name).content.cloneNode(true) }

  function line (result, text) {
    var item = document.createElement('li')
    var body = document.createElement('div')
    var hidden = document.createElement('span')
    item.className = result
    hidden.className = 'unseen'
    hidden.textContent = data.results[result] + ' '
    body.append(hidden, text)
    item.append(shape(result), body)
    return item
  }

  var shapes = { pass: 'pass', stated: 'pass', fail: 'fail', unknown: 'unknown', missing: 'unknown' }

  // say shows the outcome, one of shapes, and the checks behind it.
  function say (outcome, title, lines) {
    card.classList.add(outcome)
    card.querySelector('h2').replaceChildren(shape(shapes[outcome]), document.createTextNode(title))
    card.querySelector('ul').replaceChildren.apply(card.querySelector('ul'), lines)
    card.hidden = false
  }

  // doubt takes back what the page says on its server's word alone: nobody should overlook it.
  function doubt () {
    var band = document.querySelector('.band')
    card.open = true
    band.before(card)
    if (!genuine) return
    document.body.classList.replace('genuine', 'unavailable')
    document.title = data.words.doubt
    band.querySelector('h1').textContent = data.words.doubt
    band.querySelectorAll('p, a').forEach(function (part) { part.remove() })
    document.querySelectorAll('.advice').forEach(function (part) { part.remove() })
    var tick = document.getElementById('shape-pass').content.firstElementChild.innerHTML
    document.querySelectorAll('main .shape').forEach(function (s) {
      if (s.innerHTML !== tick) return
      var told = s.closest('.pass')
      if (told) told.classList.replace('pass', 'unknown')
      s.replaceWith(shape('unknown'))
    })
  }

  function fail (text) {
    say('fail', data.words.fail, [line('fail', text)])
    doubt()
  }

  // miss is for what the phone could have checked and did not get.
  function miss () {
    if (!genuine || !data.factsAge) return say('unknown', data.words.unknown, [])
    say('missing', data.words.missing, [])
    doubt()
  }

  // stated names who signed and when, on the reader's own clock.
  function stated (statement) {
    var names = statement.signers.map(function (msp) { return data.orgs[msp] || msp })
    var time = new Date(statement.at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    return data.words.stated.replace('{time}', time).replace('{orgs}', function () { return names.join(data.words.and) })
  }

  function show (report) {
    if (report.failed) return fail(data.reasons[report.failed.reason])
    var statement = report.statement
    if (genuine && statement && window.touchstoneFacts.judge(statement.facts, Date.parse(statement.at), data.asked).length > 0) return fail(data.words.otherwise)
    if (!statement && genuine && data.factsAge) return miss()
    var passed = data.checks.filter(function (check) { return report.passed.indexOf(check.id) >= 0 })
    say(statement ? 'stated' : 'pass', statement ? stated(statement) : data.words.pass, passed.map(function (check) { return line('pass', check.title) }))
    if (!statement || !genuine) return
    var proved = document.createElement('p')
    proved.className = 'proved'
    proved.textContent = stated(statement)
    document.querySelector('.band h1').parentNode.append(proved)
  }

  function bundle () {
    return fetch('/api/v1/proofs?uri=' + encodeURIComponent(location.origin + location.pathname)).then(function (response) {
      if (!response.ok) throw new Error('no proof')
      return response.arrayBuffer()
    })
  }

  function again () { return new Promise(function (resolve) { setTimeout(resolve, 1500) }).then(bundle) }

  function check () {
    if (!window.touchstoneProof || !window.crypto || !window.crypto.subtle) return say('unknown', data.words.unknown, [])
    bundle().catch(again).then(function (bundle) {
      return window.touchstoneProof.verify(new Uint8Array(bundle), data.trust, data.unit, data.factsAge)
    }).then(show).catch(miss)
  }

  if (document.readyState === 'complete') setTimeout(check, 0)
  else window.addEventListener('load', function () { setTimeout(check, 0) })
})()
