package api

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// found searches as a party and gives kind:id of the hits.
func (w *world) found(party, text string) string {
	w.t.Helper()
	var hits []string
	for _, h := range w.must(party, 200, "GET", "/api/v1/search?q="+url.QueryEscape(text), nil).body["hits"].([]any) {
		hits = append(hits, h.(object)["kind"].(string)+":"+h.(object)["id"].(string))
	}
	return strings.Join(hits, " ")
}

// TestSearch: whatever names a thing finds it, for those who may see it.
func TestSearch(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/transformations",
		object{
			"inputs":  []any{input(lot, 20, 5, 100)},
			"measure": "GRM",
			"content": 50,
			"output":  batch(gtin, "BLEND", 10),
		},
	)
	w.pallet("BLEND")
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "WALK-0001", "to": "carrier", "lines": []any{line(0, 10)}},
	)
	story := w.must("auditor", 200, "GET", path("/provenance/%s/%s", gtin, lot), nil).body
	txID := story["events"].([]any)[0].(object)["txId"].(string)
	serial := w.serial(3)
	unit, whole := "unit:"+gtin+"/"+lot+"/3", "batch:"+gtin+"/"+lot
	address := "https://trace.example/01/" + gtin + "/10/" + lot
	for _, c := range []struct{ party, text, want string }{
		{"auditor", lot, whole},
		{"auditor", strings.ToLower(lot), whole},
		{"carrier", lot, whole},
		{"rival", lot, ""},
		{"auditor", serial, unit},
		{"auditor", strings.ToLower(serial[:10] + " " + serial[10:]), unit},
		{"auditor", serial[len(serial)-6:], unit},
		{"rival", serial, ""},
		{"rival", serial[len(serial)-6:], ""},
		{"auditor", address + "/21/" + serial, unit + " " + whole + " product:" + gtin},
		{"auditor", "(01)" + gtin + "(10)" + lot + "(21)" + serial, unit},
		{"auditor", address, whole + " product:" + gtin},
		{"auditor", "https://elsewhere.example/01/" + gtin + "/10/NONE", "product:" + gtin},
		{"rival", gtin, "product:" + gtin},
		{"auditor", sscc(1), "container:" + sscc(1)},
		{"auditor", "(00) " + sscc(1), "container:" + sscc(1)},
		{"rival", sscc(1), ""},
		{"auditor", "walk-0001", "shipment:WALK-0001"},
		{"carrier", "WALK-0001", "shipment:WALK-0001"},
		{"rival", "WALK-0001", ""},
		{"auditor", "carrier", "party:carrier"},
		{"auditor", "甲 carr", "party:carrier"},
		{"maker", "carrier", ""},
		{"carrier", "carrier", "party:carrier"},
		{"auditor", txID, "transaction:" + txID},
		{"maker", strings.ToUpper(txID), "transaction:" + txID},
		{"rival", txID, ""},
		{"auditor", "100%", ""},
		{"auditor", " ", ""},
		{"auditor", "https://trace.example/01/04006381333931", ""},
		{"auditor", "_", ""},
		{"auditor", "' or 1=1 --", ""},
	} {
		if got := w.found(c.party, c.text); got != c.want {
			t.Errorf("%s looks for %q: %q, want %q", c.party, c.text, got, c.want)
		}
	}
}

