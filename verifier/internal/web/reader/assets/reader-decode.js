// Finds codes in pictures, on the phone: the library and its WebAssembly are
// loaded when first needed, from here and nowhere else. A BarcodeDetector that
// the browser brings itself is not used: some report support and find nothing.
(function () {
  'use strict'
  const formats = ['qr_code', 'micro_qr_code', 'data_matrix', 'ean_13', 'ean_8', 'upc_a', 'upc_e']
  const page = document.getElementById('main')
  let loading

  // because makes an error that says which text tells of it.
  const because = (reason) => Object.assign(new Error(reason), { reason })

  function addScript (path) {
    return new Promise((resolve, reject) => {
      const element = document.createElement('script')
      element.src = path
      element.onload = resolve
      element.onerror = () => { element.remove(); reject(new Error(path)) }
      document.head.append(element)
    })
  }

  // load answers the detector. A failure may be tried again.
  function load () {
    if (typeof WebAssembly !== 'object' || !window.createImageBitmap) return Promise.reject(because('noDecoder'))
    loading = loading || start().catch((e) => { loading = null; throw e })
    return loading
  }

  async function start () {
    const fetched = fetch(page.dataset.wasm).then((r) => r.ok ? r.arrayBuffer() : Promise.reject(r))
    const [wasmBinary] = await Promise.all([fetched, window.BarcodeDetectionAPI || addScript(page.dataset.decoder)]).catch(() => { throw because('notLoaded') })
    const api = window.BarcodeDetectionAPI
    try {
      await api.prepareZXingModule({ overrides: { wasmBinary, locateFile: () => page.dataset.wasm }, fireImmediately: true })
    } catch (e) {
      throw because('noDecoder') // the bytes are here, and the browser does not run them
    }
    return new api.BarcodeDetector({ formats })
  }

  // picture draws a part of a video or an image, no larger than side.
  function picture (source, x, y, width, height, side) {
    const scale = Math.min(1, side / Math.max(width, height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height)
    return context.getImageData(0, 0, canvas.width, canvas.height)
  }

  // codesIn answers the texts in a picture, the one nearest to its middle first.
  async function codesIn (detector, image) {
    const far = (c) => Math.hypot(c.boundingBox.x + c.boundingBox.width / 2 - image.width / 2, c.boundingBox.y + c.boundingBox.height / 2 - image.height / 2)
    const codes = await detector.detect(image).catch(() => { throw because('noDecoder') })
    return codes.filter((c) => c.rawValue).sort((a, b) => far(a) - far(b)).map((c) => c.rawValue)
  }

  // inFrame looks into a video: mostly at what the aim shows, as sharp as it
  // is, and every third time at all of it.
  function inFrame (detector, video, turn) {
    const { videoWidth: w, videoHeight: h } = video
    if (turn % 3 === 2) return codesIn(detector, picture(video, 0, 0, w, h, 1280))
    const side = Math.min(w, h)
    return codesIn(detector, picture(video, (w - side) / 2, (h - side) / 2, side, side, 900))
  }

  // inPhoto looks at a whole photo in several sizes, because too many pixels
  // of a blurred code are as bad as too few, then at its parts, for a small
  // code in a large photo. Turned photos need no care: codes are found in any
  // position.
  async function inPhoto (detector, file) {
    const image = await createImageBitmap(file).catch(() => { throw because('photoBad') })
    const { width: w, height: h } = image
    try {
      for (const side of [1600, 800, 2800, 400]) {
        const codes = side < 2 * Math.max(w, h) ? await codesIn(detector, picture(image, 0, 0, w, h, side)) : []
        if (codes.length) return codes
      }
      for (const [x, y] of [[1, 1], [0, 0], [2, 0], [0, 2], [2, 2], [1, 0], [1, 2], [0, 1], [2, 1]]) {
        const codes = await codesIn(detector, picture(image, x * w / 4, y * h / 4, w / 2, h / 2, 1600))
        if (codes.length) return codes
      }
      return []
    } finally { image.close() }
  }

  globalThis.touchstoneDecoder = { load, inFrame, inPhoto }
})()
