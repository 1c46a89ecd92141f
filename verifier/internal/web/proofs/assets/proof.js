// Checks a proof bundle in the browser, with nothing but WebCrypto: the same
// checks, in the same order and with the same reasons, as verifier/rules/proof in Go.
// See docs/proofs.md. In a page it checks the proof of the unit that the page
// is about, after everything else, and says how it went.
(function () {
  'use strict'
  const subtle = globalThis.crypto && globalThis.crypto.subtle
  const utf8 = new TextDecoder('utf-8', { fatal: true })

  class Refusal extends Error {
    constructor (reason) { super(reason); this.reason = reason }
  }
  function refuse (reason) { throw new Refusal(reason) }
  function need (ok, reason) { if (!ok) refuse(reason) }

  // --- bytes ---------------------------------------------------------------

  function concat (...parts) {
    const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
    let at = 0
    for (const p of parts) { all.set(p, at); at += p.length }
    return all
  }
  const equal = (a, b) => a.length === b.length && a.every((x, i) => x === b[i])
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  const bytesOf = (text) => new TextEncoder().encode(text)
  const sha256 = async (...parts) => new Uint8Array(await subtle.digest('SHA-256', concat(...parts)))
  const binary = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))

  // canonical is JSON as the ledger writes it, which escapes two more characters than JavaScript does.
  const canonical = (value) => JSON.stringify(value).replace(/[\u2028\u2029]/g, (c) => c === '\u2028' ? '\\u2028' : '\\u2029')

  function unhex (text) {
    need(typeof text === 'string' && /^[0-9a-f]{64}$/.test(text), 'NOT_CANONICAL')
    return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16))
  }

  // Only the one way to write base64 is taken: btoa must give the text back.
  function unbase64 (text) {
    need(typeof text === 'string', 'NOT_CANONICAL')
    const raw = atob(text)
    need(btoa(raw) === text, 'NOT_CANONICAL')
    return Uint8Array.from(raw, (c) => c.charCodeAt(0))
  }

  function unpem (text, kind) {
    const found = new RegExp(`-----BEGIN ${kind}-----([A-Za-z0-9+/=\\s]+)-----END ${kind}-----`).exec(text)
    need(found, 'CERTIFICATE_UNREADABLE')
    return binary(found[1].replace(/\s/g, ''))
  }

  // --- protobuf ------------------------------------------------------------

  // message reads the fields of a message. It is stricter than the format: a
  // field that is asked for once must not be there twice.
  function message (data) {
    const fields = new Map()
    let at = 0
    function varint () {
      let value = 0
      for (let scale = 1; ; scale *= 128) {
        need(at < data.length && scale <= 2 ** 49, 'UNREADABLE')
        const byte = data[at++]
        value += (byte & 127) * scale
        if (byte < 128) { need(Number.isSafeInteger(value), 'UNREADABLE'); return value }
      }
    }
    function take (n) {
      need(n <= data.length - at, 'UNREADABLE')
      at += n
      return data.subarray(at - n, at)
    }
    while (at < data.length) {
      const tag = varint()
      const number = Math.floor(tag / 8)
      const wire = tag % 8
      need(number > 0 && [0, 1, 2, 5].includes(wire), 'UNREADABLE')
      const value = wire === 0 ? varint() : wire === 2 ? take(varint()) : take(wire === 1 ? 8 : 4)
      if (!fields.has(number)) fields.set(number, [])
      fields.get(number).push(value)
    }
    function one (number) {
      const values = fields.get(number) || []
      need(values.length <= 1, 'UNREADABLE')
      return values[0]
    }
    function bytes (number) {
      const value = one(number)
      need(value === undefined || value instanceof Uint8Array, 'UNREADABLE')
      return value || new Uint8Array()
    }
    return {
      bytes,
      message: (number) => message(bytes(number)),
      text: (number) => utf8.decode(bytes(number)),
      int: (number) => {
        const value = one(number)
        need(value === undefined || typeof value === 'number', 'UNREADABLE')
        return value || 0
      },
      all: (number) => (fields.get(number) || []).map((v) => { need(v instanceof Uint8Array, 'UNREADABLE'); return v })
    }
  }

  // --- DER and X.509 -------------------------------------------------------

  // element reads the one DER element that begins at an offset.
  function element (data, at) {
    need(at + 2 <= data.length && (data[at] & 31) !== 31, 'CERTIFICATE_UNREADABLE')
    let length = data[at + 1]
    let start = at + 2
    if (length >= 128) {
      const count = length - 128
      need(count >= 1 && count <= 3 && start + count <= data.length && data[start] > 0, 'CERTIFICATE_UNREADABLE')
      length = 0
      for (; start < at + 2 + count; start++) length = length * 256 + data[start]
      need(length >= 128, 'CERTIFICATE_UNREADABLE')
    }
    need(start + length <= data.length, 'CERTIFICATE_UNREADABLE')
    const end = start + length
    return { tag: data[at], body: data.subarray(start, end), raw: data.subarray(at, end), end }
  }

  function whole (data, tag) {
    const e = element(data, 0)
    need(e.end === data.length && (tag === undefined || e.tag === tag), 'CERTIFICATE_UNREADABLE')
    return e
  }

  function children (body) {
    const all = []
    for (let at = 0; at < body.length;) { const e = element(body, at); all.push(e); at = e.end }
    return all
  }

  const SEQUENCE = 0x30
  const INTEGER = 0x02
  const OID = { unit: '55040b', name: '550403', keyUsage: '551d0f', basic: '551d13', extended: '551d25', names: '551d11', sha256: '2a8648ce3d040302' }

  function time (e) {
    const text = utf8.decode(e.body)
    const found = /^(\d\d|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
    need(found && found[1].length === (e.tag === 0x17 ? 2 : 4), 'CERTIFICATE_UNREADABLE')
    const [year, month, ...rest] = found.slice(1).map(Number)
    return Date.UTC(e.tag === 0x17 ? year + (year < 50 ? 2000 : 1900) : year, month - 1, ...rest)
  }

  // signedObject takes apart what certificates and revocation lists have in
  // common: SEQUENCE { what is signed, algorithm, signature }.
  function signedObject (data) {
    const [tbs, algorithm, bits, more] = children(whole(data, SEQUENCE).body)
    need(!more && bits && bits.tag === 0x03 && bits.body[0] === 0, 'CERTIFICATE_UNREADABLE')
    need(hex(children(algorithm.body)[0].body) === OID.sha256, 'KEY_UNSUPPORTED')
    return { tbs, signature: bits.body.subarray(1) }
  }

  function certificate (data) {
    const { tbs, signature } = signedObject(data)
    const parts = children(tbs.body)
    need(parts.length >= 7 && parts[0].tag === 0xa0, 'CERTIFICATE_UNREADABLE')
    const [, serial, , issuer, validity, subject, key] = parts
    const [from, to] = children(validity.body)
    const cert = {
      raw: data, tbs: tbs.raw, signature, serial: hex(serial.body), issuer: issuer.raw, subject: subject.raw,
      from: time(from), to: time(to), key: key.raw, name: '', units: [], authority: false, strange: false
    }
    for (const set of children(subject.body)) {
      for (const pair of children(set.body)) {
        const [kind, value] = children(pair.body)
        if (hex(kind.body) === OID.unit) cert.units.push(utf8.decode(value.body))
        if (hex(kind.body) === OID.name) cert.name = utf8.decode(value.body)
      }
    }
    const extensions = parts.find((p) => p.tag === 0xa3)
    for (const extension of extensions ? children(whole(extensions.body, SEQUENCE).body) : []) {
      const [kind, ...rest] = children(extension.body)
      const id = hex(kind.body)
      if (id === OID.basic) {
        const [flag] = children(whole(rest[rest.length - 1].body, SEQUENCE).body)
        cert.authority = Boolean(flag && flag.tag === 0x01 && flag.body[0] === 0xff)
      } else if (rest.length > 1 && ![OID.keyUsage, OID.extended, OID.names].includes(id)) {
        cert.strange = true // critical, and not understood here
      }
    }
    return cert
  }

  // --- ECDSA ---------------------------------------------------------------

  // half the order of P-256's group, rounded down
  const halfOrder = unhex('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8')

  async function publicKey (spki) {
    try {
      return await subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    } catch (e) { return refuse('KEY_UNSUPPORTED') }
  }

  // number32 writes a positive DER integer in 32 bytes, as WebCrypto wants r and s.
  function number32 (e) {
    let body = e.body
    need(e.tag === INTEGER && body.length > 0 && body[0] < 128, 'SIGNATURE_MALFORMED')
    if (body[0] === 0 && body.length > 1) {
      need(body[1] >= 128, 'SIGNATURE_MALFORMED')
      body = body.subarray(1)
    }
    need(body.length <= 32, 'SIGNATURE_MALFORMED')
    return concat(new Uint8Array(32 - body.length), body)
  }

  function point (signature) {
    let parts
    try { parts = children(whole(signature, SEQUENCE).body) } catch (e) { refuse('SIGNATURE_MALFORMED') }
    need(parts.length === 2, 'SIGNATURE_MALFORMED')
    return parts.map(number32)
  }

  function verifies (key, rs, data) {
    return subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, concat(...rs), data)
  }

  // Fabric admits only the lower of the two s that make a signature right.
  async function checkSignature (id, signature, ...parts) {
    const rs = point(signature)
    const differs = rs[1].findIndex((b, i) => b !== halfOrder[i])
    need(differs < 0 || rs[1][differs] < halfOrder[differs], 'SIGNATURE_FORM')
    need(await verifies(await publicKey(id.cert.key), rs, concat(...parts)), 'SIGNATURE_WRONG')
  }

  async function issued (root, child) {
    if (!root.authority || !equal(root.subject, child.issuer)) return false
    try { return await verifies(await publicKey(root.key), point(child.signature), child.tbs) } catch (e) { return false }
  }

  // --- what is trusted -----------------------------------------------------

  async function anchors (trust) {
    if (trust.version !== 'touchstone/trust/v1') throw new Error('the trust is of a version that is not known')
    const orgs = new Map()
    const now = trust.at ? Date.parse(trust.at) : Date.now()
    for (const o of trust.organizations) {
      const org = { roots: o.roots.map((pem) => certificate(unpem(pem, 'CERTIFICATE'))), revoked: new Set() }
      for (const pem of o.revoked || []) await revoke(org, unpem(pem, 'X509 CRL'), now)
      orgs.set(o.mspId, org)
    }
    const consenters = new Map((trust.ordering.consenters || []).map((c) => [c.id, unpem(c.certificate, 'CERTIFICATE')]))
    return { trust, orgs, consenters, now }
  }

  async function revoke (org, data, now) {
    const { tbs, signature } = signedObject(data)
    const parts = children(tbs.body).filter((p, i) => i > 0 || p.tag !== INTEGER) // without the version
    const list = { issuer: parts[1].raw, tbs: tbs.raw, signature }
    let known = false
    for (const root of org.roots) known = known || await issued(root, list)
    if (!known) throw new Error('a revocation list is not signed by its organisation')
    for (const entry of parts.slice(3).filter((p) => p.tag === SEQUENCE).flatMap((p) => children(p.body))) {
      const [serial, date] = children(entry.body)
      if (time(date) <= now) org.revoked.add(hex(list.issuer) + hex(serial.body))
    }
  }

  async function identify (v, serialized, role) {
    let msp, pem
    try {
      const id = message(serialized)
      msp = id.text(1)
      pem = id.text(2)
    } catch (e) { refuse('IDENTITY_UNREADABLE') }
    return admit(v, msp, unpem(pem, 'CERTIFICATE'), role)
  }

  async function admit (v, msp, data, role) {
    const cert = certificate(data)
    const org = v.anchors.orgs.get(msp)
    need(org, 'ORGANISATION_UNKNOWN')
    await publicKey(cert.key)
    const issuers = []
    for (const root of org.roots) if (await issued(root, cert)) issuers.push(root)
    need(issuers.length > 0, 'NOT_ISSUED_BY_ORGANISATION')
    need(v.at >= cert.from && v.at <= cert.to, 'CERTIFICATE_TIME')
    need(issuers.some((root) => v.at >= root.from && v.at <= root.to), 'ISSUER_TIME')
    need(!org.revoked.has(hex(cert.issuer) + cert.serial), 'REVOKED')
    need(!cert.authority && !cert.strange, 'NOT_FOR_SIGNING')
    need(!role || cert.units.includes(role), 'WRONG_ROLE')
    return { msp, cert }
  }

  // --- the checks ----------------------------------------------------------

  const shapes = {
    bundle: 'version,unit,block|version,unit,block,facts',
    unit: 'gtin,lot,serial,index,quantity,pinCommitment,path',
    block: 'number,previousHash,dataHash,envelopes,position,validation,signedValue,signatures',
    facts: 'answer,packedHash,index,path,facts',
    signature: 'signatureHeader,signature|identifierHeader,signature|signatureHeader,identifierHeader,signature'
  }
  function shaped (value, shape) {
    need(value && typeof value === 'object' && !Array.isArray(value) && shape.split('|').includes(Object.keys(value).join()), 'NOT_CANONICAL')
  }

  async function checkBundle (v, data, unit) {
    const text = utf8.decode(data)
    const b = JSON.parse(text)
    need(canonical(b) === text.trim(), 'NOT_CANONICAL')
    shaped(b, shapes.bundle)
    shaped(b.unit, shapes.unit)
    shaped(b.block, shapes.block)
    if ('facts' in b) shaped(b.facts, shapes.facts)
    need(b.version === ('facts' in b ? 'touchstone/proof/v2' : 'touchstone/proof/v1'), 'UNKNOWN_VERSION')
    need([b.unit.gtin, b.unit.lot, b.unit.serial].every((s) => typeof s === 'string'), 'NOT_CANONICAL')
    need([b.unit.index, b.unit.quantity, b.block.number, b.block.position, b.block.validation].every(Number.isSafeInteger), 'NOT_CANONICAL')
    need(Array.isArray(b.unit.path) && Array.isArray(b.block.envelopes) && Array.isArray(b.block.signatures), 'NOT_CANONICAL')
    v.unit = { ...b.unit, commitment: unhex(b.unit.pinCommitment), path: b.unit.path.map(unhex) }
    takeBlock(v, b.block)
    if (b.facts) await takeFacts(v, b.facts)
    v.report.unit = { gtin: b.unit.gtin, lot: b.unit.lot, serial: b.unit.serial }
    need(!unit || ['gtin', 'lot', 'serial'].every((name) => unit[name] === b.unit[name]), 'OTHER_UNIT')
  }

  function takeBlock (v, block) {
    v.block = {
      ...block, previous: unhex(block.previousHash), data: unhex(block.dataHash),
      envelopes: block.envelopes.map(unbase64), value: unbase64(block.signedValue)
    }
    v.signatures = block.signatures.map((s) => {
      shaped(s, shapes.signature)
      return Object.fromEntries(Object.entries(s).map(([name, value]) => [name, unbase64(value)]))
    })
  }

  // takeFacts unpacks the block's envelopes and the answer behind them: each is packed with those before it as the dictionary.
  async function takeFacts (v, f) {
    need(Number.isSafeInteger(f.index) && Array.isArray(f.path) && f.facts && typeof f.facts === 'object', 'NOT_CANONICAL')
    const packed = [...v.block.envelopes, unbase64(f.answer)]
    need(equal(await sha256(...packed), unhex(f.packedHash)), 'UNREADABLE')
    let before = new Uint8Array()
    const envelopes = []
    for (const data of packed) {
      envelopes.push(globalThis.touchstoneInflate(data, before, 1 << 24))
      before = concat(before, envelopes[envelopes.length - 1]).slice(-32768)
    }
    v.packed = { answer: envelopes.pop(), index: f.index, path: f.path.map(unhex), facts: f.facts }
    v.block.envelopes = envelopes
  }

  // headerBytes is the DER of SEQUENCE { number, previous hash, data hash }.
  function headerBytes (block) {
    need(block.number >= 0, 'DATA_HASH_WRONG')
    const digits = []
    for (let n = block.number; n > 0; n = Math.floor(n / 256)) digits.unshift(n % 256)
    if (digits.length === 0 || digits[0] >= 128) digits.unshift(0)
    const body = concat([INTEGER, digits.length], digits, [4, 32], block.previous, [4, 32], block.data)
    return concat([SEQUENCE, body.length], body)
  }

  function openEnvelope (v) {
    const envelope = message(v.block.envelopes[v.block.position])
    const payload = message(envelope.bytes(1))
    const header = payload.message(1)
    v.tx = {
      payload: envelope.bytes(1), signature: envelope.bytes(2), data: payload.bytes(2), channelHeader: header.bytes(1),
      signatureHeader: header.bytes(2), channel: header.message(1), signer: header.message(2)
    }
    need(v.tx.channel.bytes(3).length > 0, 'UNREADABLE')
    const stamp = v.tx.channel.message(3)
    v.at = stamp.int(1) * 1000 + stamp.int(2) / 1e6
  }

  async function checkBlock (v) {
    need(equal(await sha256(...v.block.envelopes), v.block.data), 'DATA_HASH_WRONG')
    need(v.block.position >= 0 && v.block.position < v.block.envelopes.length, 'NO_SUCH_POSITION')
    openEnvelope(v)
    v.header = headerBytes(v.block)
    v.report.block = v.block.number
    v.report.blockHash = hex(await sha256(v.header))
  }

  async function orderer (v, s) {
    const organization = v.anchors.trust.ordering.organization
    if (v.anchors.consenters.size > 0) {
      const certificate = s.identifierHeader && !s.signatureHeader && v.anchors.consenters.get(message(s.identifierHeader).int(1))
      need(certificate, 'NOT_A_CONSENTER')
      return [await admit(v, organization, certificate, 'orderer'), s.identifierHeader]
    }
    need(s.signatureHeader && !s.identifierHeader, 'SIGNER_UNNAMED')
    const id = await identify(v, message(s.signatureHeader).bytes(1), 'orderer')
    need(id.msp === organization, 'NOT_ORDERING')
    return [id, s.signatureHeader]
  }

  async function checkOrdering (v) {
    const signers = new Set()
    for (const s of v.signatures) {
      const [id, header] = await orderer(v, s)
      await checkSignature(id, s.signature, v.block.value, header, v.header)
      need(!signers.has(hex(id.cert.raw)), 'ORDERER_TWICE')
      signers.add(hex(id.cert.raw))
    }
    need(signers.size >= v.anchors.trust.ordering.required, 'TOO_FEW_ORDERERS')
  }

  function readAction (v) {
    const tx = v.tx
    const actions = message(tx.data).all(1).map(message)
    need(actions.length === 1, 'NOT_ONE_ACTION')
    need(equal(actions[0].bytes(1), tx.signatureHeader), 'ACTION_SIGNER')
    const payload = actions[0].message(2)
    tx.request = payload.bytes(1)
    tx.answer = payload.message(2).bytes(1)
    tx.endorsements = payload.message(2).all(2).map(message)
    tx.response = message(tx.answer)
    tx.action = tx.response.message(2)
  }

  // checkCall checks that it is a call of this contract on this channel.
  async function checkCall (v) {
    const { trust } = v.anchors
    const tx = v.tx
    need(tx.channel.int(1) === 3, 'NOT_A_CONTRACT_CALL')
    need(tx.channel.text(4) === trust.channel, 'OTHER_CHANNEL')
    need(tx.channel.message(7).message(2).text(2) === trust.chaincode && tx.action.message(4).text(2) === trust.chaincode, 'OTHER_CONTRACT')
    need(tx.channel.text(5) === hex(await sha256(tx.signer.bytes(2), tx.signer.bytes(1))), 'TX_ID_WRONG')
  }

  async function checkTransaction (v) {
    readAction(v)
    await checkCall(v)
    need(v.at <= v.anchors.now + 5 * 60 * 1000, 'FROM_THE_FUTURE')
    need(v.block.validation === 0, 'NOT_VALID')
    v.report.txId = v.tx.channel.text(5)
    v.report.at = new Date(v.at).toISOString()
  }

  async function checkSubmitter (v) {
    const id = await identify(v, v.tx.signer.bytes(1), '')
    await checkSignature(id, v.tx.signature, v.tx.payload)
    v.report.submitter = id.msp
    if (v.named) v.report.signer = { msp: id.msp, name: id.cert.name }
  }

  async function checkProposal (v) {
    const sum = await sha256(v.tx.channelHeader, v.tx.signatureHeader, v.tx.request)
    need(equal(sum, v.tx.response.bytes(1)), 'OTHER_REQUEST')
  }

  async function checkEndorsement (v) {
    const policy = v.anchors.trust.endorsement
    const signers = new Set()
    const named = []
    for (const e of v.tx.endorsements) {
      const id = await identify(v, e.bytes(1), 'peer')
      await checkSignature(id, e.bytes(2), v.tx.answer, e.bytes(1))
      named.push({ msp: id.msp, name: id.cert.name })
      if (policy.organizations.includes(id.msp)) signers.add(id.msp)
    }
    need(signers.size >= policy.required, 'TOO_FEW_ENDORSERS')
    v.report.endorsers = Array.from(signers).sort()
    if (v.named) v.report.endorsedBy = named
  }

  function written (v) {
    const key = `\0batch\0${v.unit.gtin}\0${v.unit.lot}\0`
    for (const ns of v.tx.action.message(1).all(2).map(message)) {
      if (ns.text(1) !== v.anchors.trust.chaincode) continue
      for (const write of ns.message(2).all(3).map(message)) {
        if (write.text(1) === key && write.int(2) === 0) return JSON.parse(utf8.decode(write.bytes(3)))
      }
    }
    return refuse('BATCH_NOT_WRITTEN')
  }

  function checkRecord (v) {
    need(v.tx.action.message(3).int(1) === 200, 'CONTRACT_REFUSED')
    const batch = written(v)
    const event = v.tx.action.message(2)
    let said
    try { said = JSON.parse(utf8.decode(event.bytes(4))) } catch (e) { refuse('EVENT_UNREADABLE') }
    need(said && said.batch, 'EVENT_UNREADABLE')
    need(event.text(3) === 'trace' && event.text(2) === v.report.txId && event.text(1) === v.anchors.trust.chaincode &&
      ['batch_registered', 'transformed'].includes(said.type), 'NOT_A_REGISTRATION')
    need(JSON.stringify(said.batch) === JSON.stringify(batch), 'EVENT_DIFFERS')
    need(batch.gtin === v.unit.gtin && batch.lot === v.unit.lot, 'OTHER_BATCH')
    need(batch.quantity === v.unit.quantity, 'OTHER_QUANTITY')
    v.report.unitsRoot = batch.unitsRoot
  }

  // The leaf is that of chaincode/trace's UnitLeaf.
  async function checkUnit (v) {
    const { gtin, lot, serial, index, quantity, commitment, path } = v.unit
    const prefixed = [gtin, lot, serial].map(bytesOf).map((b) => concat([b.length >> 8, b.length & 255], b))
    let node = await sha256([0], bytesOf('touchstone/unit/v1'), ...prefixed, commitment)
    need(/^[0-9a-f]{64}$/.test(v.report.unitsRoot), 'ROOT_MALFORMED')
    need(await leadsTo(v.report.unitsRoot, node, index, quantity, path), 'NOT_UNDER_ROOT')
  }

  const halved = (n) => Math.floor(n / 2)

  // leadsTo follows a path from a leaf's hash: the tree is that of RFC 9162 section 2.1.3.2.
  async function leadsTo (root, node, index, size, path) {
    if (!(index >= 0 && index < size)) return false
    let at = index
    let last = size - 1
    for (const step of path) {
      if (last === 0) return false
      if (at % 2 === 1 || at === last) {
        node = await sha256([1], step, node)
        while (at % 2 === 0 && at > 0) { at = halved(at); last = halved(last) }
      } else {
        node = await sha256([1], node, step)
      }
      at = halved(at)
      last = halved(last)
    }
    return last === 0 && hex(node) === root
  }

  // --- what is signed of the unit besides ----------------------------------

  // f is a verification of its own, of the one envelope that the answer is.
  async function checkAsked (f) {
    const { trust } = f.anchors
    const { packed, unit } = f
    f.block = { envelopes: [packed.answer], position: 0, validation: 0 }
    openEnvelope(f)
    readAction(f)
    await checkProposal(f)
    await checkCall(f)
    const call = message(f.tx.request).message(1).message(1)
    need(call.message(2).text(2) === trust.chaincode, 'OTHER_CONTRACT')
    f.report.at = new Date(f.at).toISOString()
    const answer = f.tx.action.message(3)
    need(answer.int(1) === 200, 'CONTRACT_REFUSED')
    const args = call.message(3).all(1).map((a) => utf8.decode(a))
    let request
    try {
      f.root = JSON.parse(utf8.decode(answer.bytes(3)))
      request = JSON.parse(args[1])
    } catch (e) { refuse('NOT_FACTS') }
    need(args.length === 2 && args[0] === 'StateFacts' && Array.isArray(request.units), 'NOT_FACTS')
    need(f.root.version === 'touchstone/facts/v1' && f.root.count === request.units.length && Date.parse(f.root.at) === Math.floor(f.at), 'NOT_FACTS')
    need(isUnit(request.units[packed.index], unit), 'OTHER_UNIT')
  }

  const isUnit = (x, unit) => Boolean(x) && ['gtin', 'lot', 'index'].every((name) => x[name] === unit[name])
  async function checkSigned (f) {
    await checkEndorsement(f)
    need(f.report.endorsers.length >= 2, 'TOO_FEW_ENDORSERS') // whatever the contract's policy, nobody vouches alone
    f.report.signers = f.report.endorsers
  }

  async function checkFacts (f) {
    const { index, path, facts } = f.packed
    need(isUnit(facts, f.unit), 'OTHER_UNIT')
    need(/^[0-9a-f]{64}$/.test(f.root.root), 'ROOT_MALFORMED')
    const leaf = await sha256([0], bytesOf(canonical(facts)))
    need(await leadsTo(f.root.root, leaf, index, f.root.count, path), 'FACTS_NOT_UNDER_ROOT')
    need(facts.batch && facts.batch.unitsRoot === f.registered && facts.batch.quantity === f.unit.quantity, 'OTHER_BATCH')
    f.report.facts = facts
  }

  function checkCurrent (f) {
    const age = f.anchors.now - f.at
    need(age >= -5 * 60 * 1000, 'FROM_THE_FUTURE')
    need(!f.maxAge || age <= f.maxAge * 1000, 'TOO_OLD')
  }

  const factsSteps = [
    ['asked', checkAsked, 'UNREADABLE'], ['signed', checkSigned, 'UNREADABLE'], ['facts', checkFacts, 'FACTS_NOT_UNDER_ROOT'],
    ['current', checkCurrent, 'UNREADABLE']
  ]

  // What a step says of bytes that it cannot read.
  const steps = [
    ['bundle', checkBundle, 'NOT_A_BUNDLE'], ['block', checkBlock, 'UNREADABLE'], ['ordering', checkOrdering, 'UNREADABLE'],
    ['transaction', checkTransaction, 'UNREADABLE'], ['submitter', checkSubmitter, 'UNREADABLE'],
    ['proposal', checkProposal, 'UNREADABLE'], ['endorsement', checkEndorsement, 'UNREADABLE'],
    ['record', checkRecord, 'WRITES_UNREADABLE'], ['unit', checkUnit, 'NOT_UNDER_ROOT']
  ]

  // run makes the checks until one fails, and notes how they went.
  async function run (report, steps, v, ...given) {
    for (const [check, go, unreadable] of steps) {
      try {
        await go(v, ...given)
      } catch (e) {
        report.failed = { check, reason: e instanceof Refusal ? e.reason : unreadable }
        return
      }
      report.passed.push(check)
    }
  }

  // verify checks the bytes of a bundle. It answers what was passed, and the
  // first check that failed with its reason; it throws where the trust is unusable.
  // Facts must be no older than maxAge seconds, where that is given.
  async function verify (data, trust, unit, maxAge) {
    const v = { anchors: await anchors(trust), report: { passed: [], failed: null } }
    await run(v.report, steps, v, data, unit)
    if (v.report.failed || !v.packed) return v.report
    const f = {
      anchors: v.anchors, packed: v.packed, unit: v.unit, registered: v.report.unitsRoot, maxAge, report: {}
    }
    await run(v.report, factsSteps, f)
    v.report.statement = f.report
    return v.report
  }

  // verifyTransaction checks what the gateway answers about one transaction: see
  // Transaction in verifier/rules/proof. Beside what verify answers, it names who
  // signed, and gives the event that the organisations signed for.
  async function verifyTransaction (proof, trust) {
    const v = { anchors: await anchors(trust), report: { passed: [], failed: null }, named: true }
    const whole = proof.whole ? ['block', 'ordering'] : []
    const wanted = [...whole, 'transaction', 'submitter', 'proposal', 'endorsement']
    let check = wanted[0]
    try {
      need(proof.version === 'touchstone/transaction/v1', 'UNKNOWN_VERSION')
      takeBlock(v, proof.block)
      if (!proof.whole) openEnvelope(v)
      for (const [name, run] of steps) {
        if (!wanted.includes(name)) continue
        check = name
        await run(v)
        v.report.passed.push(name)
      }
      v.report.event = JSON.parse(utf8.decode(v.tx.action.message(2).bytes(4)))
    } catch (e) {
      v.report.failed = { check, reason: e instanceof Refusal ? e.reason : 'UNREADABLE' }
    }
    return v.report
  }

  globalThis.touchstoneProof = { verify, verifyTransaction }
})()