// TestGraph: back to what a batch was made of, forward to where it went.
func TestGraph(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/transformations",
		object{
			"inputs":  []any{input(lot, 20, 5, 100)},
			"measure": "GRM",
			"content": 50,
			"output":  batch(gtin, "BLEND", 10),
		},
	)
	w.pallet("BLEND")
	w.deliver("maker", "carrier", line(0, 10))
	w.deliver("carrier", "shop", line(0, 4))
	graph := func(party, query string) object {
		return w.must(party, 200, "GET", path("/provenance/%s/%s/graph", gtin, lot)+query, nil).body
	}
	g := graph("auditor", "")
	edges := map[string]float64{}
	for _, e := range g["edges"].([]any) {
		e := e.(object)
		units, _ := e["units"].(float64)
		edges[strings.SplitN(e["from"].(string), ":", 2)[0]+" "+e["kind"].(string)+" "+strings.SplitN(e["to"].(string), ":", 2)[0]] += units
	}
	for edge, units := range map[string]float64{"batch used making": 5, "making made batch": 10, "batch shipped shipment": 10,
		"shipment received party": 14, "party shipped shipment": 4, "party registered batch": 100} {
		if edges[edge] != units {
			t.Errorf("%s: %v units, want %v (all: %v)", edge, edges[edge], units, edges)
		}
	}
	for _, n := range g["nodes"].([]any) {
		if n := n.(object); n["kind"] != "party" && len(n["txIds"].([]any)) == 0 {
			t.Errorf("no proof of %v", n["id"])
		}
	}
	if graph("carrier", "")["nodes"] == nil {
		t.Error("who had it in hand does not see it")
	}
	for _, n := range graph("carrier", "")["nodes"].([]any) {
		if n.(object)["lot"] == "BLEND" {
			t.Error("the carrier sees a batch that it never had")
		}
	}
	small := graph("auditor", "?most=3")
	if len(small["nodes"].([]any)) != 3 || small["left"].(float64) < 1 {
		t.Errorf("%v", small)
	}
	if more := small["nodes"].([]any)[0].(object)["more"]; more != true {
		t.Errorf("nothing says that more is left: %v", small)
	}
	unit := graph("auditor", "?serial="+w.serial(50))
	for _, n := range unit["nodes"].([]any) {
		if n.(object)["kind"] == "shipment" {
			t.Errorf("a unit that was never shipped: %v", n)
		}
	}
	w.refused("rival", 404, "BATCH_UNKNOWN", "GET", path("/provenance/%s/%s/graph", gtin, lot), nil)
	w.refused("auditor", 404, "UNIT_UNKNOWN", "GET", path("/provenance/%s/%s/graph?serial=X", gtin, lot), nil)
}

// TestGraphOfContainers: from the case through the pallet that it is in to the
// shipment, also when the pallet has been opened since.
func TestGraphOfContainers(t *testing.T) {
	w := newWorld(t)
	w.stock(12)
	w.pallet(lot)
	w.must(
		"maker",
		201,
		"POST",
		"/api/v1/shipments",
		object{"id": "PALLET-9", "to": "carrier", "containers": []any{sscc(2)}, "lines": []any{line(10, 2)}},
	)
	want := map[string]float64{
		"batch packed container:" + sscc(1):                     5,
		"batch packed container:" + sscc(2):                     5,
		"container:" + sscc(1) + " packed container:" + sscc(2): 5,
		"container:" + sscc(2) + " shipped shipment:PALLET-9":   10,
		"batch shipped shipment:PALLET-9":                       2,
	}
	check := func(when string) {
		t.Helper()
		g := w.must("auditor", 200, "GET", path("/provenance/%s/%s/graph", gtin, lot), nil).body
		edges := map[string]float64{}
		for _, e := range g["edges"].([]any) {
			e := e.(object)
			units, _ := e["units"].(float64)
			edges[strings.ReplaceAll(fmt.Sprint(e["from"], " ", e["kind"], " ", e["to"]), "batch:"+gtin+"/"+lot, "batch")] = units
		}
		for edge, units := range want {
			if edges[edge] != units {
				t.Errorf("%s: %s: %v units, want %v (all: %v)", when, edge, edges[edge], units, edges)
			}
		}
	}
	check("under way")
	w.must("carrier", 201, "POST", "/api/v1/shipments/PALLET-9/receipt", object{})
	w.must("carrier", 201, "POST", path("/containers/%s/unpacking", sscc(2)), nil)
	check("opened")
}

