// Judges what the ledger's organisations stated of a unit (decision 90) by the
// rules of verifier/rules/verdict: a unit matches the genuine record only where
// every check passes. Both pass the same cases, see verifier/rules/facts.
(function () {
  'use strict'
  const day = 86400000
  const zone = 8 * 3600000 // days begin and end in China, wherever the phone is

  const dayOf = (ms) => new Date(ms + zone).toISOString().slice(0, 10)

  // addDays gives '' for what is no day.
  function addDays (date, n) {
    const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date + 'T00:00:00Z') : NaN
    if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) return ''
    return new Date(at + n * day).toISOString().slice(0, 10)
  }
  const expired = (date, today) => Boolean(date) && date < today

  // From how many days before its end a shelf life of so many days counts as nearly over.
  const nearExpiry = [[365, 45], [180, 20], [90, 15], [30, 10], [16, 5], [0, 2]]

  function soon (produced, expires) {
    const step = nearExpiry.find(([life]) => expires >= addDays(produced, life))
    return step ? step[1] : 0
  }

  function inDate ({ batch, product }, today) {
    let expires = batch.expiresOn || ''
    if (!expires && product && product.shelfLifeDays > 0) expires = addDays(batch.producedOn, product.shelfLifeDays)
    if (!expires) return true
    return !expired(expires, today) && expires > addDays(today, soon(batch.producedOn, expires))
  }

  function fit ({ batch, product, quality, inspection }) {
    const q = quality || {}
    if (!product || (q.holds || []).length > 0) return false
    if (q.inspection) return Boolean(q.accepted && inspection && inspection.id === q.inspection)
    return !product.inspectionRequired && !batch.legacy
  }

  const circulates = ({ place, unit }) => !(unit && unit.stolenAt) && Boolean(place) && ['held', 'in_transit', 'sold'].includes(place.state)

  const partyOf = ({ parties }, id) => (parties || []).find((p) => p.id === id)

  // atHand: the unit is where a shopper could have got it.
  function atHand (facts, asked) {
    const { batch, place, left } = facts
    if (batch.status === 'awaiting_approval' || place.state === 'in_transit') return false
    if (place.state === 'held') {
      if (place.holder === batch.producer ? !left : !((partyOf(facts, place.holder) || {}).roles || []).includes('seller')) return false
    }
    return !asked.seller || asked.seller === place.holder
  }

  function forMarket ({ batch }, { market }) {
    const markets = batch.markets || []
    return !market || markets.length === 0 || markets.includes(market)
  }

  const under = (gtin, prefix) => gtin.length === 14 && /^\d{4,12}$/.test(prefix) && gtin.startsWith(prefix, 1)

  // A right to goods that rested on authorisations is gone once all of them have ended.
  function authorised (party, gtin, today) {
    if (!party || (party.prefixes || []).some((prefix) => under(gtin, prefix))) return true
    const own = (party.authorisations || []).filter((a) => under(gtin, a.prefix))
    return own.length === 0 || own.some((a) => !expired(a.validTo, today))
  }

  function inBusiness (facts, today) {
    const { batch, place } = facts
    const seller = place && partyOf(facts, place.holder)
    return Boolean(seller) && seller.status === 'qualified' && !(seller.licences || []).some((l) => expired(l.validTo, today)) &&
      authorised(partyOf(facts, batch.producer), batch.gtin, today) && authorised(seller, batch.gtin, today) &&
      !expired(seller.nextCheckDue, today) && !(seller.openActions || []).some((a) => expired(a.due, today))
  }

  function copied ({ flag }) {
    const rulings = (flag && flag.rulings) || []
    return rulings.length > 0 && Boolean(rulings[rulings.length - 1].copied)
  }

  const complainedOf = ({ rulings, index }) => (rulings || []).some((r) => r.outcome === 'counterfeit_confirmed' || (r.index === index && r.appealed))

  // judge gives the checks that do not pass, as verifier/rules/verdict names
  // them; none where the unit matches the genuine record. at is when the facts
  // were stated, in milliseconds. asked says who asks: the seller whose shop it
  // is and the market, where they are known, and whether it is the unit's owner.
  function judge (facts, at, asked) {
    const today = dayOf(at)
    if (!facts.batch) return ['ledger']
    if (!(facts.index >= 0 && facts.index < facts.batch.quantity)) return ['code']
    const checks = []
    const check = (id, passed) => { if (!passed) checks.push(id) }
    check('ledger', Boolean(facts.product))
    check('recall', (facts.recalls || []).length === 0)
    check('unit_state', circulates(facts))
    check('expiry', inDate(facts, today))
    check('quality', fit(facts))
    if (!checks.includes('unit_state')) check('custody', atHand(facts, asked))
    check('market', forMarket(facts, asked))
    check('seller', inBusiness(facts, today))
    check('activation', !facts.unit || Boolean(asked.owner))
    check('scan_pattern', !copied(facts))
    check('complaint', !complainedOf(facts))
    return checks
  }

  globalThis.touchstoneFacts = { judge }
})()
