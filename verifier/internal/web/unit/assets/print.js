// Opens what is folded while the page is printed: paper cannot be unfolded.
// The style does it too, in browsers that let it.
(function () {
  'use strict'
  var opened = []
  window.addEventListener('beforeprint', function () {
    opened = [].slice.call(document.querySelectorAll('details:not([open]):not(.proof)'))
    opened.forEach(function (d) { d.open = true })
  })
  window.addEventListener('afterprint', function () {
    opened.forEach(function (d) { d.open = false })
    opened = []
  })
})()