// TestProofsKeepToTheirScope: other parties' transactions in the same block are
// for those who see all.
func TestProofsKeepToTheirScope(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	story := w.must("auditor", 200, "GET", path("/provenance/%s/%s", gtin, lot), nil).body
	txID := story["events"].([]any)[0].(object)["txId"].(string)
	of := func(party string) (envelopes int, whole bool) {
		p := w.must(party, 200, "GET", "/api/v1/transactions/"+txID+"/proof", nil).body
		return len(p["block"].(object)["envelopes"].([]any)), p["whole"].(bool)
	}
	if n, whole := of("auditor"); n != 2 || !whole {
		t.Errorf("the auditor: %d %v", n, whole)
	}
	if n, whole := of("maker"); n != 2 || !whole {
		t.Errorf("the maker alone in its block: %d %v", n, whole)
	}
	if err := w.exec(
		fmt.Sprintf(`insert into ledger.tx (tx_id, block, position, code, function, party, msp, identity, endorsers, at)
		select 'other', block, 1, code, function, 'rival', msp, identity, endorsers, at from ledger.tx where tx_id = '%s'`, txID),
	); err != nil {
		t.Fatal(err)
	}
	if n, whole := of("maker"); n != 1 || whole {
		t.Errorf("the maker, with another party in its block: %d %v", n, whole)
	}
}

// TestLedgerHealth: a peer that does not answer is said so, and what was
// compared last is told.
func TestLedgerHealth(t *testing.T) {
	w := newWorld(t)
	h := w.must("auditor", 200, "GET", "/api/v1/ledger/health", nil).body
	peers := h["peers"].([]any)
	if a, b := peers[0].(object), peers[1].(object); a["agreement"] != "agrees" || b["agreement"] != "unknown" ||
		b["answers"] != false {
		t.Errorf("%v", peers)
	}
	if h["lag"] != 0.0 || h["reconciliation"] != nil {
		t.Errorf("%v", h)
	}
	if err := w.db.Reconciled(
		context.Background(), record.Reconciliation{Blocks: 9, Fingerprint: "f", Equal: true},
	); err != nil {
		t.Fatal(err)
	}
	if r := w.must("auditor", 200, "GET", "/api/v1/ledger/health", nil).body["reconciliation"].(object); r["blocks"] != 9.0 ||
		r["equal"] != true {
		t.Errorf("%v", r)
	}
}

// TestTraceReport: each format has the story and its proofs.
func TestTraceReport(t *testing.T) {
	w := newWorld(t)
	w.stock(10)
	story := w.must("auditor", 200, "GET", path("/provenance/%s/%s", gtin, lot), nil).body
	txID := story["events"].([]any)[0].(object)["txId"].(string)
	for format, begins := range map[string]string{"csv": "\ufeff", "xlsx": "PK", "pdf": "%PDF"} {
		a := w.must("maker", 200, "GET", path("/provenance/%s/%s/report", gtin, lot)+"?format="+format, nil)
		if !strings.HasPrefix(string(a.raw), begins) ||
			!strings.Contains(a.header.Get("Content-Disposition"), "."+format) {
			t.Errorf("%s: %.20q %v", format, a.raw, a.header)
		}
		if format == "csv" &&
			(!strings.Contains(string(a.raw), txID) || !strings.Contains(string(a.raw), "登记批次") || strings.Contains(string(a.raw), "batch_registered")) {
			t.Errorf("no proof, or no words, in %s", a.raw)
		}
	}
	w.refused("rival", 404, "BATCH_UNKNOWN", "GET", path("/provenance/%s/%s/report", gtin, lot)+"?format=pdf", nil)
}

