// Confirms the scan of the item that a creator has before him, and sends what he
// says with the token that the scan gave. His key goes into the request and is
// kept nowhere.
(function () {
  'use strict'
  var form = document.getElementById('endorse')
  var note = form.querySelector('[role=status]')
  var field = form.elements
  function send (path, body, key) {
    var headers = { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang }
    if (key) headers.Authorization = 'Bearer ' + key
    return fetch(path, { method: 'POST', headers: headers, body: JSON.stringify(body) }).then(function (r) {
      if (r.status === 204) return { ok: false, body: { title: form.dataset.failed } } // a program, not a person
      return r.json().then(function (answer) { return { ok: r.ok, body: answer } })
    })
  }
  function say (answer) {
    note.textContent = answer.ok ? form.dataset.sent : answer.body.title + (answer.body.detail ? ': ' + answer.body.detail : '')
    if (answer.ok) form.querySelector('button').disabled = true
  }
  form.addEventListener('submit', function (event) {
    event.preventDefault()
    send('/api/v1/scans', { uri: form.dataset.uri, nonce: form.dataset.nonce }).then(function (scan) {
      if (!scan.ok) return scan
      var paid = field.sponsored.value === 'yes'
      var said = {
        uri: form.dataset.uri, token: scan.body.reviewToken, url: field.url.value, sponsored: paid,
        text: { 'zh-CN': field.zh.value, en: field.en.value }
      }
      if (paid || field.sponsor.value) said.sponsor = field.sponsor.value
      return send('/api/v1/endorsements', said, field.key.value)
    }).then(say).catch(function () { note.textContent = form.dataset.failed })
  })
})()
