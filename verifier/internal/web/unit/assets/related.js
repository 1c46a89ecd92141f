// Remembers in this browser alone which goods were scanned, at most twenty, and
// shows others like them. Nothing is kept elsewhere; one button forgets it all.
(function () {
  'use strict'
  var section = document.getElementById('related')
  if (!section) return
  var key = 'touchstone.scanned'
  var here = { gtin: section.dataset.gtin, brand: section.dataset.brand, category: section.dataset.category }
  var chinese = document.documentElement.lang !== 'en'
  function read () {
    try {
      var list = JSON.parse(localStorage.getItem(key))
      return Array.isArray(list) ? list.filter(function (x) { return x && /^[0-9]{14}$/.test(x.gtin) }) : []
    } catch (e) { return [] }
  }
  function text (t) { return (chinese ? t['zh-CN'] : t.en) || t['zh-CN'] || '' }
  function element (name, content, into) {
    var e = document.createElement(name)
    if (content) e.textContent = content
    into.appendChild(e)
    return e
  }
  var list = [here].concat(read().filter(function (x) { return x.gtin !== here.gtin })).slice(0, 20)
  try { localStorage.setItem(key, JSON.stringify(list)) } catch (e) { return }
  section.querySelector('button').addEventListener('click', function () {
    localStorage.removeItem(key)
    section.hidden = true
  })
  function show (item) {
    if (!/^https:\/\//.test(item.offer.url)) return
    var li = element('li', '', section.querySelector('ul'))
    var img = element('img', '', li)
    img.src = '/pictures/' + item.picture.id + '-s.jpg'
    img.width = img.height = 96
    img.alt = ''
    img.loading = 'lazy'
    var words = element('div', '', li)
    var a = element('a', text(item.name), words)
    a.href = item.offer.url
    a.target = '_blank'
    a.rel = 'noopener noreferrer nofollow'
    var seller = text(item.offer.seller)
    element('p', item.brand === seller ? seller : item.brand + ' · ' + seller, words)
    element('p', section.dataset.leads + ' ' + item.host, words)
  }
  var query = list.slice(0, 10).map(function (x) { return 'gtin=' + x.gtin }).join('&')
  fetch('/api/v1/related?' + query, { credentials: 'omit' }).then(function (r) { return r.json() }).then(function (answer) {
    answer.items.forEach(show)
    section.hidden = !answer.items.length
  }).catch(function () {})
})()