// TestInsightHidesFew: what too few shoppers are behind is not told, to nobody.
func TestInsightHidesFew(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	scan := func(n int, place string) {
		t.Helper()
		if err := w.exec(fmt.Sprintf(`insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place)
			select decode(md5('%s' || n), 'hex'), '%s', '%s', n, now() - interval '2 days', decode(md5('d' || n), 'hex'), '%s' from generate_series(1, %d) n`, place, gtin, lot, place, n)); err != nil {
			t.Fatal(err)
		}
	}
	scan(13, "杭州")
	scan(4, "拉萨")
	for _, party := range []string{"maker", "auditor"} {
		v := w.must(party, 200, "GET", "/api/v1/insight?days=7", nil).body
		places := v["places"].([]any)
		if big, few := places[0].(object), places[1].(object); big["count"] != 10.0 || few["count"] != 0.0 ||
			few["hidden"] != true {
			t.Errorf("%s: %v", party, places)
		}
		if step := v["steps"].([]any)[2].(object); step["key"] != "scanned" || step["count"] != 10.0 {
			t.Errorf("%s: %v", party, v["steps"])
		}
	}
	if v := w.must("maker", 200, "GET", "/api/v1/insight?days=7", nil).body; v["complaintRate"] != nil ||
		len(v["links"].([]any)) != 0 {
		t.Errorf("%v", v)
	}
	if v := w.must("rival", 200, "GET", "/api/v1/insight", nil).body; len(v["days"].([]any)) != 0 {
		t.Errorf("a rival sees %v", v)
	}
	w.refused("rival", 404, "PRODUCT_UNKNOWN", "GET", "/api/v1/insight?gtin="+gtin, nil)
	w.refused("maker", 422, "FIELD_INVALID", "GET", "/api/v1/insight?days=8", nil)
}

// TestInsightOfLinks: to how many a link was shown, who opened it, who went on to buy, and to whom that is told.
func TestInsightOfLinks(t *testing.T) {
	w := newWorld(t)
	w.stock(100)
	for _, statement := range []string{
		`insert into scan.scan (nonce, gtin, lot, unit_index, at, device) select decode(md5('s' || n), 'hex'), '%[1]s', '%[2]s', n, now() - interval '2 days', decode(md5('d' || n), 'hex') from generate_series(1, 20) n`,
		`insert into app.account (name, party, role, key_hash) values ('creator-lin', '@lin', 'creator', sha256('lin'))`,
		`insert into app.creator (handle, name, url, account) values ('lin', '{"zh-CN": "林夏"}', 'https://video.example/lin', 'creator-lin')`,
		`insert into scan.endorsement (id, creator, gtin, lot, unit_index, scanned_at, proof, text_zh, text_en, url, sponsored, sponsor, created_at)
			values ('E1', 'lin', '%[1]s', '%[2]s', 1, now(), sha256('p'), '好', '', 'https://video.example/1', false, '', now() - interval '9 days')`,
		`insert into app.buy_link (gtin, party, account, links, created_at) values ('%[1]s', 'rival', 'a', '[{"label": {"zh-CN": "店"}, "url": "https://shop.example/?utm_campaign=double%%2011"}]', now() - interval '9 days')`,
		`insert into scan.click select '%[1]s', 'c', current_date - 2, decode(md5('d' || n), 'hex'), 'creator', 'lin', 'https://video.example/1' from generate_series(1, 11) n`,
		`insert into scan.click select '%[1]s', 'b', current_date - 2, decode(md5('d' || n), 'hex'), 'buy', 'rival', 'https://shop.example/?utm_campaign=double%%2011' from generate_series(1, 6) n`,
	} {
		if strings.Contains(statement, "%[1]s") {
			statement = fmt.Sprintf(statement, gtin, lot)
		}
		if err := w.exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for party, want := range map[string]string{
		"maker": "campaign double 11 20 5 0.25 <nil>, creator lin 20 10 0.5 0.5, seller rival 20 5 0.25 <nil>",
		"rival": "campaign double 11 20 5 0.25 <nil>, seller rival 20 5 0.25 <nil>",
	} {
		var got []string
		for _, x := range w.must(party, 200, "GET", "/api/v1/insight?days=7", nil).body["links"].([]any) {
			l := x.(object)
			got = append(
				got,
				fmt.Sprint(
					l["by"], " ", l["key"], " ", l["shown"].(object)["count"], " ",
					l["opened"].(object)["count"], " ", l["rate"], " ", l["conversion"],
				),
			)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q", party, got)
		}
	}
}
