// Lets the reader's own browser check the proof of the unit that the page is
// about, once the page is there, and says how it went.
(function () {
  'use strict'
  var source = document.getElementById('proof-data')
  var card = document.getElementById('proof')
  if (!source || !card) return
  var data = JSON.parse(source.textContent)

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

  // say shows the outcome: pass, fail or unknown, and the checks behind it.
  function say (result, lines) {
    var title = card.querySelector('h2')
    card.classList.add(result)
    title.replaceChildren(shape(result), document.createTextNode(data.words[result]))
    card.querySelector('ul').replaceChildren.apply(card.querySelector('ul'), lines)
    if (result === 'fail') { // nobody should overlook it
      card.open = true
      document.querySelector('.band').before(card)
      document.body.classList.replace('genuine', 'unavailable') // what follows is the server's word only
    }
    card.hidden = false
  }

  function show (report) {
    say(report.failed ? 'fail' : 'pass', data.checks.map(function (check) {
      if (report.passed.indexOf(check.id) >= 0) return line('pass', check.title)
      if (report.failed && report.failed.check === check.id) return line('fail', data.reasons[report.failed.reason])
      return line('unknown', check.title)
    }))
  }

  function check () {
    if (!window.touchstoneProof || !window.crypto || !window.crypto.subtle) return say('unknown', [])
    fetch('/api/v1/proofs?uri=' + encodeURIComponent(location.origin + location.pathname)).then(function (response) {
      if (!response.ok) throw new Error('no proof')
      return response.arrayBuffer()
    }).then(function (bundle) {
      return window.touchstoneProof.verify(new Uint8Array(bundle), data.trust, data.unit)
    }).then(show, function () { say('unknown', []) })
  }

  if (document.readyState === 'complete') setTimeout(check, 0)
  else window.addEventListener('load', function () { setTimeout(check, 0) })
})()
