package trace

import (
	"strings"
	"testing"
	"time"
)

// A vector that a browser's WebCrypto made (P-256, SHA-256): pages sign so.
const (
	webKey  = "049ad10a76e6c721da8a63fca08c8ee14471359ebd91045b8e0e31981e60b2b06720af7be67a8b8f79159cf92fb80bd9f658b99805e09fb776790dcec953f1400d"
	webNext = "0488f4cb0ba61e1c3b774f6b227858ab6aa19782fb4865ac55951390a2d2db9dce282f3a7497660a770c9420c43c2db102bd7cbb3361182c5c19394b2ae0fed6f1"
	webSign = "dd447b5be8bba6f0b54d124453bef82ec68547fb005e8678e25583e7d0fb034e045184c91669a917bddf4ba75cdb0a5469e1f4f8477b61a0f05f242fc42476ef"
)

func webUnit() OwnedUnit {
	return OwnedUnit{
		UnitEvent: UnitEvent{GTIN: "06998801000012", Lot: "TREE", Serial: "SERIAL-0"},
		Owner:     webKey,
		Acts:      3,
	}
}

// A signature is good for one act, on one unit, once, with one next key.
func TestOwnerSigned(t *testing.T) {
	if err := webUnit().Signed(PassOnUnit, webNext, webSign); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(u *OwnedUnit, act *Transaction, next, signature *string){
		"for another act":      func(_ *OwnedUnit, act *Transaction, _, _ *string) { *act = RenewOwnerKey },
		"for another key":      func(_ *OwnedUnit, _ *Transaction, next, _ *string) { *next = webKey },
		"for no key":           func(_ *OwnedUnit, _ *Transaction, next, _ *string) { *next = "" },
		"a second time":        func(u *OwnedUnit, _ *Transaction, _, _ *string) { u.Acts++ },
		"for another unit":     func(u *OwnedUnit, _ *Transaction, _, _ *string) { u.Serial = "SERIAL-1" },
		"for another lot":      func(u *OwnedUnit, _ *Transaction, _, _ *string) { u.Lot = "TREE2" },
		"for another product":  func(u *OwnedUnit, _ *Transaction, _, _ *string) { u.GTIN = "06998801000029" },
		"by a former owner":    func(u *OwnedUnit, _ *Transaction, _, _ *string) { u.Owner = webNext },
		"for a unit unclaimed": func(u *OwnedUnit, _ *Transaction, _, _ *string) { *u = OwnedUnit{} },
		"cut short":            func(_ *OwnedUnit, _ *Transaction, _, s *string) { *s = (*s)[:126] },
		"of zeros":             func(_ *OwnedUnit, _ *Transaction, _, s *string) { *s = strings.Repeat("0", 128) },
		"changed":              func(_ *OwnedUnit, _ *Transaction, _, s *string) { *s = "0" + (*s)[1:] },
		"no hex":               func(_ *OwnedUnit, _ *Transaction, _, s *string) { *s = strings.Repeat("g", 128) },
	} {
		u, act, next, signature := webUnit(), PassOnUnit, webNext, webSign
		change(&u, &act, &next, &signature)
		if err := u.Signed(act, next, signature); CodeOf(err) != OwnerUnproved {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What owners may do with a unit that is, and one that is not, reported stolen.
func TestAfter(t *testing.T) {
	at := time.Date(2026, 10, 2, 4, 0, 0, 0, time.UTC)
	mine := webUnit()
	stolen := mine
	stolen.StolenAt = at.Add(-time.Hour)
	worn, wornAndStolen := mine, stolen
	worn.Acts, wornAndStolen.Acts = 64, 64
	for _, test := range []struct {
		given OwnedUnit
		act   Transaction
		next  string
		code  Code
		want  func(*OwnedUnit)
	}{
		{mine, PassOnUnit, webNext, "", func(u *OwnedUnit) { u.Owner, u.PassedOn = webNext, 1 }},
		{mine, RenewOwnerKey, webNext, "", func(u *OwnedUnit) { u.Owner = webNext }},
		{mine, ReportUnitStolen, "", "", func(u *OwnedUnit) { u.StolenAt = at }},
		{stolen, WithdrawStolenReport, "", "", func(u *OwnedUnit) { u.StolenAt = time.Time{} }},
		{stolen, RenewOwnerKey, webNext, "", func(u *OwnedUnit) { u.Owner = webNext }},
		{stolen, PassOnUnit, webNext, UnitStolen, nil},
		{stolen, ReportUnitStolen, "", UnitStolen, nil},
		{mine, WithdrawStolenReport, "", UnitNotStolen, nil},
		{mine, PassOnUnit, "", FieldInvalid, nil},
		{mine, PassOnUnit, webKey, FieldInvalid, nil},
		{mine, RenewOwnerKey, webKey, FieldInvalid, nil},
		{mine, ReportUnitStolen, webNext, FieldInvalid, nil},
		{worn, PassOnUnit, webNext, OwnerActsSpent, nil},
		{worn, ReportUnitStolen, "", OwnerActsSpent, nil},
		{wornAndStolen, WithdrawStolenReport, "", "", func(u *OwnedUnit) { u.StolenAt = time.Time{} }},
	} {
		got, err := test.given.After(test.act, test.next, at)
		want := test.given
		if test.want != nil {
			test.want(&want)
			want.Acts++
		}
		if CodeOf(err) != test.code || got != want {
			t.Errorf("%s: %+v, %v", test.act, got, err)
		}
	}
}

func TestOwnerKeyForm(t *testing.T) {
	for _, key := range []string{"", webKey} {
		if err := CheckOwnerKey("owner", key); err != nil {
			t.Errorf("%.8s: %v", key, err)
		}
	}
	for _, key := range []string{"04", webKey[2:], strings.ToUpper(webKey), webKey[:129] + "e", "02" + webKey[2:66], "00", webKey + "00"} {
		if err := CheckOwnerKey("owner", key); CodeOf(err) != FieldInvalid {
			t.Errorf("%.8s of %d passes", key, len(key))
		}
	}
}
