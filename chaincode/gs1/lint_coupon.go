package gs1

// couponReader walks over the fields of a North American coupon code. Once a field is wrong it stays wrong, so that a
// caller asks once at the end.
type couponReader struct {
	rest string
	fix  string
}

// fail keeps the first complaint.
func (r *couponReader) fail(fix string) {
	if r.fix == "" {
		r.fix = fix
	}
}

// take answers the next n digits, or n zeros after a complaint.
func (r *couponReader) take(n int, what string) string {
	if r.fix != "" || len(r.rest) < n {
		r.fail("the coupon's " + what + " is missing or too short")
		return "000000000000000"[:n]
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

// code answers the next digit, which must be one of those allowed.
func (r *couponReader) code(allowed, what string) byte {
	c := r.take(1, what)[0]
	if r.fix == "" && !newCharset(allowed)[c] {
		r.fail("the coupon's " + what + " is not one of " + allowed)
	}
	return c
}

// variable reads a length indicator, one of those allowed, and as many digits as it says, plus extra.
func (r *couponReader) variable(allowed string, extra int, what string) {
	n := int(r.code(allowed, what+" length") - '0')
	r.take(n+extra, what)
}

func (r *couponReader) companyPrefix(allowed, what string) {
	if n := r.code(allowed, what+" length"); n != '9' { // 9 stands for "none" where it is allowed
		if wrong := lintCompanyPrefix(r.take(int(n-'0')+6, what)); wrong != nil {
			r.fail(wrong.fix)
		}
	}
}

// purchase reads a purchase requirement, its code and its family code.
func (r *couponReader) purchase(what string) {
	r.variable("12345", 0, what+" purchase requirement")
	r.code("012349", what+" purchase requirement code")
	r.take(3, what+" purchase family code")
}

func (r *couponReader) date(what string) string {
	s := r.take(6, what)
	if lintDate(centuryOf(s)+s, false) != nil {
		r.fail("the coupon's " + what + " is not a date")
	}
	return s
}

func (r *couponReader) result() *flaw {
	if r.fix == "" && r.rest != "" {
		r.fail("the coupon has excess data at its end")
	}
	return lintIf(r.fix != "", r.fix)
}

// optional tells whether the optional field with this number comes next.
func (r *couponReader) optional(number byte) bool {
	if r.fix != "" || r.rest == "" || r.rest[0] != number {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// lintCoupon checks AI (8110): North American Coupon Application Guideline Using GS1 DataBar Expanded Symbols.
func lintCoupon(s string) *flaw {
	if !allDigits(s) {
		return &flaw{ErrCharacter, "a coupon code consists of digits"}
	}
	r := &couponReader{rest: s}
	r.companyPrefix("0123456", "company prefix")
	r.take(6, "offer code")
	r.variable("12345", 0, "save value")
	r.purchase("first")
	if r.optional('1') {
		r.code("0123", "additional purchase rules code")
		r.purchase("second")
		r.companyPrefix("01234569", "second purchase company prefix")
	}
	if r.optional('2') {
		r.purchase("third")
		r.companyPrefix("01234569", "third purchase company prefix")
	}
	r.couponDates()
	if r.optional('5') {
		r.variable(digits, 6, "serial number")
	}
	if r.optional('6') {
		r.variable("1234567", 6, "retailer")
	}
	if r.optional('9') {
		r.code("01256", "save value code")
		r.code("012", "save value applies-to-item code")
		r.code(digits, "store coupon flag")
		r.code("01", "don't multiply flag")
	}
	return r.result()
}

func (r *couponReader) couponDates() {
	expiry := ""
	if r.optional('3') {
		expiry = r.date("expiration date")
	}
	if r.optional('4') {
		if start := r.date("start date"); expiry != "" && centuryOf(expiry)+expiry < centuryOf(start)+start {
			r.fail("the coupon expires before it starts")
		}
	}
}

// lintCouponOffer checks AI (8112): Positive Offer File coupon.
func lintCouponOffer(s string) *flaw {
	if !allDigits(s) {
		return &flaw{ErrCharacter, "a coupon code consists of digits"}
	}
	r := &couponReader{rest: s}
	r.code("01", "format code")
	r.companyPrefix("0123456", "funder")
	r.take(6, "offer code")
	r.variable(digits, 6, "serial number")
	return r.result()
}
