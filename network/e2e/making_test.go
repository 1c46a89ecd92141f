package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"
)

// newSSCC gives the number of a container of the demo producer's that no other test uses.
func newSSCC() string {
	digits := fmt.Sprintf("7%s%09d", demoPrefix, lastItem.Add(1))
	sum := 0
	for i, d := range digits {
		weight := 3
		if i%2 == 1 {
			weight = 1
		}
		sum += weight * int(d-'0')
	}
	return fmt.Sprintf("%s%d", digits, (10-sum%10)%10)
}

// Leaf becomes a blend, the blend goes out on a pallet, and a recall of the
// leaf reaches the shopper who scans the blend.
func TestMakingAndPacking(t *testing.T) {
	const leaf, blend = "202611M01", "202611M02"
	gtin := newBatch(t, leaf, 40)
	producer, distributor, seller := touchstone.as("producer"), touchstone.as("distributor"), touchstone.as("seller")

	t.Run("what goes in must come out", func(t *testing.T) {
		a := producer.post(t, "/api/v1/transformations", transformation(gtin, leaf, blend, 31))
		if a.status != http.StatusUnprocessableEntity || a.body["code"] != "MASS_BALANCE" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
	producer.must(t, http.StatusCreated, "/api/v1/transformations", transformation(gtin, leaf, blend, 30))
	wantHoldings(t, gtin, leaf, map[string]int{"held": 10, "consumed": 30})
	label := units(t, gtin, blend, 0, 1)[0].uri
	wantProvedInABrowser(t, page(label))
	wantVerdict(t, units(t, gtin, leaf, 0, 1)[0].uri, "stop", "USED_UP")

	boxes := []string{newSSCC(), newSSCC()}
	pallet := newSSCC()
	t.Run("a pallet is shipped with what is on it", func(t *testing.T) {
		for i, box := range boxes {
			producer.must(
				t,
				http.StatusCreated,
				"/api/v1/containers",
				object{"sscc": box, "lines": []object{line(gtin, blend, 5*i, 5)}},
			)
		}
		producer.must(
			t,
			http.StatusCreated,
			"/api/v1/containers",
			object{"sscc": pallet, "containers": boxes, "lines": []object{line(gtin, blend, 10, 2)}},
		)
		for body, code := range map[*object]string{
			{"to": party(t, "distributor"), "lines": []object{line(gtin, blend, 0, 1)}}:   "UNITS_PACKED",
			{"to": party(t, "distributor"), "containers": boxes[:1]}:                      "CONTAINER_PACKED",
			{"to": party(t, "distributor"), "containers": []string{newSSCC()}}:            "CONTAINER_UNKNOWN",
			{"to": party(t, "distributor"), "containers": []string{"700000000000000000"}}: "SSCC_INVALID",
		} {
			if a := producer.post(t, "/api/v1/shipments", *body); a.body["code"] != code {
				t.Errorf("%v: %d %s, want %s", *body, a.status, a.raw, code)
			}
		}
		carry(t, "producer", "distributor", pallet)
		c := distributor.get(t, "/api/v1/containers/"+boxes[0]).body
		if c["holder"] != party(t, "distributor") || c["parent"] != pallet {
			t.Errorf("the case on the pallet: %v", c)
		}
	})
	t.Run("and taken apart where it arrives", func(t *testing.T) {
		distributor.must(t, http.StatusCreated, "/api/v1/containers/"+pallet+"/unpacking", nil)
		carry(t, "distributor", "seller", boxes[0])
		a := seller.post(t, "/api/v1/sales", object{"lines": []object{line(gtin, blend, 0, 1)}})
		if a.status != http.StatusConflict || a.body["code"] != "UNITS_PACKED" {
			t.Errorf("sold out of a closed case: %d %s", a.status, a.raw)
		}
		wantVerdict(t, label, "genuine")
		seller.must(t, http.StatusCreated, "/api/v1/containers/"+boxes[0]+"/unpacking", nil)
		seller.must(t, http.StatusCreated, "/api/v1/sales", object{"lines": []object{line(gtin, blend, 0, 1)}})
		wantVerdict(t, label, "genuine")
	})
	t.Run("the story goes back to the leaf and forward to the blend", func(t *testing.T) {
		story := touchstone.as("auditor").get(t, "/api/v1/provenance/"+gtin+"/"+blend).body
		wantStory(
			t, story, "transformed", "packed", "packed", "packed", "dispatched", "received", "unpacked",
			"dispatched", "received", "unpacked", "sold",
		)
		if got := lots(story["madeFrom"]); !slices.Equal(got, []string{leaf}) {
			t.Errorf("made from %v", got)
		}
		if got := lots(
			producer.get(t, "/api/v1/provenance/"+gtin+"/"+leaf).body["madeInto"],
		); !slices.Equal(got, []string{blend}) {
			t.Errorf("made into %v", got)
		}
	})
	t.Run("a recall of the leaf stops the blend within a second", func(t *testing.T) {
		producer.must(t, http.StatusCreated, "/api/v1/recalls", object{
			"gtin": gtin, "lines": []object{line(gtin, leaf, 3, 1)}, "class": "I",
			"reason": object{"zh-CN": "铅超标", "en": "Too much lead"},
		})
		if !eventually(time.Second, func() bool { return verdict(t, label)["verdict"] == "stop" }) {
			t.Errorf("one second after the answer the verdict is %v", verdict(t, label)["verdict"])
		}
		wantVerdict(t, label, "stop", "INGREDIENT_RECALLED")
		a := seller.post(t, "/api/v1/sales", object{"lines": []object{line(gtin, blend, 1, 1)}})
		if a.status != http.StatusConflict || a.body["code"] != "UNITS_RECALLED" {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
}

// transformation makes twelve units of 240 g out of units of 100 g; of thirty 120 g are lost.
func transformation(gtin, from, to string, count int) object {
	return object{
		"inputs":  []object{with(line(gtin, from, 0, count), "content", 100)},
		"measure": "GRM",
		"content": 240,
		"loss":    120,
		"output":  batch(gtin, to, 12),
	}
}

// carry ships a container and has it received as it is.
func carry(t testing.TB, from, to, sscc string) {
	t.Helper()
	a := touchstone.as(from).
		must(t, http.StatusCreated, "/api/v1/shipments", object{"to": party(t, to), "containers": []string{sscc}})
	touchstone.as(to).must(t, http.StatusCreated, "/api/v1/shipments/"+a["id"].(string)+"/receipt", object{})
}

func lots(relatives any) (all []string) {
	list, _ := relatives.([]any)
	for _, r := range list {
		all = append(all, r.(object)["lot"].(string))
	}
	return all
}
