package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
)

// complain sends a complaint about a code with one photo, as a shopper's phone
// does, and gives its number and secret link.
func complain(t *testing.T, uri, text, device string) (id, link string) {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	form.WriteField("uri", uri)
	form.WriteField("text", text)
	part, _ := form.CreateFormFile("photo", "photo.jpg")
	if err := jpeg.Encode(part, image.NewGray(image.Rect(0, 0, 64, 64)), nil); err != nil {
		t.Fatal(err)
	}
	form.Close()
	r, err := http.NewRequest(http.MethodPost, touchstone.verify+"/api/v1/complaints", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("User-Agent", device)
	a, err := send(r)
	if err != nil || a.status != http.StatusCreated || strings.Contains(string(a.raw), text) {
		t.Fatalf("%v %d %s", err, a.status, a.raw)
	}
	return a.body["case"].(string), a.body["link"].(string)
}

// follow reads a case by its secret link.
func follow(t *testing.T, link string) object {
	t.Helper()
	return request(t, http.MethodGet, touchstone.verify+link, "", nil, "Accept", "application/json").body
}

// A complaint from a shopper's phone to the ledger, and what it does to the
// next scan, until an appeal overturns it.
func TestComplaints(t *testing.T) {
	const lot = "202611C01"
	gtin := newBatch(t, lot, 40)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 40))
	all := units(t, gtin, lot, 0, 10)
	seller, platform := touchstone.as("seller"), touchstone.as("platform")
	id, link := complain(t, all[0].uri, "瓶身印刷模糊", "phone 1")
	path := "/api/v1/complaints/" + id

	t.Run("it is on the ledger within seconds", func(t *testing.T) {
		if !eventually(10*time.Second, func() bool { return follow(t, link)["status"] == "open" }) {
			t.Fatalf("%v", follow(t, link))
		}
		wantVerdict(t, all[0].uri, "genuine") // it waits for the platform's look
		if follow(t, link)["waits"] != true {
			t.Error("the shopper is not told that it waits")
		}
		platform.must(t, http.StatusCreated, path+"/admission", nil)
		wantVerdict(t, all[0].uri, "caution", "UNDER_COMPLAINT")
		wantVerdict(t, all[1].uri, "genuine")
	})
	t.Run("only those concerned see the photo", func(t *testing.T) {
		for role, status := range map[string]int{"seller": 200, "platform": 200, "auditor": 200, "producer": 404, "distributor": 404, "inspector": 404} {
			if a := touchstone.as(role).get(t, path+"/photos/1"); a.status != status {
				t.Errorf("%s: %d", role, a.status)
			}
		}
	})
	t.Run("a confirmed counterfeit stops its unit and warns on its lot", func(t *testing.T) {
		seller.must(t, http.StatusCreated, path+"/answer", object{"text": "我们从厂家进货"})
		platform.must(
			t,
			http.StatusCreated,
			path+"/decision",
			object{"kind": "decision", "outcome": "counterfeit_confirmed",
				"reason": object{"zh-CN": "印刷与真品不符", "en": "The print differs"}},
		)
		wantVerdict(t, all[0].uri, "stop", "CONFIRMED_COUNTERFEIT")
		wantVerdict(t, all[1].uri, "caution", "COUNTERFEIT_IN_BATCH")
	})
	t.Run("everybody reads the decision", func(t *testing.T) {
		a := request(
			t, http.MethodGet, touchstone.verify+"/decisions", "", nil, "Accept", "text/html",
			"Accept-Language", "en",
		)
		if a.status != http.StatusOK || !strings.Contains(string(a.raw), id) ||
			!strings.Contains(string(a.raw), "The print differs") {
			t.Errorf("%d %s", a.status, a.raw)
		}
	})
	t.Run("an appeal is decided by somebody else", func(t *testing.T) {
		seller.must(t, http.StatusCreated, path+"/appeal", object{"text": "请复核"})
		decision := object{
			"kind":    "appeal",
			"outcome": "genuine",
			"reason":  object{"zh-CN": "复核后认定为正品", "en": "Found genuine on review"},
		}
		if a := platform.post(t, path+"/decision", decision); a.body["code"] != "SAME_OFFICER" {
			t.Errorf("%d %s", a.status, a.raw)
		}
		key := platform.must(t, http.StatusCreated, "/api/v1/parties/platform/accounts", object{"account": "second-officer", "role": "platform"})["apiKey"].(string)
		caller{touchstone.gateway, key}.must(t, http.StatusCreated, path+"/decision", decision)
		wantVerdict(t, all[0].uri, "genuine")
		if got := follow(t, link); got["outcome"] != "genuine" || len(got["decisions"].([]any)) != 2 {
			t.Errorf("%v", got)
		}
	})
	t.Run("the shopper takes a complaint back", func(t *testing.T) {
		_, link := complain(t, all[2].uri, "包装破损", "phone 2")
		if a := request(
			t, http.MethodPost, touchstone.verify+link+"/withdrawal", "", nil,
		); a.status != http.StatusNoContent {
			t.Errorf("%d %s", a.status, a.raw)
		}
		if !eventually(10*time.Second, func() bool { return follow(t, link)["outcome"] == "withdrawn" }) {
			t.Errorf("%v", follow(t, link))
		}
		wantVerdict(t, all[2].uri, "genuine")
	})
}

