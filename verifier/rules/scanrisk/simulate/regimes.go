package simulate

import "slices"

// plain is a market as one would first imagine it: most units are asked about
// by their owner alone, and each innocent cause happens now and then.
var plain = Regime{
	Name: "plain", BatchSize: 1000, Cities: 45, Zipf: 0.6, Days: 120, CustodyEvents: 1,
	Points: 1, JitterKM: 5,
	Scanned: 0.7, MeanScans: 0.5, LaterDays: 10, SecondDevice: 0.03, FarRelative: 1e-4, ShopLookers: 0.002,
	Activates: 0.15, MistypesPIN: 0.05, GeoWrong: 0.003, Roams: 0.01, VPN: 1e-3, Resale: 0.01, Chain: 0.03,
	Courier: 0.01, SellerScans: 0.1, StockScans: 1000, Shared: 3e-4, Press: 2e-5, PressScans: 300, PressDays: 4,
	Clones: 1e-3, WideCopies: true, CloneDays: 90, CopyScans: 0.3, CopyScanned: 0.7, CopyPIN: 0.05,
	BeforeSale: 0.25, OriginalIdle: 0.4, Refilled: 1e-4, Diverted: 5e-4,
}

// lively is a market with more of everything, from which the rough ones differ.
var lively = Regime{
	Name: "lively", BatchSize: 5000, Cities: 45, Zipf: 0.8, Days: 90,
	Points: 1, JitterKM: 5,
	Scanned: 0.6, MeanScans: 0.8, LaterDays: 10, SecondDevice: 0.2, FarRelative: 0.002, ShopLookers: 0.02,
	Activates: 0.2, MistypesPIN: 0.03, GeoWrong: 0.003, Roams: 0.02, VPN: 0.005, Resale: 0.02, Chain: 0.03,
	Courier: 0.02, SellerScans: 0.2, StockScans: 200, Shared: 0.003, Press: 2e-5, PressScans: 300, PressDays: 6,
	Clones: 1e-3, ManyCopies: 0.03, MeanCopies: 8, CloneDays: 60, CopyScans: 0.8, CopyScanned: 0.6, CopyPIN: 0.05,
	BeforeSale: 0.3, OriginalIdle: 0.4, Refilled: 1e-4, Diverted: 1e-3,
}

func (r Regime) varied(name string, change func(r *Regime)) Regime {
	r.Name = name
	change(&r)
	return r
}

// Plain are markets like plain, Rough ones in which more goes wrong than we
// expect of most, and Hard those where places, by which copies are found best,
// say little or nothing. A detector is judged on them; its weights are fitted on
// Draw's, but for those of the signs for one place, which were weighed with these too.
var (
	Plain = []Regime{
		plain,
		plain.varied("few copies", func(r *Regime) { r.WideCopies, r.MeanCopies = false, 6 }),
		plain.varied(
			"scans only",
			func(r *Regime) { r.CustodyEvents, r.Activates, r.CopyPIN, r.Points, r.English = 0, 0, 0, 0, true },
		),
		plain.varied("few cities", func(r *Regime) { r.Cities, r.Zipf = 12, 0.3 }),
		plain.varied("quick copies", func(r *Regime) { r.CloneDays, r.CopyScans, r.BeforeSale = 25, 0, 0.5 }),
		plain.varied("few outlets", func(r *Regime) { r.CopyCities = 3 }),
		plain.varied("re-sale", func(r *Regime) { r.Resale, r.Chain = 0.03, 0.1 }),
		plain.varied(
			"wrong places",
			func(r *Regime) { r.GeoWrong, r.Roams, r.VPN, r.NoDevice, r.Points = 0.01, 0.03, 0.005, 0.05, 0.8 },
		),
		plain.varied("monthly devices", func(r *Regime) { r.Rotates, r.LaterDays = true, 20 }),
		plain.varied("offices and couriers", func(r *Regime) { r.Shared, r.Courier, r.SecondDevice = 3e-3, 0.04, 0.1 }),
	}
	Rough = []Regime{
		lively,
		lively.varied(
			"big cities", func(r *Regime) { r.Cities, r.Zipf, r.Regional, r.CopyRegional = 30, 1.2, 0.5, 0.3 },
		),
		lively.varied("uniform cities", func(r *Regime) { r.Cities, r.Zipf, r.Points = 100, 0, 0 }),
		lively.varied("custody recorded", func(r *Regime) {
			r.CustodyEvents, r.Courier, r.CourierUnique, r.SellerScans, r.StockScans = 1, 0.06, true, 1, 2000
		}),
		lively.varied("no devices", func(r *Regime) { r.NoDevice, r.Points, r.English = 0.3, 0, true }),
		lively.varied("wandering phones", func(r *Regime) {
			r.Rotates, r.Roams, r.VPN, r.GeoWrong, r.JitterKM = true, 0.08, 0.03, 0.01, 20
		}),
		lively.varied(
			"second-hand",
			func(r *Regime) { r.Resale, r.SecondDevice, r.Shared, r.ShopLookers = 0.07, 0.4, 0.02, 0.1 },
		),
		lively.varied("in the press", func(r *Regime) { r.Press, r.PressScans, r.PressFlat = 5e-4, 100, true }),
		lively.varied("small batches", func(r *Regime) { r.BatchSize, r.Scanned, r.MeanScans = 100, 0.3, 2 }),
		lively.varied("quiet", func(r *Regime) {
			r.SecondDevice, r.Shared, r.ShopLookers, r.Courier, r.Resale, r.GeoWrong, r.Zipf = 0.05, 0, 0, 0.005, 0.01, 0.001, 1
		}),
		lively.varied("mild", func(r *Regime) {
			r.SecondDevice, r.MeanScans, r.Shared, r.ShopLookers, r.FarRelative, r.Press = 0.05, 0.5, 3e-4, 0.003, 5e-4, 1e-5
			r.Roams, r.VPN, r.GeoWrong, r.Resale, r.Courier = 0.01, 0.001, 5e-4, 0.008, 0.003
		}),
		lively.varied("few scans", func(r *Regime) {
			r.Scanned, r.MeanScans, r.MeanCopies, r.CloneDays, r.CopyScans = 0.1, 0.2, 5, 150, 0.1
		}),
	}
	Hard = []Regime{
		plain.varied("one outlet", func(r *Regime) { r.CopyCities = 1 }),
		plain.varied("half without place", func(r *Regime) { r.NoPlace = 0.5 }),
		plain.varied("no places", func(r *Regime) { r.NoPlace = 1 }),
	}
)

// Regimes are all of them.
var Regimes = slices.Concat(Plain, Rough, Hard)
