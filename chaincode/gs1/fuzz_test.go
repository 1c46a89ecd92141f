package gs1

import "testing"

// The fuzz targets hold the parsers to their round trips: what a parser accepts, written out, is read as the same.

func FuzzParseElementString(f *testing.F) {
	f.Add("^010952012345678810ABC123^2112345", false)
	f.Add("^8110061414112345615120100", true)
	f.Fuzz(func(t *testing.T, s string, unknown bool) {
		opt := Options{UnknownAIs: unknown}
		es, err := ParseElementString(s, opt)
		if err != nil {
			return
		}
		again, err := ParseElementString(es.ElementString(), opt)
		if err != nil || again.Bracketed() != es.Bracketed() {
			t.Fatalf("%q: %v, then %v, %v", s, es, again, err)
		}
		_ = es.CheckAssociations()
	})
}

func FuzzParseBracketed(f *testing.F) {
	f.Add(`(01)09520123456788(10)A\(1)(21)B`, false)
	f.Add("(89)ABC(3103)000195", true)
	f.Fuzz(func(t *testing.T, s string, unknown bool) {
		opt := Options{UnknownAIs: unknown}
		es, err := ParseBracketed(s, opt)
		if err != nil {
			return
		}
		again, err := ParseBracketed(es.Bracketed(), opt)
		if err != nil || again.ElementString() != es.ElementString() {
			t.Fatalf("%q: %v, then %v, %v", s, es, again, err)
		}
	})
}

func FuzzParseLink(f *testing.F) {
	f.Add("https://id.gs1.org/01/09520123456788/10/ABC1/21/12345?17=180426", byte(0))
	f.Add("https://a/gtin/9520123456788/ser/A%2Fb?99=X+Y&89=1#z", byte(15))
	f.Fuzz(func(t *testing.T, uri string, bits byte) {
		opt := Options{bits&1 != 0, bits&2 != 0, bits&4 != 0, bits&8 != 0}
		es, err := ParseLink(uri, opt)
		if err != nil {
			return
		}
		link, err := es.Link("https://example.com", opt)
		if err != nil {
			t.Fatalf("%q is read as %v but cannot be written: %v", uri, es, err)
		}
		again, err := ParseLink(link, opt)
		if err != nil || len(again) != len(es) {
			t.Fatalf("%q: %v, then %s, %v, %v", uri, es, link, again, err)
		}
	})
}

func FuzzParseUnitURI(f *testing.F) {
	f.Add("HTTPS://TRACE.EXAMPLE.COM/01/06998801000012/10/202610A01/21/0123456789ABCDEFGHJK")
	f.Add("http://localhost:8090/01/06998801000012/10/a%2Fb/21/%21?x#y")
	f.Fuzz(func(t *testing.T, uri string) {
		host, gtin, lot, serial, err := ParseUnitURI(uri)
		if err != nil {
			return
		}
		host2, gtin2, lot2, serial2, err := ParseUnitURI(UnitURI(host, gtin, lot, serial))
		if err != nil || host2 != host || gtin2 != gtin || lot2 != lot || serial2 != serial {
			t.Fatalf(
				"%q: %s %s %s %s, then %s %s %s %s, %v", uri, host, gtin, lot, serial, host2, gtin2, lot2,
				serial2, err,
			)
		}
	})
}

func FuzzParseKeys(f *testing.F) {
	f.Add("6901234567892")
	f.Add("952012345678912345")
	f.Fuzz(func(t *testing.T, s string) {
		if gtin, err := ParseGTIN(s); err == nil {
			if again, err := ParseGTIN(string(gtin)); err != nil || again != gtin {
				t.Fatalf("%q: %s, then %s, %v", s, gtin, again, err)
			}
		}
		if sscc, err := ParseSSCC(s); (err == nil) != (sscc != "") {
			t.Fatalf("%q: %s, %v", s, sscc, err)
		}
	})
}

func BenchmarkParseUnitURI(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, _, err := ParseUnitURI(
			"HTTPS://TRACE.EXAMPLE.COM/01/06998801000012/10/202610A01/21/0123456789ABCDEFGHJK",
		); err != nil {
			b.Fatal(err)
		}
	}
}