// A review by whoever scanned the unit, and the proof that it is under a root
// on the ledger.
func TestReviewsAreAnchored(t *testing.T) {
	const lot = "202611C02"
	gtin := newBatch(t, lot, 10)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 10))
	uri := units(t, gtin, lot, 0, 1)[0].uri
	page := touchstone.verify + uri[strings.Index(uri, "/01/"):]
	seen := request(t, http.MethodGet, page, "", nil, "Accept", "application/json")
	token := request(t, http.MethodPost, touchstone.verify+"/api/v1/scans", "", object{"uri": uri, "nonce": seen.header.Get("Touchstone-Scan-Nonce")}).body["reviewToken"]
	a := request(
		t,
		http.MethodPost,
		touchstone.verify+"/api/v1/reviews",
		"",
		object{"uri": uri, "token": token, "rating": 4, "text": "保温效果不错，盖子略紧"},
	)
	if a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	review := func() object {
		for _, x := range request(t, http.MethodGet, page, "", nil, "Accept", "application/json").body["reviews"].(object)["items"].([]any) {
			if x.(object)["id"] == a.body["id"] {
				return x.(object)
			}
		}
		t.Fatal("the review is not shown")
		return nil
	}
	touchstone.as("seller").
		must(t, http.StatusCreated, "/api/v1/reviews/"+a.body["id"].(string)+"/answer", object{"text": "谢谢"})
	if review()["answer"] != "谢谢" {
		t.Errorf("%v", review())
	}
	if !eventually(time.Minute, func() bool { return review()["seq"] != nil }) {
		t.Fatal("not numbered within a minute")
	}
	var proved answer
	if !eventually(time.Minute, func() bool {
		proved = request(
			t, http.MethodGet, touchstone.verify+"/api/v1/anchors/reviews/"+fmt.Sprint(review()["seq"]), "", nil,
		)
		return proved.status == http.StatusOK
	}) {
		t.Fatalf("%d %s", proved.status, proved.raw)
	}
	checkInclusion(t, proved.body)
	tx := touchstone.as("auditor").get(t, "/api/v1/transactions/"+proved.body["txId"].(string))
	if anchor, _ := tx.body["event"].(object)["anchor"].(object); anchor["root"] != proved.body["root"] {
		t.Errorf("the ledger has %v", tx.body)
	}
}

// checkInclusion checks a log entry as its document says that anybody can: the
// digest of its text, and from there the RFC 6962 path to the root.
func checkInclusion(t *testing.T, e object) {
	t.Helper()
	bytesOf := func(x any) []byte {
		b, err := hex.DecodeString(x.(string))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	digest := sha256.Sum256(append(append([]byte("touchstone/log/v1"), bytesOf(e["salt"])...), e["text"].(string)...))
	if hex.EncodeToString(digest[:]) != e["digest"] || !strings.Contains(e["text"].(string), "保温效果不错") {
		t.Errorf("the digest is not the text's: %v", e)
	}
	var path [][]byte
	for _, p := range e["path"].([]any) {
		path = append(path, bytesOf(p))
	}
	from, to, seq := e["from"].(float64), e["to"].(float64), e["seq"].(float64)
	leaf := rfc6962.DefaultHasher.HashLeaf(digest[:])
	if err := proof.VerifyInclusion(
		rfc6962.DefaultHasher, uint64(seq-from), uint64(to-from), leaf, path, bytesOf(e["root"]),
	); err != nil {
		t.Error(err)
	}
}
