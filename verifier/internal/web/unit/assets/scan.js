// Confirms that a person has seen the page: once it has been visible for a
// moment, and only then. A preview that loads the page in the background does not.
(function () {
  'use strict'
  var meta = document.querySelector('meta[name="scan-nonce"]')
  var sent = false
  function confirm () {
    if (sent || document.visibilityState !== 'visible') return
    sent = true
    fetch('/api/v1/scans', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ uri: location.origin + location.pathname, nonce: meta.content }),
      keepalive: true
    }).then(function (r) { return r.ok ? r.json() : {} }).then(offerReview).catch(function () { sent = false })
  }
  // Whoever has confirmed a scan may review the unit.
  function offerReview (answer) {
    var card = document.getElementById('review')
    if (!card || !answer.reviewToken) return
    var form = card.querySelector('form')
    card.hidden = false
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      var note = form.querySelector('[role=status]')
      fetch('/api/v1/reviews', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
        body: JSON.stringify({
          uri: location.origin + location.pathname, token: answer.reviewToken,
          rating: Number(form.elements.rating.value), text: form.elements.text.value
        })
      }).then(function (r) { return r.json().then(function (body) { note.textContent = r.ok ? form.dataset.sent : body.title }) })
        .catch(function () { note.textContent = form.dataset.failed })
    })
  }
  function soon () { if (document.visibilityState === 'visible') setTimeout(confirm, 1000) }
  document.addEventListener('visibilitychange', soon)
  soon()
})()
