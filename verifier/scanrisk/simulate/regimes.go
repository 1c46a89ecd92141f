package simulate

// plain is a market with few troubles, from which the others differ.
var plain = Regime{
	Name: "plain", BatchSize: 5000, Cities: 45, Zipf: 0.8, Days: 90,
	Points: 1, JitterKM: 5,
	Scanned: 0.6, MeanScans: 0.8, LaterDays: 10, SecondDevice: 0.2, FarRelative: 0.002, ShopLookers: 0.02,
	Activates: 0.2, MistypesPIN: 0.03, GeoWrong: 0.003, Roams: 0.02, VPN: 0.005, Resale: 0.02,
	Courier: 0.02, SellerScans: 0.2, StockScans: 200, Shared: 0.003, Press: 2e-5, PressScans: 300, PressDays: 6,
	Clones: 1e-3, ManyCopies: 0.03, MeanCopies: 8, CloneDays: 60, CopyScans: 0.8, CopyScanned: 0.6, CopyPIN: 0.05,
	BeforeSale: 0.3, OriginalIdle: 0.4, Refilled: 1e-4, Diverted: 1e-3,
}

func varied(name string, change func(r *Regime)) Regime {
	r := plain
	r.Name = name
	change(&r)
	return r
}

// Regimes are markets with a character, on which a detector is judged. No
// threshold or weight was chosen on them; that is what Draw is for.
var Regimes = []Regime{
	plain,
	varied("big cities", func(r *Regime) { r.Cities, r.Zipf, r.Regional, r.CopyRegional = 30, 1.2, 0.5, 0.3 }),
	varied("uniform cities", func(r *Regime) { r.Cities, r.Zipf, r.Points = 100, 0, 0 }),
	varied("custody recorded", func(r *Regime) {
		r.CustodyEvents, r.Courier, r.CourierUnique, r.SellerScans, r.StockScans = 1, 0.06, true, 1, 2000
	}),
	varied("no devices", func(r *Regime) { r.NoDevice, r.Points, r.English = 0.3, 0, true }),
	varied("wandering phones", func(r *Regime) {
		r.Rotates, r.Roams, r.VPN, r.GeoWrong, r.JitterKM = true, 0.08, 0.03, 0.01, 20
	}),
	varied("second-hand", func(r *Regime) { r.Resale, r.SecondDevice, r.Shared, r.ShopLookers = 0.07, 0.4, 0.02, 0.1 }),
	varied("in the press", func(r *Regime) { r.Press, r.PressScans, r.PressFlat = 5e-4, 100, true }),
	varied("small batches", func(r *Regime) { r.BatchSize, r.Scanned, r.MeanScans = 100, 0.3, 2 }),
	varied("quiet", func(r *Regime) {
		r.SecondDevice, r.Shared, r.ShopLookers, r.Courier, r.Resale, r.GeoWrong, r.Zipf = 0.05, 0, 0, 0.005, 0.01, 0.001, 1
	}),
	varied("mild", func(r *Regime) {
		r.SecondDevice, r.MeanScans, r.Shared, r.ShopLookers, r.FarRelative, r.Press = 0.05, 0.5, 3e-4, 0.003, 5e-4, 1e-5
		r.Roams, r.VPN, r.GeoWrong, r.Resale, r.Courier = 0.01, 0.001, 5e-4, 0.008, 0.003
	}),
	varied("few scans", func(r *Regime) {
		r.Scanned, r.MeanScans, r.MeanCopies, r.CloneDays, r.CopyScans = 0.1, 0.2, 5, 150, 0.1
	}),
}
